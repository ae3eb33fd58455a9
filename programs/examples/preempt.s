# How does the kernel stop a program that never calls it? It does not wait to be called. The timer
# interrupts the hart at the end of each time slice, in the middle of whatever runs; the registers are
# saved, and the next process goes on where it was interrupted. Neither loop here has a system call.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    SHOW, 100               # milliseconds
        .equ    RUSAGE_SIZE, 72
        .equ    RUSAGE_MICROSECONDS, 4  # of user time

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
usage:  .skip   RUSAGE_SIZE

# s0  pid of the one that counts up      s1  pid of the one that counts down
        .text
        .globl  _start
_start:
        fork
        beqz    a0, up
        mv      s0, a0
        fork
        beqz    a0, down
        mv      s1, a0
        sleep_ms SHOW
        mv      a0, s0
        call    stop
        mv      a0, s1
        call    stop
        exit    0

up:     li      s2, 0
up_loop:
        addi    s2, s2, 1
        j       up_loop

down:   li      s2, 0
down_loop:
        addi    s2, s2, -1
        j       down_loop

# stop(a0 = pid of a child): kills it, and tells how long it had the hart.
stop:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        sw      s2, 8(sp)
        mv      s2, a0
        li      a1, SIGKILL
        syscall kill
        mv      a1, s2
        li      a0, P_PID
        la      a2, info
        li      a3, WEXITED
        la      a4, usage               # wait tells also what the child has used
        syscall waitid
        print   "pid "
        print_register s2
        print   " ran for "
        la      t0, usage
        lw      a0, RUSAGE_MICROSECONDS(t0)
        call    print_duration
        print   " of the first "
        call    clock
        call    print_duration
        print_line "."
        lw      ra, 12(sp)
        lw      s2, 8(sp)
        addi    sp, sp, 16
        ret
