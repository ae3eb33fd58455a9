# What if a writer is faster than its reader? A pipe holds 64 KiB. When it is full, the writer is blocked
# until the reader has made room: so the fast one goes at the pace of the slow one, and neither needs
# to know the other.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/pipes.inc"
        .include "lib/time.inc"

        .equ    BLOCK, 4096             # the producer writes so much at once
        .equ    BLOCKS, 32
        .equ    PORTION, 16384          # and the consumer reads so much
        .equ    MEAL, 10                # and then is busy for so many milliseconds

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
belt:   .skip   PIPE_SIZE
block:  .skip   BLOCK
portion:
        .skip   PORTION

# s0  blocks written; portions read      s1  when a write began
        .text
        .globl  _start
_start:
        pipe_open belt
        fork
        beqz    a0, consumer

producer:
        pipe_close belt, READ_END
        li      s0, 0
produce:
        call    clock
        mv      s1, a0
        pipe_write belt, block, BLOCK
written:
        addi    s0, s0, 1
        call    clock
        sub     s1, a0, s1
        li      t0, 1000                # microseconds: shorter than that is not blocked
        bltu    s1, t0, 1f
        print   "producer: block "
        print_register s0
        print   " had to wait for "
        mv      a0, s1
        call    print_duration
        call    print_newline
1:      li      t0, BLOCKS
        bne     s0, t0, produce
        print_line "producer: all is written."
        pipe_close belt, WRITE_END
        wait_any info
        exit    0

consumer:
        pipe_close belt, WRITE_END
        li      s0, 0
consume:
        sleep_ms MEAL
        pipe_read belt, portion, PORTION
        beqz    a0, full
        addi    s0, s0, 1
        j       consume
full:   print   "consumer: that was the end, after "
        print_register s0
        print_line " portions."
        exit    0
