# What is a file to a program? A descriptor that read takes bytes from: cat neither knows nor cares whether
# they come from a file, a pipe or a keyboard. cat [FILE]...  ("-" or none: standard input)

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/text.inc"

        .equ    BUFFER_SIZE, 4096

        .bss
buffer: .skip   BUFFER_SIZE

        .section .rodata
dash:   .asciz  "-"

# s0  next argument      s1  descriptor      s2  exit status
        .text
        .globl  _start
_start:
        addi    s0, sp, 8
        li      s1, STDIN
        li      s2, 0
        lw      t0, (s0)
        bnez    t0, next
        call    copy
        j       finish

next:   lw      a0, (s0)
        beqz    a0, finish
        la      a1, dash
        call    text_equal
        li      s1, STDIN
        bnez    a0, 1f
        li      a0, AT_FDCWD
        lw      a1, (s0)
        li      a2, 0
        li      a3, 0
        syscall openat
        mv      s1, a0
        bltz    a0, 2f
1:      call    copy
        beqz    s1, 3f
        mv      a0, s1
        syscall close
        j       3f
2:      call    complain
3:      addi    s0, s0, 4
        j       next

finish: mv      a0, s2
        syscall exit_group

# copy(): from s1 to standard output until its end.
copy:
        addi    sp, sp, -16
        sw      ra, 12(sp)
1:      mv      a0, s1
        la      a1, buffer
        li      a2, BUFFER_SIZE
        syscall read
        beqz    a0, 4f
        bltz    a0, 3f
        mv      t0, a0                  # bytes that are still to be written
        la      a1, buffer
2:      li      a0, STDOUT
        mv      a2, t0
        syscall write
        blez    a0, 3f
        add     a1, a1, a0
        sub     t0, t0, a0
        bnez    t0, 2b
        j       1b
3:      call    complain
4:      lw      ra, 12(sp)
        addi    sp, sp, 16
        ret

# complain(a0 = negated errno)
complain:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        sw      a0, 8(sp)
        print_errors
        print   "cat: "
        lw      a0, (s0)
        bnez    a0, 1f
        la      a0, dash
1:      call    print_string
        print   ": errno "
        lw      a0, 8(sp)
        neg     a0, a0
        call    print_number
        call    print_newline
        li      s2, 1
        lw      ra, 12(sp)
        addi    sp, sp, 16
        ret
