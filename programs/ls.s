# What is a directory? A file of names, read with getdents64. ls [DIRECTORY]

        .include "lib/system.inc"
        .include "lib/print.inc"

        .equ    BUFFER_SIZE, 2048
        .equ    DIRENT_SIZE, 16         # struct linux_dirent64: inode 8, offset 8, size 2, type 1, name
        .equ    DIRENT_NAME, 19

        .bss
        .balign 8
buffer: .skip   BUFFER_SIZE

        .section .rodata
here:   .asciz  "."

# s0  directory      s1  next entry      s2  end of the entries read
        .text
        .globl  _start
_start:
        lw      a1, 8(sp)               # argv[1]
        bnez    a1, 1f
        la      a1, here
1:      li      a0, AT_FDCWD
        li      a2, O_DIRECTORY
        li      a3, 0
        syscall openat
        mv      s0, a0
        bltz    a0, failed
more:   mv      a0, s0
        la      a1, buffer
        li      a2, BUFFER_SIZE
        syscall getdents64
        bltz    a0, failed
        beqz    a0, done
        mv      s1, a1
        add     s2, a1, a0
next:   lbu     t0, DIRENT_NAME(s1)
        li      t1, '.'
        beq     t0, t1, 1f              # hidden, or the directory and its parent
        addi    a0, s1, DIRENT_NAME
        call    print_string
        call    print_newline
1:      lhu     t0, DIRENT_SIZE(s1)
        add     s1, s1, t0
        bltu    s1, s2, next
        j       more
done:   exit    0

failed: mv      s0, a0
        print_errors
        print   "ls: errno "
        neg     a0, s0
        call    print_number
        call    print_newline
        exit    1
