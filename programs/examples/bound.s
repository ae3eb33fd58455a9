# Who needs the processor, and who the world? One process only computes: it is cpu-bound, and uses up
# each time slice. The other is i/o-bound, here a metronome: it is due every 13 ms, needs the processor
# for an instant, and sleeps again. How late it runs after it was due is what it feels of the other.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    WORK, 7500000           # rounds of a loop of two instructions: 150 ms
        .equ    BEATS, 8
        .equ    BEAT, 13000             # microseconds

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

# s0  beat      s1  when it is due, in microseconds since the start      s2  how late it is
        .text
        .globl  _start
_start:
        fork
        beqz    a0, io_bound
        fork
        beqz    a0, cpu_bound
        wait_any info
        wait_any info
        exit    0

cpu_bound:
        li      t0, WORK
compute:
        addi    t0, t0, -1
        bnez    t0, compute
        print   "cpu-bound: done at "
        call    clock
        call    print_duration
        call    print_newline
        exit    0

io_bound:
        li      s0, 1
        li      s1, 0
sleep:  li      t0, BEAT
        add     s1, s1, t0
        la      a2, time_request        # until then, however late this beat was
        li      t0, 1000
        mul     t0, t0, s1
        sw      t0, 8(a2)               # nanoseconds
        li      a0, CLOCK_MONOTONIC
        li      a1, TIMER_ABSTIME
        li      a3, 0
        syscall clock_nanosleep_time64
beat:   call    clock
        sub     s2, a0, s1
        print   "i/o-bound: beat "
        print_register s0
        print   " was due at "
        mv      a0, s1
        call    print_duration
        print   " and is late by "
        mv      a0, s2
        call    print_duration
        call    print_newline
        addi    s0, s0, 1
        li      t0, BEATS
        bleu    s0, t0, sleep
        exit    0
