# How can a call return twice? fork makes a second process that is a copy of the first, and both
# come out of the same call. Only register a0 differs: the child finds 0 there, the parent the
# child's pid. From here on each goes its own way.

        .include "lib/system.inc"
        .include "lib/print.inc"

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

# s0  what fork returned
        .text
        .globl  _start
_start:
        print   "before:  I am pid "
        print_pid
        print_line ", and I call fork once."

        li      a0, SIGCHLD             # fork is clone with nothing shared;
        li      a1, 0                   # the parent gets SIGCHLD when the child ends
        syscall clone
after_fork:                             # two processes come by here
        mv      s0, a0
        print   "after:   I am pid "
        print_pid
        print   ", and fork returned "
        print_register s0
        print_line "."
        beqz    s0, child

parent: mv      a0, s0
        wait_for info                   # blocked until the child has ended
        print   "parent:  child "
        print_register s0
        print_line " has ended, so I end too."
        exit    0

child:  print   "child:   my parent is pid "
        syscall getppid
        call    print_number
        print_line "."
        exit    0
