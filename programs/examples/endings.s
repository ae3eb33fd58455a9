# In how many ways can a process end? In four. Two are its own doing: it exits because its work is
# done, or because it found an error. Two are not: it does something that the hardware refuses, or
# another process kills it. The parent is told which it was.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/children.inc"
        .include "lib/time.inc"

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE

# s0  the child's pid
        .text
        .globl  _start
_start:
        print   "1. Exit:  "
        fork
        beqz    a0, normal
        call    report

        print   "2. Error: "
        fork
        beqz    a0, error
        call    report

        print   "3. Fault: "
        fork
        beqz    a0, fault
        call    report

        print   "4. Kill:  "
        fork
        beqz    a0, endless
        mv      s0, a0
        sleep_ms 25                     # let it run for a while
        mv      a0, s0
        li      a1, SIGKILL             # the signal that nobody can refuse
kill_it:
        syscall kill
        mv      a0, s0
        call    report
        exit    0

normal: exit    0

error:  exit    1                       # any status but 0: what it means is told by the program's manual

fault:  li      t0, 0
bad_store:
        sw      t0, (t0)                # page 0 is never mapped: a page fault that the kernel cannot serve
        exit    0                       # not reached

endless:
        j       endless                 # it would run for ever

# report(a0 = pid of a child): waits for its end and says how it ended.
report:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        wait_for info
        print   "the child "
        la      a0, info
        call    print_ending
        print_line "."
        lw      ra, 12(sp)
        addi    sp, sp, 16
        ret
