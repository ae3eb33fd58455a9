# How can one address hold two values? Every process has a page table of its own. After fork, parent
# and child see the same eight pages, each page once in memory, marked "copy on write". Who writes
# to one gets a copy of that page, and only of that one.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/pipes.inc"

        .equ    PAGE, 4096
        .equ    PAGES, 8
        .equ    BEFORE, 100             # what the parent writes into every page
        .equ    AFTER, 200              # what the child writes into the first two

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
turn:   .skip   PIPE_SIZE               # the child waits at it for its turn
byte:   .skip   1

        .balign PAGE
pages:  .skip   PAGES * PAGE

# s0  the child's pid      s1  a page      s2  the end of the pages
        .text
        .globl  _start
_start:
        pipe_open turn
        la      s1, pages
        li      s2, PAGES * PAGE
        add     s2, s2, s1
        li      t1, BEFORE
        li      t2, PAGE
fill:   sw      t1, (s1)                # the first touch brings the page into memory
        add     s1, s1, t2
        bne     s1, s2, fill
        fork
        beqz    a0, child
        mv      s0, a0

shared: pipe_write turn, byte, 1        # until now neither has written to a page
        mv      a0, s0
        wait_for info
        print   "parent: I see "
        call    print_pages
        exit    0

child:  pipe_read turn, byte, 1
        print   "child:  I see "
        call    print_pages
        la      s1, pages
        li      t1, AFTER
first_write:
        sw      t1, (s1)                # store page fault: the kernel copies the page, then the store is repeated
        li      t2, PAGE
        add     s1, s1, t2
second_write:
        sw      t1, (s1)
        print   "child:  now I see "
        call    print_pages
        exit    0

# print_pages(): the first word of every page. Reading copies nothing.
print_pages:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        sw      s1, 8(sp)
        la      s1, pages
1:      lw      a0, (s1)
        call    print_number
        li      a0, ' '
        call    print_character
        li      t2, PAGE
        add     s1, s1, t2
        bne     s1, s2, 1b
        print   "at "
        la      a0, pages
        call    print_hex
        call    print_newline
        lw      ra, 12(sp)
        lw      s1, 8(sp)
        addi    sp, sp, 16
        ret
