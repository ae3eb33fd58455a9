# What happens to a process whose parent ends? Process 1, init, adopts it, and reaps it when it ends.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    PARENT_PAUSE, 5         # milliseconds
        .equ    CHILD_PAUSE, 10

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
ends:   .skip   8                       # of a pipe that tells when the orphan has ended

# s0  the child's parent at first      s1  its parent at last
        .text
        .globl  _start
_start:
        print_line "   The end of a process is reported to its parent. If the parent ends first,"
        print_line "   the child is an orphan, and process 1, init, becomes its parent."
        call    print_newline
        la      a0, ends
        li      a1, 0
        syscall pipe2
        fork
        beqz    a0, parent
        wait_for info
        la      t0, ends
        lw      a0, 4(t0)
        syscall close
        la      t0, ends                # read returns when the orphan, the last writer, has ended
        lw      a0, (t0)
        la      a1, info
        li      a2, 1
        syscall read
        bnez    a0, 1f
        exit    0
1:      exit    1

parent: fork
        beqz    a0, child
        li      a0, PARENT_PAUSE
        call    pause_for
        print   "   parent: I am pid "
        syscall getpid
        call    print_number
        print_line ". I end without waiting for my child."
        exit    0

child:  print   "   child:  I am pid "
        syscall getpid
        call    print_number
        print   ". My parent is pid "
        syscall getppid
        mv      s0, a0
        call    print_number
        print_line "."
        li      a0, CHILD_PAUSE
        call    pause_for
        syscall getppid
        mv      s1, a0
        print   "   child:  Now my parent is pid "
        print_register s1
        print_line ": I was adopted."
        exit    0
