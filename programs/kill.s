# How does one process end another? With a signal. kill [-SIGNAL] PID, where SIGNAL is a number
# (15, SIGTERM, if not given).

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/text.inc"

        .text
        .globl  _start
_start:
        li      s1, SIGTERM
        addi    s0, sp, 8               # argv[1]
        lw      a0, (s0)
        beqz    a0, usage
        lbu     t0, (a0)
        li      t1, '-'
        bne     t0, t1, 1f
        addi    a0, a0, 1
        call    parse_number
        mv      s1, a0
        addi    s0, s0, 4
        lw      a0, (s0)
        beqz    a0, usage
1:      call    parse_number
        lbu     t0, (a1)
        bnez    t0, usage
        mv      s2, a0
        mv      a1, s1
        syscall kill
        bltz    a0, 2f
        exit    0
2:      mv      s0, a0
        print_errors
        print   "kill: no signal "
        print_register s1
        print   " for process "
        print_register s2
        print   ": errno "
        neg     a0, s0
        call    print_number
        call    print_newline
        exit    1

usage:  print_errors
        print_line "usage: kill [-SIGNAL] PID"
        exit    2
