# What happens to a process whose parent ends first? It is an orphan, and the kernel gives it to
# process 1, init. So everybody always has a parent who waits for him: init does nothing else. Here
# a grandparent, pid 2, stays out of it, and watches.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    PARENT_LIVES, 20        # all in milliseconds
        .equ    CHILD_LIVES, 40
        .equ    GRANDPARENT_WATCHES, 60

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

        .text
        .globl  _start
_start:
        fork
        beqz    a0, parent
        wait_for info                   # its child it can wait for, its grandchild it cannot
        print_line "grandparent: my child has ended. My grandchild never was mine to wait for."
        sleep_ms GRANDPARENT_WATCHES
        exit    0

parent: fork
        beqz    a0, child
        sleep_ms PARENT_LIVES
        print_line "parent:      I end, and leave a child behind."
parent_ends:
        exit    0

child:  print   "child:       I am pid "
        print_pid
        call    tell_parent
        sleep_ms CHILD_LIVES            # longer than the parent lives
adopted:
        print   "child:       I am still pid "
        print_pid
        call    tell_parent
        exit    0                       # init reaps it

# tell_parent(): the rest of the line.
tell_parent:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        print   ", and my parent is pid "
        syscall getppid
        call    print_number
        print_line "."
        lw      ra, 12(sp)
        addi    sp, sp, 16
        ret
