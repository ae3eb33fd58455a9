# How does a program wait for a person? As it waits for anything: read blocks until there is a line. The
# machine is idle meanwhile, and its time stands still. Type when you are asked; Ctrl-D ends the input.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/text.inc"
        .include "lib/lines.inc"

# s0  the number that was typed
        .text
        .globl  _start
_start:
        print   "What is your name? "
        call    print_flush             # a prompt is a line that has not ended
        call    read_line
        beqz    a0, end
        print   "Hello, "
        la      a0, this_line
        call    print_string
        print_line "."

ask:    print   "Give me a number: "
        call    print_flush
        call    read_line               # blocked on the terminal
        beqz    a0, end
        la      a0, this_line
        lbu     t0, (a0)
        beqz    t0, end                 # an empty line: enough
        call    parse_number
answer: mv      s0, a0
        print_register s0
        print   " squared is "
        mul     a0, s0, s0              # the lower 32 bits of it
        call    print_number
        print_line "."
        j       ask

end:    print_line "Good-bye."
        exit    0
