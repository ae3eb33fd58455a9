# What does a process do while it sleeps? Nothing: the timer makes it ready again. sleep SECONDS[.FRACTION]

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/text.inc"
        .include "lib/time.inc"

        .text
        .globl  _start
_start:
        lw      a0, 8(sp)               # argv[1]
        beqz    a0, usage
        call    parse_number
        la      t0, time_request
        sw      a0, (t0)
        lbu     t1, (a1)
        beqz    t1, 3f
        li      t2, '.'
        bne     t1, t2, usage
        li      t3, 100000000           # what the next digit is worth, in nanoseconds
        li      t4, 10
        li      t5, 0
1:      addi    a1, a1, 1
        lbu     t1, (a1)
        beqz    t1, 2f
        addi    t1, t1, -'0'
        bgeu    t1, t4, usage
        mul     t1, t1, t3
        add     t5, t5, t1
        divu    t3, t3, t4
        j       1b
2:      sw      t5, 8(t0)
3:      li      a0, CLOCK_MONOTONIC
        li      a1, 0
        la      a2, time_request
        li      a3, 0
        syscall clock_nanosleep_time64
        exit    0

usage:  print_errors
        print_line "usage: sleep SECONDS[.FRACTION]"
        exit    2
