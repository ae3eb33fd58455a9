# What runs when nobody has asked for anything? Daemons: processes that wait in the background for
# something to do. One makes itself independent in two steps: setsid leaves its starter's session, so that
# no terminal can reach it, and a second fork lets its parent end, so that init adopts it.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    NAP, 20                 # of the daemon, in milliseconds
        .equ    VISIT, 90               # how long the one who started it stays
        .equ    BUFFER_SIZE, 1024
        .equ    LOG_MODE, 0644

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
buffer: .skip   BUFFER_SIZE

        .section .rodata
log:    .asciz  "/tmp/daemon.log"

# s0  descriptor of the log
        .text
        .globl  _start
_start:
        fork
        beqz    a0, helper
        wait_for info
        print   "starter: I am pid "
        print_pid
        call    tell_bonds
        sleep_ms VISIT

        li      a0, AT_FDCWD            # what has it done meanwhile?
        la      a1, log
        li      a2, O_RDONLY
        li      a3, 0
        syscall openat
        la      a1, buffer
        li      a2, BUFFER_SIZE
        syscall read
        mv      a2, a0
        li      a0, STDOUT
        la      a1, buffer
        syscall write
        exit    0                       # the last job ends, and the machine with it: the daemon too

helper: syscall setsid
detached:
        fork
        beqz    a0, daemon
        exit    0                       # now the daemon is an orphan

daemon: li      a0, AT_FDCWD
        la      a1, log
        li      a2, O_WRONLY | O_CREAT | O_TRUNC
        li      a3, LOG_MODE
        syscall openat
        mv      s0, a0
        la      t0, print_to            # it has no terminal to print on: it prints to the log
        sw      s0, (t0)
        print   "daemon:  I am pid "
        print_pid
        call    tell_bonds
sleep:  sleep_ms NAP
wake:   print   "daemon:  awake at "
        call    clock
        call    print_duration
        call    print_newline
        j       sleep

# tell_bonds(): the rest of the line: to whom the process belongs.
tell_bonds:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        print   ", my parent is "
        syscall getppid
        call    print_number
        print   ", my session is "
        li      a0, 0
        syscall getsid
        call    print_number
        print_line "."
        lw      ra, 12(sp)
        addi    sp, sp, 16
        ret
