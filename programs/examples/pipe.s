# Why is a process blocked? Here: because it reads from a pipe that is empty. It costs nothing while
# it waits; the write that fills the pipe makes it ready again. When the last writer has closed its
# end, read returns 0: the end of the file.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/pipes.inc"
        .include "lib/time.inc"

        .equ    PAUSE, 20               # milliseconds between two words
        .equ    WORD_SIZE, 4
        .equ    BUFFER_SIZE, 64

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
words:  .skip   PIPE_SIZE
buffer: .skip   BUFFER_SIZE

        .section .rodata
first:  .ascii  "ping"
second: .ascii  "pong"

# s0  the reader's pid      s1  when the reader began to wait      s2  what read returned
        .text
        .globl  _start
_start:
        pipe_open words
        fork
        beqz    a0, reader
        mv      s0, a0
        pipe_close words, READ_END

writer: sleep_ms PAUSE
        print_line "writer: I write four bytes."
        pipe_write words, first, WORD_SIZE
        sleep_ms PAUSE
        print_line "writer: I write four more."
        pipe_write words, second, WORD_SIZE
        sleep_ms PAUSE
        print_line "writer: I close my end."
        pipe_close words, WRITE_END
        mv      a0, s0
        wait_for info
        exit    0

reader: pipe_close words, WRITE_END     # or it would itself be a writer that is left, and wait for ever
read_on:
        call    clock
        mv      s1, a0
        pipe_read words, buffer, BUFFER_SIZE
woken:  mv      s2, a0
        print   "reader: I was blocked for "
        call    clock
        sub     a0, a0, s1
        call    print_duration
        print   "; read returned "
        print_register s2
        print_line "."
        bnez    s2, read_on
        exit    0
