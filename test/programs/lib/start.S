# Start of a program, and the functions that C cannot express: setjmp, longjmp, vfork.

        .text
        .globl  _start
_start:
        .option push
        .option norelax
        la      gp, __global_pointer$
        .option pop
        lw      a0, 0(sp)               # argc | argv... | 0 | envp... | 0
        addi    a1, sp, 4
        slli    a2, a0, 2
        add     a2, a2, a1
        addi    a2, a2, 4
        la      t0, environ
        sw      a2, 0(t0)
        andi    sp, sp, -16
        call    main
        call    exit

        .globl  setjmp
setjmp: sw      ra, 0(a0)
        sw      sp, 4(a0)
        sw      s0, 8(a0)
        sw      s1, 12(a0)
        sw      s2, 16(a0)
        sw      s3, 20(a0)
        sw      s4, 24(a0)
        sw      s5, 28(a0)
        sw      s6, 32(a0)
        sw      s7, 36(a0)
        sw      s8, 40(a0)
        sw      s9, 44(a0)
        sw      s10, 48(a0)
        sw      s11, 52(a0)
        li      a0, 0
        ret

        .globl  longjmp
longjmp:
        lw      ra, 0(a0)
        lw      sp, 4(a0)
        lw      s0, 8(a0)
        lw      s1, 12(a0)
        lw      s2, 16(a0)
        lw      s3, 20(a0)
        lw      s4, 24(a0)
        lw      s5, 28(a0)
        lw      s6, 32(a0)
        lw      s7, 36(a0)
        lw      s8, 40(a0)
        lw      s9, 44(a0)
        lw      s10, 48(a0)
        lw      s11, 52(a0)
        seqz    a0, a1
        add     a0, a0, a1
        ret

# CLONE_VM | CLONE_VFORK | SIGCHLD. The child shares the stack, so the return address must stay in ra.
        .globl  vfork
vfork:  li      a0, 0x4111
        li      a1, 0
        li      a7, 220
        ecall
        bltz    a0, 1f
        ret
1:      neg     t0, a0
        la      t1, errno
        sw      t0, 0(t1)
        li      a0, -1
        ret
