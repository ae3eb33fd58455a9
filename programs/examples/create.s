# Must a process be copied to make another? Not on systems with a CreateProcess: one call names a
# program and its arguments and returns a handle, on which one waits. No code runs twice. Here such a
# call is built from vfork and execve; its handle is the pid.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/children.inc"
        .include "lib/time.inc"

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
failure:                                # errno of a child that could not become its program
        .skip   4

        .section .rodata
sleep:  .asciz  "/bin/sleep"
while:  .asciz  "0.05"
false:  .asciz  "/bin/false"
missing:
        .asciz  "/bin/no-such-program"

        .balign 4
long:   .word   sleep, while, 0
short:  .word   false, 0
wrong:  .word   missing, 0

# s0  handle of the long one      s1  handle of the short one      s2  errno of the third
        .text
        .globl  _start
_start:
        la      a0, long
        call    create_process
        mv      s0, a0
        la      a0, short
        call    create_process
        mv      s1, a0
        print   "I have two handles, "
        print_register s0
        print   " and "
        print_register s1
        print_line ", and go on with my own work."
        la      a0, wrong
        call    create_process          # fails here, in the parent, as any call does
        neg     s2, a0
        print   "A program that is not there gives no handle, but error "
        print_register s2
        print_line "."

        mv      a0, s0                  # in the order that I like, not that in which they end
        call    wait_on
        mv      a0, s1
        call    wait_on
        exit    0

# create_process(a0 = argv, its first word the path) -> a0 = handle, or a negated errno
create_process:
        mv      t0, a0
        la      t1, failure
        sw      zero, (t1)
        vfork
        bnez    a0, 1f
        lw      a0, (t0)                # the child: registers are its own, memory is the parent's
        mv      a1, t0
        li      a2, 0
        syscall execve
        sw      a0, (t1)                # so it can leave a message before it ends
        exit    127
1:      lw      t2, (t1)                # the parent, when the child no longer needs its memory
        beqz    t2, 2f
        mv      t3, t2
        wait_for info                   # nobody else will ever ask for this child
        mv      a0, t3
2:      ret

# wait_on(a0 = handle): until that process has ended; says how.
wait_on:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        sw      a0, 8(sp)
        wait_for info
        call    clock
        call    print_duration
        print   ": handle "
        lw      a0, 8(sp)
        call    print_number
        li      a0, ' '
        call    print_character
        la      a0, info
        call    print_ending
        print_line "."
        lw      ra, 12(sp)
        addi    sp, sp, 16
        ret
