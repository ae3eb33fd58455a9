# What does a process look like that never gives its hart up? spin counts until it is killed.

        .text
        .globl  _start
_start:
        li      a0, 0
1:      addi    a0, a0, 1
        j       1b
