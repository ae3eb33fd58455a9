# What does a process have that its program has not? Values of its own. count adds STEP to a variable, four
# times, and sleeps in between. count [STEP]

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/text.inc"
        .include "lib/time.inc"

        .equ    ROUNDS, 4
        .equ    PAUSE, 10               # milliseconds

        .data
        .balign 4
total:  .word   0

# s0  step      s1  rounds left
        .text
        .globl  _start
_start:
        li      s0, 1
        lw      a0, 8(sp)               # argv[1]
        beqz    a0, 1f
        call    parse_number
        mv      s0, a0
1:      li      s1, ROUNDS
next:   la      t0, total
        lw      t1, (t0)
        add     t1, t1, s0
        sw      t1, (t0)
        print   "pid "
        print_pid
        print   ": the variable at "
        la      a0, total
        call    print_hex
        print   " is now "
        la      t0, total
        lw      a0, (t0)
        call    print_number
        call    print_newline
        addi    s1, s1, -1
        beqz    s1, end
        sleep_ms PAUSE
        j       next
end:    exit    0
