# What is the smallest program that does something? Two system calls: write and exit.

        .include "lib/system.inc"

        .section .rodata
text:   .ascii  "Hello from a machine of my own.\n"
        .equ    TEXT_SIZE, . - text

        .text
        .globl  _start
_start:
        li      a0, STDOUT
        la      a1, text
        li      a2, TEXT_SIZE
        syscall write
        exit    0
