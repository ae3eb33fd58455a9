# How does a reader know that a pipe has ended? read returns 0 when the last writer has closed it.
# wc prints the number of lines and of bytes of its standard input.

        .include "lib/system.inc"
        .include "lib/print.inc"

        .equ    BUFFER_SIZE, 4096

        .bss
buffer: .skip   BUFFER_SIZE

# s0  lines      s1  bytes
        .text
        .globl  _start
_start:
        li      s0, 0
        li      s1, 0
next:   li      a0, STDIN
        la      a1, buffer
        li      a2, BUFFER_SIZE
        syscall read
        blez    a0, end
        add     s1, s1, a0
        add     a0, a0, a1              # end of what was read
        li      t1, '\n'
1:      lbu     t0, (a1)
        bne     t0, t1, 2f
        addi    s0, s0, 1
2:      addi    a1, a1, 1
        bne     a1, a0, 1b
        j       next

end:    print_register s0
        li      a0, ' '
        call    print_character
        print_register s1
        call    print_newline
        exit    0
