# Where do processes come from? Each one is forked by another, so that they form a tree. This program grows
# one of seven processes. Each counts the processes below it by adding its children's exit statuses.

        .include "lib/system.inc"
        .include "lib/print.inc"

        .equ    DEPTH, 2
        .equ    CHILDREN, 2

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

# s0  depth of this process       s2  child that is forked next
# s1  bit d is set if the ancestor at depth d (or this process itself) is its parent's last child
# s3  processes in this subtree
        .text
        .globl  _start
_start:
        print_line "   fork makes two processes out of one: the child starts as a copy."
        call    print_newline
        li      s0, 0
        li      s1, 0

grow:   call    print_branches
        print   "pid "
        syscall getpid
        call    print_number
        print   ", child of "
        syscall getppid
        call    print_number
        call    print_newline
        li      s3, 1
        li      s2, 0
        li      t0, DEPTH
        beq     s0, t0, done
1:      fork
        beqz    a0, child
        wait_for info
        la      t0, info
        lw      t0, SIGINFO_STATUS(t0)
        add     s3, s3, t0
        addi    s2, s2, 1
        li      t0, CHILDREN
        bne     s2, t0, 1b
        bnez    s0, done

        call    print_newline
        print   "   Each ends with the size of its subtree as exit status. The sum at the top: "
        print_register s3
        print_line "."
        li      s3, 0
done:   mv      a0, s3
        syscall exit_group

child:  addi    s0, s0, 1
        li      t0, CHILDREN - 1
        bne     s2, t0, grow
        li      t0, 1
        sll     t0, t0, s0
        or      s1, s1, t0
        j       grow

# print_branches(): the lines that lead to this process in the picture of the tree.
print_branches:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        sw      s2, 8(sp)
        print   "   "
        li      s2, 1
        beqz    s0, 5f
1:      srl     t0, s1, s2
        andi    t0, t0, 1
        beq     s2, s0, 3f
        bnez    t0, 2f
        print   "│  "
        addi    s2, s2, 1
        j       1b
2:      print   "   "
        addi    s2, s2, 1
        j       1b
3:      bnez    t0, 4f
        print   "├─ "
        j       5f
4:      print   "└─ "
5:      lw      ra, 12(sp)
        lw      s2, 8(sp)
        addi    sp, sp, 16
        ret
