# What is the difference between concurrent and parallel? Six tasks take 40 ms each. On one hart they are
# concurrent: all have begun, one runs at any moment, and they take turns. On four harts up to four of them
# are also parallel: they run at the same time. The program does not change, and cannot tell.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    TASKS_END, 'G'          # A to F
        .equ    WORK, 2000000           # rounds of a loop of two instructions: 40 ms

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

# s0  the task's letter      s1  when it began
        .text
        .globl  _start
_start:
        li      s0, 'A'
start:  fork
        beqz    a0, task
        addi    s0, s0, 1
        li      t0, TASKS_END
        bne     s0, t0, start

join:   wait_any info
        beqz    a0, join                # until there is no child left
        print   "all done at "
        call    clock
        call    print_duration
        call    print_newline
        exit    0

task:   call    clock
        mv      s1, a0
        li      t0, WORK
work:   addi    t0, t0, -1
        bnez    t0, work
        print   "task "
        mv      a0, s0
        call    print_character
        print   ": from "
        mv      a0, s1
        call    print_duration
        print   " to "
        call    clock
        call    print_duration
        call    print_newline
        exit    0
