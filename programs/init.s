# What does the first process do?
#
#   init PROGRAM [ARGUMENT]...                      one job, every argument passed as it is
#   init -j WORD JOB [WORD JOB]...                  several jobs at once, separated by WORD
#
# init starts its jobs, each in a process group of its own, and then waits: it reaps its jobs and
# every orphan that the kernel gives to it. When its last job has ended, init ends, and the machine
# with it: daemons that still run are ended by the machine. Its exit status is that of the job named last:
# the job's exit code, or 128 + n if signal n killed it. A program that cannot be run counts
# as exit code 127 (not found) or 126 (found, but not runnable). A name without "/" is sought in /bin.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/text.inc"

        .equ    PATH_SIZE, 256
        .equ    MAX_JOBS, 256
        .equ    CODE_USAGE, 2
        .equ    CODE_CANNOT_RUN, 126
        .equ    CODE_NOT_FOUND, 127

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
path:   .skip   PATH_SIZE
jobs:   .skip   4 * MAX_JOBS            # pids of the jobs that have not ended, 0 where free

        .section .rodata
jobs_option:
        .asciz  "-j"
bin:    .asciz  "/bin/"

# s0  next word of the command line      s3  jobs that have not ended
# s1  the separator, or 0                s4  pid of the job named last
# s2  environment                        s5  exit status to end with
        .text
        .globl  _start
_start:
        lw      t0, (sp)                # argc | argv... | 0 | envp... | 0
        addi    s0, sp, 8               # past argc and argv[0]
        slli    t0, t0, 2
        add     s2, sp, t0
        addi    s2, s2, 8
        li      s1, 0
        li      s3, 0
        li      s5, 0
        lw      a0, (s0)
        beqz    a0, usage
        la      a1, jobs_option
        call    text_equal
        beqz    a0, 1f
        lw      s1, 4(s0)
        addi    s0, s0, 8
        beqz    s1, usage
        lw      a0, (s0)
        beqz    a0, usage

1:      call    start_job
        lw      a0, (s0)
        bnez    a0, 1b

# Reaps whoever ends: jobs are counted, orphans only laid to rest.
reap:
        li      a0, P_ALL
        li      a1, 0
        la      a2, info
        li      a3, WEXITED
        li      a4, 0
        syscall waitid
        bltz    a0, finish              # ECHILD: no child is left
        la      t0, info
        lw      a0, SIGINFO_PID(t0)
        call    forget_job
        bltz    a0, reap                # an orphan
        la      t0, info
        lw      t1, SIGINFO_PID(t0)
        bne     t1, s4, 2f
        lw      s5, SIGINFO_STATUS(t0)
        lw      t1, SIGINFO_CODE(t0)
        li      t2, CLD_EXITED
        beq     t1, t2, 2f
        addi    s5, s5, 128             # killed: the status is the signal
2:      addi    s3, s3, -1
        bnez    s3, reap
finish:
        mv      a0, s5
        syscall exit_group

usage:
        print_errors
        print_line "init: nothing to start"
        print_line "usage: init PROGRAM [ARGUMENT]..."
        print_line "       init -j WORD JOB [WORD JOB]..."
        exit    CODE_USAGE

# start_job(): forks a child for the job whose words begin at s0 and moves s0 to the next job's.
start_job:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        mv      s6, s0                  # the job's argv
1:      lw      a0, (s0)
        beqz    a0, 2f                  # the last job
        addi    s0, s0, 4
        beqz    s1, 1b
        mv      a1, s1
        call    text_equal
        beqz    a0, 1b
        sw      zero, -4(s0)            # the separator ends this argv
2:      lw      t0, (s6)
        beqz    t0, 3f                  # no words between two separators
        fork
        beqz    a0, run_job
        bltz    a0, 4f
        mv      s4, a0
        call    remember_job
        bltz    a0, 4f
        addi    s3, s3, 1
3:      lw      ra, 12(sp)
        addi    sp, sp, 16
        ret
4:      print_errors
        print_line "init: cannot start another job"
        li      s5, CODE_CANNOT_RUN
        li      s4, 0
        j       3b

# forget_job(a0 = pid) -> a0 = 0, or -1 if that is no job's
forget_job:
        mv      a1, a0
        li      t3, 0
        j       1f

# remember_job(a0 = pid) -> a0 = 0, or -1 if the table is full
remember_job:
        li      a1, 0
        mv      t3, a0
1:      la      t0, jobs
        li      t1, MAX_JOBS
2:      lw      t2, (t0)
        beq     t2, a1, 3f
        addi    t0, t0, 4
        addi    t1, t1, -1
        bnez    t1, 2b
        li      a0, -1
        ret
3:      sw      t3, (t0)
        li      a0, 0
        ret

# In the child: never returns.
run_job:
        li      a0, 0
        li      a1, 0
        syscall setpgid
        lw      a0, (s6)
        call    find_program
        mv      a1, s6
        mv      a2, s2
        syscall execve
        mv      s0, a0
        print_errors
        print   "init: cannot run "
        lw      a0, (s6)
        call    print_string
        li      t0, -ENOENT
        bne     s0, t0, 1f
        print_line ": there is no such file"
        exit    CODE_NOT_FOUND
1:      print   ": it is not a program that this machine can run (errno "
        neg     a0, s0
        call    print_number
        print_line ")"
        exit    CODE_CANNOT_RUN

# find_program(a0 = name) -> a0 = path: the name itself if it holds a "/" or is too long, else in /bin.
find_program:
        addi    sp, sp, -16
        sw      ra, 12(sp)
        sw      s0, 8(sp)
        mv      s0, a0
        mv      t0, a0
        li      t2, '/'
1:      lbu     t1, (t0)
        beq     t1, t2, 4f
        addi    t0, t0, 1
        bnez    t1, 1b
        call    text_length
        li      t0, PATH_SIZE - 6
        bgtu    a0, t0, 4f
        la      t0, path
        la      t1, bin
2:      lbu     t2, (t1)
        beqz    t2, 3f
        sb      t2, (t0)
        addi    t0, t0, 1
        addi    t1, t1, 1
        j       2b
3:      lbu     t2, (s0)
        sb      t2, (t0)
        addi    t0, t0, 1
        addi    s0, s0, 1
        bnez    t2, 3b
        la      s0, path
4:      mv      a0, s0
        lw      ra, 12(sp)
        lw      s0, 8(sp)
        addi    sp, sp, 16
        ret
