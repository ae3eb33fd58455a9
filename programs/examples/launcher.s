# How does a user start a process? By telling a program to: a click, or a line of text like here. Type
# the name of a program of /bin and its arguments. The launcher waits for its end, unless the
# line ends with "&": then it runs in the background, and you can type on. Ctrl-D or "end" ends.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/text.inc"
        .include "lib/lines.inc"
        .include "lib/children.inc"
        .include "lib/command.inc"

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

        .section .rodata
end_word:
        .asciz  "end"

# s0  whether the program runs in the background
        .text
        .globl  _start
_start:
prompt: poll_any info                   # has one of the background ended meanwhile?
        la      t0, info
        lw      t1, SIGINFO_PID(t0)
        bnez    a0, ready               # no child at all
        beqz    t1, ready               # children, but none that has ended
        call    report
        j       prompt

ready:  print   "start> "
        call    print_flush
        call    read_line
        beqz    a0, last
        la      a0, this_line
        la      a1, end_word
        call    text_equal
        bnez    a0, last
        call    take_ampersand
        mv      s0, a0
        la      t0, this_line
        lbu     t0, (t0)
        beqz    t0, prompt
        fork
        beqz    a0, become
        bnez    s0, prompt              # in the background: do not wait
        wait_for info
        call    report
        j       prompt

last:   wait_any info                   # do not leave anybody behind
        bnez    a0, leave
        call    report
        j       last
leave:  exit    0

become: la      a0, this_line
        call    execute_line
        print_line "There is no such program in /bin."
        exit    127

# take_ampersand() -> a0 = 1 if the line ended with "&", which is taken away
take_ampersand:
        la      a0, this_line
        la      t0, this_line
1:      lbu     t1, (t0)
        beqz    t1, 2f
        addi    t0, t0, 1
        j       1b
2:      beq     t0, a0, 3f
        li      t2, '&'
        lbu     t1, -1(t0)
        bne     t1, t2, 3f
        sb      zero, -1(t0)
        li      a0, 1
        ret
3:      li      a0, 0
        ret

# report(): the end of the child in `info`.
report:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        print   "(pid "
        la      t0, info
        lw      a0, SIGINFO_PID(t0)
        call    print_number
        li      a0, ' '
        call    print_character
        la      a0, info
        call    print_ending
        print_line ")"
        lw      ra, 12(sp)
        addi    sp, sp, 16
        ret
