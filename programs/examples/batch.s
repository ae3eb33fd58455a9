# How did computers work before anybody sat at them? Operators collected jobs, and the machine ran
# them one after the other: batch processing. The next process is created when the one before has
# ended, so there is never more than one, and a job that waits for a device keeps the machine waiting.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/text.inc"
        .include "lib/children.inc"
        .include "lib/command.inc"
        .include "lib/time.inc"

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

        .data
queue:  .asciz  "seq 3"                 # change the jobs as you like
        .asciz  "sleep 0.04"
        .asciz  "false"
        .asciz  "echo the last job"
        .byte   0                       # end of the queue

# s0  the job      s1  when it began
        .text
        .globl  _start
_start:
        la      s0, queue
next:   lbu     t0, (s0)
        beqz    t0, done
        call    clock
        mv      s1, a0
        print   "batch: start  "
        mv      a0, s0
        call    print_string
        call    print_newline
        fork
        beqz    a0, job
        wait_for info                   # the queue stands still meanwhile
ended:  print   "batch: it "
        la      a0, info
        call    print_ending
        print   " after "
        call    clock
        sub     a0, a0, s1
        call    print_duration
        call    print_newline
        mv      a0, s0
        call    text_length
        add     s0, s0, a0
        addi    s0, s0, 1               # behind the NUL
        j       next
done:   print_line "batch: the queue is empty."
        exit    0

job:    mv      a0, s0
        call    execute_line
        exit    127
