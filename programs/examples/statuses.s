# What does a process leave behind when it ends? One number, its exit status: 0 says "all well", and
# only the lowest 8 bits count. The parent gets it from wait, in any order that it likes; waiting for a
# child that still runs blocks, waiting for one that has ended does not.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    CHILDREN, 3

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
pids:   .skip   4 * CHILDREN

        .section .rodata
        .balign 4
lives:                                  # of each child: how long it lives, in milliseconds, and its status
        .word   10, 0
        .word   20, 7
        .word   30, 300                 # more than 8 bits: 300 - 256 arrives

# s0  number of a child      s1  its entry in lives      s2  where its pid is kept
        .text
        .globl  _start
_start:
        li      s0, 0
        la      s1, lives
        la      s2, pids
start:  fork
        beqz    a0, child
        sw      a0, (s2)
        addi    s0, s0, 1
        addi    s1, s1, 8
        addi    s2, s2, 4
        li      t0, CHILDREN
        bne     s0, t0, start

wait_backwards:                         # the last one first: it lives longest
        addi    s2, s2, -4
        lw      a0, (s2)
        wait_for info
        print   "parent: at "
        call    clock
        call    print_duration
        print   " I know the status of child "
        la      t0, info
        lw      a0, SIGINFO_PID(t0)
        call    print_number
        print   ": "
        la      t0, info
        lw      a0, SIGINFO_STATUS(t0)
        call    print_number
        call    print_newline
        addi    s0, s0, -1
        bnez    s0, wait_backwards

        wait_any info                   # there is no child left to wait for
        neg     s0, a0
        print   "parent: to wait once more is error "
        print_register s0
        print_line ", ECHILD."
        exit    0

child:  lw      a0, (s1)
        call    pause_for
        print   "child:  at "
        call    clock
        call    print_duration
        print   " I end with status "
        lw      a0, 4(s1)
        call    print_number
        call    print_newline
        lw      a0, 4(s1)
        syscall exit_group
