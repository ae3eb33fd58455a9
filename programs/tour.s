# What does this machine do? It runs processes. The tour starts five small programs, one after the other,
# each of which shows one thing and says what it is. Exit status: 0 if all ended as they should.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    PART_COUNT, 5

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
argv:   .skip   8

        .section .rodata
tree:           .asciz "/bin/tree"
tree_title:     .asciz "A tree of processes"
pipeline:       .asciz "/bin/pipeline"
pipeline_title: .asciz "A pipeline whose reader blocks"
orphan:         .asciz "/bin/orphan"
orphan_title:   .asciz "An orphan"
crash:          .asciz "/bin/crash"
crash_title:    .asciz "A crash"
runaway:        .asciz "/bin/runaway"
runaway_title:  .asciz "A kill"

        .balign 4
parts:                                  # program, title
        .word   tree, tree_title
        .word   pipeline, pipeline_title
        .word   orphan, orphan_title
        .word   crash, crash_title
        .word   runaway, runaway_title

# s0  part, counted from 0      s2  parts that failed
# s1  its program and title     s3  when the tour began
        .text
        .globl  _start
_start:
        print_line "Timeslice: a tour of one small computer"
        call    print_newline
        print_line "Each line below is written by a process that runs on this machine."
        print_line "Times are virtual: the clock counts instructions, so every run is the same."
        call    clock
        mv      s3, a0
        li      s0, 0
        la      s1, parts
        li      s2, 0

next:   call    print_newline
        addi    a0, s0, 1
        call    print_number
        print   ". "
        lw      a0, 4(s1)
        call    print_string
        call    print_newline
        fork
        beqz    a0, run
        wait_for info
        la      t0, info
        lw      t1, SIGINFO_STATUS(t0)  # a signal's number is not 0 either
        beqz    t1, 1f
        addi    s2, s2, 1
        print   "   This part failed with status "
        la      t0, info
        lw      a0, SIGINFO_STATUS(t0)
        call    print_number
        print_line "."
1:      addi    s0, s0, 1
        addi    s1, s1, 8
        li      t0, PART_COUNT
        bne     s0, t0, next

        call    print_newline
        bnez    s2, failed
        print   "All five parts ended as they should, in "
        call    clock
        sub     a0, a0, s3
        call    print_duration
        print_line " of virtual time."
        exit    0

failed: print_line "The tour did not go as it should."
        exit    1

# In the child: becomes the part's program.
run:    la      a1, argv
        lw      a0, (s1)
        sw      a0, (a1)
        li      a2, 0
        syscall execve
        exit    127
