# Why is grep blocked in `tail | grep`? Because tail cannot know which lines are the last ones before
# its input has ended, so it writes nothing until then. Here a log grows line by line; tail reads it
# from one pipe, and grep reads tail from another:
#
#   log ──input──▶ /bin/tail 5 ──last──▶ /bin/grep 8 ──▶ the terminal

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/pipes.inc"
        .include "lib/children.inc"
        .include "lib/time.inc"

        .equ    LINES, 30
        .equ    PAUSE, 2                # between two lines, in milliseconds

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
input:  .skip   PIPE_SIZE
last:   .skip   PIPE_SIZE

        .section .rodata
tail:   .asciz  "/bin/tail"
count:  .asciz  "5"
grep:   .asciz  "/bin/grep"
text:   .asciz  "8"
        .balign 4
tail_argv:
        .word   tail, count, 0
grep_argv:
        .word   grep, text, 0

# s0  line of the log      s1  processes that have not ended
        .text
        .globl  _start
_start:
        pipe_open input
        pipe_open last
        fork
        beqz    a0, log
        fork
        beqz    a0, run_tail
        fork
        beqz    a0, run_grep
        call    close_pipes             # or grep would never see the end: we could still write
        li      s1, 3
wait:   wait_any info
        addi    s1, s1, -1
        bnez    s1, wait
        print   "grep "                 # the last one to end
        la      a0, info
        call    print_ending
        print_line "."
        exit    0

log:    pipe_become input, WRITE_END, STDOUT
        call    close_pipes
        li      s0, 1
write_line:
        print   "line "
        print_register s0
        call    print_newline
        sleep_ms PAUSE
        addi    s0, s0, 1
        li      t0, LINES
        bleu    s0, t0, write_line
        exit    0

run_tail:
        pipe_become input, READ_END, STDIN
        pipe_become last, WRITE_END, STDOUT
        call    close_pipes
        la      a0, tail
        la      a1, tail_argv
        li      a2, 0
        syscall execve
        exit    127

run_grep:
        pipe_become last, READ_END, STDIN
        call    close_pipes
        la      a0, grep
        la      a1, grep_argv
        li      a2, 0
        syscall execve
        exit    127

# close_pipes(): all four ends. Those that became standard input and output stay open as such.
close_pipes:
        pipe_close input, READ_END
        pipe_close input, WRITE_END
        pipe_close last, READ_END
        pipe_close last, WRITE_END
        ret
