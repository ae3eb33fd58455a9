# Why is a process that has ended still there? Because somebody may want to know how it ended. Its
# memory and files are given back at once; its entry in the process table, with pid and exit status,
# stays until the parent waits for it. Until then it is a zombie.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    NEGLECT, 50             # how long the parent cares for other things, in milliseconds

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

# s0  the child's pid      s1  an error
        .text
        .globl  _start
_start:
        fork
        beqz    a0, child
        mv      s0, a0
        sleep_ms NEGLECT

        mv      a0, s0
        li      a1, 0                   # signal 0 is never delivered: it only asks whether there is such a process
        syscall kill
is_there:
        bnez    a0, wrong
        print   "parent: pid "
        print_register s0
        print_line " has ended, but it is still in the process table."

        mv      a0, s0
reap:   wait_for info                   # does not block: the answer has been waiting
        print   "parent: it exited with status "
        la      t0, info
        lw      a0, SIGINFO_STATUS(t0)
        call    print_number
        print_line "."

        mv      a0, s0
        li      a1, 0
        syscall kill
        neg     s1, a0
        print   "parent: now the process table knows no pid "
        print_register s0
        print   ": error "
        print_register s1
        print_line ", ESRCH."
        exit    0
wrong:  exit    1

child:  print_line "child:  I end at once, with status 5."
        exit    5
