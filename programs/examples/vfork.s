# Is there a cheaper way to start a program than fork? A child that is about to call execve needs no
# copy of its parent's memory. After vfork it runs in the parent's own memory, and the parent is
# blocked until the child executes a program or ends. Here both children write to the same variable,
# take 20 ms, and become /bin/true.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    DELAY, 20               # milliseconds

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

        .balign 4096
note:   .skip   4096                    # a child writes 1 here; nothing else lies in this page

        .section .rodata
program:
        .asciz  "/bin/true"
        .balign 4
argv:   .word   program, 0

# s0  when the call was made      s1  the child's pid
        .text
        .globl  _start
_start:
        la      t0, note
        sw      zero, (t0)
        call    clock
        mv      s0, a0
        fork
        beqz    a0, child
after_fork:
        mv      s1, a0
        print   "fork:  the parent"
        call    tell

        la      t0, note
        sw      zero, (t0)
        call    clock
        mv      s0, a0
        vfork
        beqz    a0, child
after_vfork:
        mv      s1, a0
        print   "vfork: the parent"
        call    tell
        exit    0

child:  la      t0, note
        li      t1, 1
write_note:
        sw      t1, (t0)
        sleep_ms DELAY
        la      a0, program
        la      a1, argv
        li      a2, 0
        syscall execve
        exit    127

# tell(): how long the call took, and what the parent finds in the variable once the child has ended.
tell:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        print   " went on after "
        call    clock
        sub     a0, a0, s0
        call    print_duration
        mv      a0, s1
        wait_for info
        print   ", and finds "
        la      t0, note
        lw      a0, (t0)
        call    print_number
        print_line " in the variable to which the child has written 1."
        lw      ra, 12(sp)
        addi    sp, sp, 16
        ret
