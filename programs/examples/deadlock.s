# How can two processes stop for ever, although both are well? Each waits for a message before it sends
# its own. Neither can go on, and nobody else can help: a deadlock. The machine notices that nothing can
# ever run again, and says who waits for what, and who could end the wait.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/pipes.inc"

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
to_child:
        .skip   PIPE_SIZE
to_parent:
        .skip   PIPE_SIZE
byte:   .skip   1

        .text
        .globl  _start
_start:
        pipe_open to_child
        pipe_open to_parent
        fork
        beqz    a0, child
        pipe_close to_child, READ_END
        pipe_close to_parent, WRITE_END
        print_line "parent: I answer as soon as I have heard from my child."
parent_waits:
        pipe_read to_parent, byte, 1
        pipe_write to_child, byte, 1    # to mend it, let one of the two write before it reads
        wait_any info
        exit    0

child:  pipe_close to_child, WRITE_END
        pipe_close to_parent, READ_END
        print_line "child:  I answer as soon as I have heard from my parent."
child_waits:
        pipe_read to_child, byte, 1
        pipe_write to_parent, byte, 1
        exit    0
