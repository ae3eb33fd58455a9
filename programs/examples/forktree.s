# Where do processes come from? From processes: each is forked by another, so they form a tree. Here
# every process forks two children until the tree is three levels deep: seven processes that live at
# the same time. Each ends with the size of its subtree as exit status, counted from its children's.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/time.inc"

        .equ    DEPTH, 2                # of the leaves
        .equ    CHILDREN, 2
        .equ    SEASON, 50              # for which the whole tree lives, in milliseconds

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

# s0  depth of this process      s1  its living children      s2  processes in its subtree
        .text
        .globl  _start
_start:
        li      s0, 0
grow:   li      s1, 0
        li      s2, 1
        print   "depth "
        print_register s0
        print   ": I am pid "
        print_pid
        print   ", child of "
        syscall getppid
        call    print_number
        call    print_newline
        li      t0, DEPTH
        beq     s0, t0, leaf

branch: fork
        beqz    a0, child
        addi    s1, s1, 1
        li      t0, CHILDREN
        bne     s1, t0, branch

collect:                                # blocked until a child ends, in whatever order they do
        wait_any info
        la      t0, info
        lw      t0, SIGINFO_STATUS(t0)
        add     s2, s2, t0
        addi    s1, s1, -1
        bnez    s1, collect
        bnez    s0, fall
        print   "The tree had "
        print_register s2
        print_line " processes."
        exit    0

child:  addi    s0, s0, 1               # the same program, one level deeper
        j       grow

leaf:   sleep_ms SEASON
fall:   mv      a0, s2
        syscall exit_group
