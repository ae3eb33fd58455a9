# Every way to write the base instructions that the table does not already give, at the edges of their ranges.
        .text
start:  addi    a0, a0, 1
        addi    a0, a0, -32
        addi    a0, a0, 32
        addi    a0, a1, 0
        addi    sp, sp, 16
        addi    sp, sp, -512
        addi    sp, sp, 496
        addi    sp, sp, 20
        addi    a0, sp, 4
        addi    a0, sp, 1020
        addi    a0, sp, 1024
        addi    t0, sp, 16
        addi    zero, zero, 0
        addi    a5, zero, 31
        addi    a0, a0, 0
        addi    a0, a0, 0xffffffff
        addi    a0, a0, -2048
        add     a0, a0, 5
        add     a0, a0, a1
        add     a0, a1, a0
        add     a0, zero, a1
        add     a0, a1, zero
        add     s1, s1, s0
        sub     a0, a0, a1
        sub     a0, a1, a0
        and     a0, a0, a1
        and     a0, a1, a0
        and     a0, a0, 7
        and     t0, t0, t1
        andi    a0, a0, -32
        andi    a0, a0, 32
        or      a0, a0, a1
        or      a0, a1, a0
        or      a0, a0, 3
        xor     a0, a0, a1
        xor     a0, a1, a0
        xor     a0, a0, 3
        slt     a0, a1, 4
        sltu    a0, a1, 4
        sll     a0, a0, 3
        sll     a0, a1, a2
        srl     a0, a0, 3
        sra     a0, a0, 3
        slli    a0, a0, 31
        slli    a0, a0, 0
        slli    t0, t0, 1
        slli    t0, t1, 1
        srli    a0, a0, 1
        srli    t0, t0, 1
        srai    a0, a0, 31
        lui     a0, 1
        lui     a0, 31
        lui     a0, 32
        lui     a0, 0xfffff
        lui     a0, 0xfffe0
        lui     a0, 0xfffdf
        lui     sp, 1
        lui     zero, 1
        auipc   a0, 0
        auipc   a0, 0xfffff
        lw      a0, 0(a1)
        lw      a0, (a1)
        lw      a0, 124(a1)
        lw      a0, 128(a1)
        lw      a0, 2(a1)
        lw      a0, 0(sp)
        lw      a0, 252(sp)
        lw      a0, 256(sp)
        lw      zero, 0(sp)
        lw      t0, 4(sp)
        lw      t0, 4(t1)
        lb      a0, -1(a1)
        lbu     a0, 1(a1)
        lh      a0, 2(a1)
        lhu     a0, 2(a1)
        sw      a0, 0(a1)
        sw      a0, 124(a1)
        sw      a0, 128(a1)
        sw      a0, 0(sp)
        sw      zero, 252(sp)
        sw      a0, 256(sp)
        sb      a0, -1(a1)
        sh      a0, 2047(a1)
        jr      a0
        jr      4(a0)
        jr      a0, 4
        jalr    a0
        jalr    4(a0)
        jalr    a0, 4
        jalr    ra, a0
        jalr    ra, 0(a0)
        jalr    a1, a0, 4
        jalr    a1, 4(a0)
        jalr    zero, ra
        ret
        nop
        mv      a0, a1
        mv      a0, zero
        move    t0, t1
        not     a0, a1
        neg     a0, a1
        seqz    a0, a1
        snez    a0, a1
        sltz    a0, a1
        sgtz    a0, a1
        sgt     a0, a1, a2
        sgtu    a0, a1, a2
        zext.b  a0, a1
        zext.h  a0, a1
        sext.b  a0, a1
        sext.h  a0, a0
        fence
        fence   rw, w
        fence   iorw, iorw
        fence   r, r
        fence.tso
        ecall
        scall
        ebreak
        sbreak
        unimp
        mul     a0, a1, a2
        divu    a0, a1, a2
        lr.w    a0, (a1)
        lr.w.aq a0, 0(a1)
        sc.w.rl a0, a2, (a1)
        amoadd.w.aqrl a0, a2, (a1)
        amomaxu.w a0, a2, (a1)

        .option push
        .option norvc
        nop
        ret
        ebreak
        unimp
        lw      a0, 0(sp)
        li      a0, 1
        j       start
        .option pop
        c.nop
        c.li    a0, 5
        c.addi  a0, 1
        c.lui   a0, 0xfffff
        c.addi16sp sp, 32
        c.addi4spn a0, sp, 8
        c.mv    a0, a1
        c.add   a0, a1
        c.sub   a0, a1
        c.and   a0, a1
        c.andi  a0, 3
        c.slli  a0, 3
        c.srli  a0, 3
        c.srai  a0, 3
        c.lw    a0, 4(a1)
        c.sw    a0, 4(a1)
        c.lwsp  a0, 4(sp)
        c.swsp  a0, 4(sp)
        c.jr    a0
        c.jalr  a0
        c.ebreak
        c.j     here
        c.jal   here
        c.beqz  a0, here
        c.bnez  a0, here
here:
