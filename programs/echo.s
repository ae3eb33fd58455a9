# Where do a program's arguments lie? On its stack: echo prints them with a blank between.

        .include "lib/system.inc"
        .include "lib/print.inc"

        .text
        .globl  _start
_start:
        addi    s0, sp, 8               # argc | argv[0] | argv[1]...
        lw      a0, (s0)
        beqz    a0, 2f
1:      call    print_string
        addi    s0, s0, 4
        lw      s1, (s0)
        beqz    s1, 2f
        li      a0, ' '
        call    print_character
        mv      a0, s1
        j       1b
2:      call    print_newline
        exit    0
