# Why is the reader of a pipe blocked? Because its writer has written nothing yet. The reader here tells how
# long it waited.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    FIRST_PAUSE, 20         # milliseconds
        .equ    SECOND_PAUSE, 10
        .equ    BUFFER_SIZE, 64

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
ends:   .skip   8                       # of the pipe: where to read, where to write
buffer: .skip   BUFFER_SIZE

        .section .rodata
text:   .ascii  "tick"
        .equ    TEXT_SIZE, . - text

# s0  the reader's pid, then the reader's descriptor      s1  when the reader began to wait
        .text
        .globl  _start
_start:
        print_line "   A pipe carries bytes from a writer to a reader. Reading from an empty one"
        print_line "   blocks: the reader uses no processor time until there is something to read."
        call    print_newline
        la      a0, ends
        li      a1, 0
        syscall pipe2
        fork
        beqz    a0, reader
        mv      s0, a0
        fork
        beqz    a0, writer
        wait_for info
        la      t0, ends                # while this end is open, the reader waits on
        lw      a0, 4(t0)
        syscall close
        mv      a0, s0
        wait_for info
        la      t0, info
        lw      a0, SIGINFO_STATUS(t0)
        syscall exit_group

writer: li      a0, FIRST_PAUSE
        call    pause_for
        print_line "   writer: I slept for 20 ms. I write four bytes."
        la      t0, ends
        lw      a0, 4(t0)
        la      a1, text
        li      a2, TEXT_SIZE
        syscall write
        li      a0, SECOND_PAUSE
        call    pause_for
        print_line "   writer: I slept for 10 ms more. I end, and with me my end of the pipe."
        exit    0

reader: la      t0, ends
        lw      s0, (t0)
        lw      a0, 4(t0)
        syscall close
        print_line "   reader: I read. The pipe is empty: I am blocked."
        call    wait_and_tell
        li      t0, TEXT_SIZE
        bne     a0, t0, wrong
        call    wait_and_tell
        bnez    a0, wrong
        exit    0
wrong:  exit    1

# wait_and_tell() -> a0 = what read returned
wait_and_tell:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        sw      s2, 8(sp)
        call    clock
        mv      s1, a0
        mv      a0, s0
        la      a1, buffer
        li      a2, BUFFER_SIZE
        syscall read
        mv      s2, a0
        print   "   reader: I woke after "
        call    clock
        sub     a0, a0, s1
        call    print_duration
        print   "; read returned "
        print_register s2
        beqz    s2, 1f
        print_line ". I read again."
        j       2f
1:      print_line ": the end, no writer is left."
2:      mv      a0, s2
        lw      ra, 12(sp)
        lw      s2, 8(sp)
        addi    sp, sp, 16
        ret
