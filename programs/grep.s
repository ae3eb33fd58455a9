# Why is a filter blocked most of the time? Because it is faster than its writer. grep prints the lines of its
# standard input that contain TEXT, taken literally. grep TEXT  Exit status: 0 found, 1 not found.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/lines.inc"

# s0  the text sought      s1  exit status
        .text
        .globl  _start
_start:
        lw      s0, 8(sp)               # argv[1]
        beqz    s0, usage
        li      s1, 1
next:   call    read_line
        beqz    a0, end
        la      a0, this_line
        call    contains
        beqz    a0, next
        li      s1, 0
        la      a0, this_line
        call    print_string
        call    print_newline
        j       next

end:    mv      a0, s1
        syscall exit_group

usage:  print_errors
        print_line "usage: grep TEXT"
        exit    2

# contains(a0 = line) -> a0 = 1 if s0's text is found in it
contains:
        mv      t0, a0
        mv      t1, s0
1:      lbu     t2, (t1)
        beqz    t2, 3f
        lbu     t3, (t0)
        bne     t2, t3, 2f
        addi    t0, t0, 1
        addi    t1, t1, 1
        j       1b
2:      lbu     t2, (a0)
        addi    a0, a0, 1
        bnez    t2, contains
        li      a0, 0
        ret
3:      li      a0, 1
        ret
