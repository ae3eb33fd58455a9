# What does exec leave of a process? Its pid, its parent and its open files. Everything else, memory
# and registers, is replaced by the new program, so a successful execve never returns.

        .include "lib/system.inc"
        .include "lib/print.inc"

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

        .section .rodata
missing:
        .asciz  "/bin/no-such-program"
program:
        .asciz  "/bin/count"
name:   .asciz  "count"
step:   .asciz  "7"
        .balign 4
argv:   .word   name, step, 0

# s0  result of the first execve
        .text
        .globl  _start
_start:
        fork
        beqz    a0, child
        wait_for info
        print_line "parent: my child has ended. Its end is told to me, whatever program it ran."
        exit    0

child:  la      a0, missing             # a failed execve changes nothing
        la      a1, argv
        li      a2, 0
        syscall execve
        mv      s0, a0
        print   "child:  execve of a missing file returned -"
        neg     a0, s0
        call    print_number
        print   ", I am still here. I am pid "
        print_pid
        print_line "."

        la      a0, program
        la      a1, argv
        li      a2, 0
replace:
        syscall execve
never:  print_line "child:  this line is never printed."
        exit    1
