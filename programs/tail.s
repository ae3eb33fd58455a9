# Which filter cannot print anything before its input has ended? tail prints the last ten lines of its
# standard input, or the last COUNT (at most 32). tail [COUNT]

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/text.inc"
        .include "lib/lines.inc"

        .equ    MAX_COUNT, 32
        .equ    DEFAULT_COUNT, 10

        .bss
kept:   .skip   MAX_COUNT * LINE_LIMIT  # ring of the last lines

# s0  lines to print      s1  lines read so far
        .text
        .globl  _start
_start:
        lw      a0, 8(sp)               # argv[1]
        li      s0, DEFAULT_COUNT
        li      s1, 0
        beqz    a0, next
        call    parse_number
        mv      s0, a0
        li      t0, MAX_COUNT
        bleu    s0, t0, next
        mv      s0, t0
next:   call    read_line
        beqz    a0, end
        mv      a0, s1
        call    place
        la      t0, this_line
1:      lbu     t1, (t0)
        sb      t1, (a0)
        addi    t0, t0, 1
        addi    a0, a0, 1
        bnez    t1, 1b
        addi    s1, s1, 1
        j       next

end:    sub     s0, s1, s0              # first line to print
        bgez    s0, 1f
        li      s0, 0
1:      bge     s0, s1, 2f
        mv      a0, s0
        call    place
        call    print_string
        call    print_newline
        addi    s0, s0, 1
        j       1b
2:      exit    0

# place(a0 = number of a line) -> a0 = where the ring keeps it
place:
        andi    a0, a0, MAX_COUNT - 1
        li      t0, LINE_LIMIT
        mul     a0, a0, t0
        la      t0, kept
        add     a0, a0, t0
        ret
