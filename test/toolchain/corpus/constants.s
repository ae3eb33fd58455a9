# li and la of constants: every length, at the edges where the choice changes.
        .text
        .irp    value, 0, 1, -1, 31, 32, -32, -33, 2047, 2048, -2048, -2049, 4095, 4096, 0x1800, 0x7ff000, 0x1f000, 0x20000
        li      a0, \value
        li      sp, \value
        li      t6, \value
        .endr
        .irp    value, 0xfffff000, 0xffffffff, 0xfffff800, 0xfffff7ff, 0x80000000, 0x7fffffff, -0x80000000, 0x12345678, 0xfffe0000, 0xfffdf000, 0xffffffe0
        li      a0, \value
        li      s0, \value
        .endr
        li      zero, 4
        .equ    N, 40
        li      a0, N
        li      a0, N*2+1
        li      a0, (1<<12)|5
        li      a0, ~0
        li      a0, -N
        li      a0, 'A'
        li      a0, '\n'
        li      a0, 10/3
        li      a0, 10%3
        li      a0, 0b1010
        li      a0, 017
        li      a0, 1 == 1
        li      a0, 2 > 3
        li      a0, 1 + 2 * 3 - 4 | 8 & 12
        li      a0, 6 ^ 3 ! 8
        li      a0, 1 && 0 || 5
        li      a0, 3 << 2 + 1
        la      a0, 0x1234
        la      a0, 0x12345678
        lui     a0, %hi(0x12345fff)
        addi    a0, a0, %lo(0x12345fff)
        lw      a0, %lo(4)(a1)
        sw      a0, %lo(0xfff)(a1)
        addi    a0, zero, N
        addi    a0, a0, N - 39
        lw      a0, N(sp)
        slli    a0, a0, N / 8
