# How does a pipeline begin? With a writer. seq prints the numbers FIRST to LAST, a line each.
# seq [FIRST] LAST

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/text.inc"

        .text
        .globl  _start
_start:
        li      s0, 1
        lw      s1, 8(sp)               # argv[1]
        beqz    s1, usage
        lw      s2, 12(sp)              # argv[2]
        beqz    s2, 1f
        mv      a0, s1
        call    parse_number
        mv      s0, a0
        mv      s1, s2
1:      mv      a0, s1
        call    parse_number
        mv      s1, a0
2:      bgtu    s0, s1, 3f
        print_register s0
        call    print_newline
        bltz    a0, 3f                  # nobody reads any more
        addi    s0, s0, 1
        j       2b
3:      exit    0

usage:  print_errors
        print_line "usage: seq [FIRST] LAST"
        exit    2
