# What do parent and child share after fork? Not memory, but open files. A descriptor is a number in the
# process; behind it stands an open file with an offset, and fork copies the number, not what stands behind
# it. So the two write one after the other. Who opens the file anew starts at its beginning.

        .include "lib/system.inc"
        .include "lib/print.inc"

        .equ    MODE, 0644
        .equ    BUFFER_SIZE, 64

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
offset: .skip   8                       # 64 bits
buffer: .skip   BUFFER_SIZE

        .section .rodata
name:   .asciz  "/tmp/shared"
from_child:
        .ascii  "child "
from_parent:
        .ascii  "parent"
anew:   .ascii  "ANEW"

# s0  descriptor of the file
        .text
        .globl  _start
_start:
        li      a2, O_RDWR | O_CREAT | O_TRUNC
        call    open_file
        mv      s0, a0
        fork
        beqz    a0, child
        wait_for info

after_child:
        call    tell_offset             # nobody has written here, and yet it has moved
        mv      a0, s0
        la      a1, from_parent
        li      a2, 6
        syscall write
        call    tell_file

        fork
        beqz    a0, stranger
        wait_for info
        call    tell_offset             # that one had an offset of its own
        call    tell_file
        exit    0

child:  mv      a0, s0
        la      a1, from_child
        li      a2, 6
        syscall write
        exit    0

stranger:
        li      a2, O_RDWR
        call    open_file               # another open file, though the same bytes
write_anew:
        la      a1, anew
        li      a2, 4
        syscall write
        exit    0

# open_file(a2 = flags) -> a0 = descriptor
open_file:
        li      a0, AT_FDCWD
        la      a1, name
        li      a3, MODE
        syscall openat
        ret

# tell_offset(): where the parent's open file stands.
tell_offset:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        mv      a0, s0
        li      a1, 0
        li      a2, 0                   # move by nothing, from where it is
        la      a3, offset
        li      a4, SEEK_CUR
        syscall _llseek
        print   "parent: my offset is "
        la      t0, offset
        lw      a0, (t0)
        call    print_number
        print_line "."
        lw      ra, 12(sp)
        addi    sp, sp, 16
        ret

# tell_file(): what the file holds, read without the offset.
tell_file:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        mv      a0, s0
        la      a1, buffer
        li      a2, BUFFER_SIZE
        li      a3, 0
        li      a4, 0
        syscall pread64
        print   "parent: the file holds \""
        la      a0, buffer
        call    print_string
        print_line "\"."
        lw      ra, 12(sp)
        addi    sp, sp, 16
        ret
