# What does a crash cost? One process. Its parent is told what happened and goes on.

        .include "lib/system.inc"
        .include "lib/print.inc"

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

        .text
        .globl  _start
_start:
        print_line "   A process can touch only memory of its own, and the page at address 0 is"
        print_line "   never mapped. Who touches it is killed; nobody else notices."
        call    print_newline
        fork
        beqz    a0, child
        wait_for info
        la      t0, info
        lw      s0, SIGINFO_CODE(t0)
        lw      s1, SIGINFO_STATUS(t0)
        li      t0, CLD_EXITED
        beq     s0, t0, 1f
        print   "   parent: My child was killed by signal "
        print_register s1
        li      t0, SIGSEGV
        bne     s1, t0, 2f
        print_line ", SIGSEGV. I run on."
        exit    0
1:      print   "   parent: My child exited with status "
        print_register s1
2:      print_line ", which is not what should happen."
        exit    1

child:  print_line "   child:  I store a word at address 0."
        sw      zero, (zero)
        print_line "   child:  Nothing happened."
        exit    0
