# What is the difference between a program and a process? A program is a file; a process is one run
# of it. Here /bin/count is run twice at the same time: one file, two processes. Both use the same
# address for their variable, and each has a value of its own there.

        .include "lib/system.inc"
        .include "lib/print.inc"

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

        .section .rodata
program:
        .asciz  "/bin/count"
name:   .asciz  "count"
one:    .asciz  "1"
hundred:
        .asciz  "100"

        .balign 4
by_one: .word   name, one, 0            # argv of the first run
by_hundred:
        .word   name, hundred, 0        # and of the second

# s0  argv of the program that is started
        .text
        .globl  _start
_start:
        la      s0, by_one
        fork
        beqz    a0, child
        la      s0, by_hundred
        fork
        beqz    a0, child

        wait_any info
        wait_any info
        exit    0

child:  la      a0, program
        mv      a1, s0
        li      a2, 0                   # no environment
become: syscall execve
        exit    127                     # reached only if execve failed
