# How does one stop a program that never stops? The timer takes the hart away from it, and a signal ends it.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    PATIENCE, 30            # milliseconds
        .equ    RUSAGE_SIZE, 72
        .equ    RUSAGE_SECONDS, 0       # of user time
        .equ    RUSAGE_MICROSECONDS, 4

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
usage:  .skip   RUSAGE_SIZE

        .text
        .globl  _start
_start:
        print_line "   A loop without end does not hold up the others: the timer interrupts it when"
        print_line "   its time slice is over. A signal that it cannot refuse ends it."
        call    print_newline
        fork
        beqz    a0, child
        mv      s0, a0
        li      a0, PATIENCE
        call    pause_for
        print_line "   parent: I slept for 30 ms; the timer woke me. I kill my child."
        mv      a0, s0
        li      a1, SIGKILL
        syscall kill
        mv      a1, s0
        li      a0, P_PID
        la      a2, info
        li      a3, WEXITED
        la      a4, usage
        syscall waitid
        la      t0, info
        lw      s1, SIGINFO_STATUS(t0)
        print   "   parent: It was killed by signal "
        print_register s1
        print   ", SIGKILL, after running for "
        la      t0, usage
        lw      a0, RUSAGE_SECONDS(t0)
        li      t1, 1000000
        mul     a0, a0, t1
        lw      t1, RUSAGE_MICROSECONDS(t0)
        add     a0, a0, t1
        call    print_duration
        print_line "."
        addi    a0, s1, -SIGKILL        # 0 if all is as it should be
        syscall exit_group

child:  print_line "   child:  I count, for ever."
1:      addi    s0, s0, 1
        j       1b
