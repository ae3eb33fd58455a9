# Branches at and beyond their reach, forwards and backwards, and to places that only the linker knows.
        .text
        .globl  outside
start:  beqz    a0, near
        bnez    a0, near
        beq     a0, zero, near
        beq     zero, a0, near
        bne     a0, a1, near
        blt     a0, a1, near
        bge     a0, a1, near
        bltu    a0, a1, near
        bgeu    a0, a1, near
        bgt     a0, a1, near
        ble     a0, a1, near
        bgtu    a0, a1, near
        bleu    a0, a1, near
        blez    a0, near
        bgez    a0, near
        bltz    a0, near
        bgtz    a0, near
        beqz    t0, near
near:   j       start
        jal     start
        jal     ra, start
        jal     t0, start
        j       .
        beqz    a0, . + 4
        bnez    a0, . - 4
1:      beqz    a0, 1b
        beqz    a0, 1f
        .skip   250
1:      beqz    a0, 1b
        bnez    a0, 2f
        .skip   252
2:      bnez    a0, 3f
        .skip   254
3:      bnez    a0, 4f
        .skip   256
4:      j       5f
        .skip   2044
5:      j       6f
        .skip   2046
6:      bne     a0, a1, 7f
        .skip   4090
7:      bne     a0, a1, 8f
        .skip   4092
8:      beqz    a0, 9f
        .skip   4092
9:      blt     a0, a1, far
        beqz    a0, far
        .skip   5000
far:    bge     a0, a1, 9b
        bnez    a0, 9b
        j       9b
        j       outside
        jal     outside
        beqz    a0, outside
        bne     a0, a1, outside
        .weak   faint
faint:  j       faint
        beqz    a0, faint
        .align  3
        beqz    a0, 1f
        .align  4
        .skip   200
        .align  6
1:      nop
