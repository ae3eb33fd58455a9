# What can a parent do while its child works? It can wait: then it is blocked, and does nothing until
# the child has ended (synchronous). Or it looks from time to time whether the child has ended, and does
# pieces of its own work in between (asynchronous). The child takes 30 ms both times.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    CHILD_TAKES, 30         # milliseconds
        .equ    PIECE, 250000           # rounds of a loop of two instructions: 5 ms

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

# s0  the child's pid      s1  when it was started      s2  pieces of work done
        .text
        .globl  _start
_start:
        call    clock
        mv      s1, a0
        li      s2, 0
        fork
        beqz    a0, child
synchronous:
        wait_for info                   # blocks
        print   "Waiting: "
        call    tell

        call    clock
        mv      s1, a0
        fork
        beqz    a0, child
asynchronous:
        call    piece_of_work
        addi    s2, s2, 1
        poll_any info                   # does not block
        la      t0, info
        lw      t0, SIGINFO_PID(t0)     # 0: no child has ended yet
        beqz    t0, asynchronous
        print   "Polling: "
        call    tell
        exit    0

child:  sleep_ms CHILD_TAKES
        exit    0

piece_of_work:
        li      t0, PIECE
1:      addi    t0, t0, -1
        bnez    t0, 1b
        ret

# tell(): how long the child took, and what was done meanwhile.
tell:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        print   "my child has ended after "
        call    clock
        sub     a0, a0, s1
        call    print_duration
        print   ", and I have done "
        print_register s2
        print_line " pieces of my own work."
        lw      ra, 12(sp)
        addi    sp, sp, 16
        ret
