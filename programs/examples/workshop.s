# What does a machine look like when several processes work on one task?
#
#   foreman ──jobs──▶ worker A, B, C ──results──▶ clerk            watchman
#
# The foreman puts numbers into a pipe. Whichever worker is free takes the next one and counts the
# primes below it: work for the processor. The clerk prints what the workers report and is blocked
# in between. The watchman sleeps, and looks at the clock when it wakes. All six are one program.

        .include "lib/system.inc"
        .include "lib/print.inc"
        .include "lib/pipes.inc"
        .include "lib/time.inc"

        .equ    JOBS, 12
        .equ    STEP, 20000             # job n counts the primes below n * STEP
        .equ    ROUND, 250              # of the watchman, in milliseconds
        .equ    WORKERS_END, 'D'        # one letter behind the last worker

        .equ    REPORT_WORKER, 0        # a report: three words, so small that no other can
        .equ    REPORT_LIMIT, 4         # get in between when it is written
        .equ    REPORT_PRIMES, 8
        .equ    REPORT_SIZE, 12

        .bss
        .balign 8
info:   .skip   SIGINFO_SIZE
jobs:   .skip   PIPE_SIZE
results:
        .skip   PIPE_SIZE
job:    .skip   4
report: .skip   REPORT_SIZE

# s0  the watchman's pid      s1  the worker's letter      s2  the worker's jobs done; the next job
        .text
        .globl  _start
_start:
        fork                            # before there is a pipe: a watchman holds no end of one
        beqz    a0, watchman
        mv      s0, a0
        pipe_open results
        fork
        beqz    a0, clerk
        pipe_open jobs
        li      s1, 'A'
hire:   fork
        beqz    a0, worker
        addi    s1, s1, 1
        li      t0, WORKERS_END
        bne     s1, t0, hire
        pipe_close results, WRITE_END
        pipe_close jobs, READ_END

        li      s2, 1
hand_out:
        la      t0, job
        sw      s2, (t0)
        pipe_write jobs, job, 4
        addi    s2, s2, 1
        li      t0, JOBS
        bleu    s2, t0, hand_out
        pipe_close jobs, WRITE_END      # the end: a worker who asks for more is told that there is none

        li      s2, 4                   # three workers and the clerk
gather: li      a0, P_ALL
        li      a1, 0
        la      a2, info
        li      a3, WEXITED
        li      a4, 0
        syscall waitid
        addi    s2, s2, -1
        bnez    s2, gather
        mv      a0, s0                  # the watchman would go his rounds for ever
        li      a1, SIGTERM
        syscall kill
        print   "foreman:  all is done after "
        call    clock
        call    print_duration
        call    print_newline
        exit    0

# Takes jobs until there are none.
worker: pipe_close jobs, WRITE_END
        li      s2, 0
next:   pipe_read jobs, job, 4
        blez    a0, go_home
        la      t0, job
        lw      a0, (t0)
        li      t0, STEP
        mul     a0, a0, t0
        la      t0, report
        sw      s1, REPORT_WORKER(t0)
        sw      a0, REPORT_LIMIT(t0)
        call    count_primes
        la      t0, report
        sw      a0, REPORT_PRIMES(t0)
        pipe_write results, report, REPORT_SIZE
        addi    s2, s2, 1
        j       next
go_home:
        mv      a0, s2                  # how many it did is its exit status
        syscall exit_group

# Prints reports until no worker is left who could write one.
clerk:  pipe_close results, WRITE_END
listen: pipe_read results, report, REPORT_SIZE
        blez    a0, closing_time
        la      s3, report
        print   "worker "
        lw      a0, REPORT_WORKER(s3)
        call    print_character
        print   ": "
        lw      a0, REPORT_PRIMES(s3)
        call    print_number
        print   " primes below "
        lw      a0, REPORT_LIMIT(s3)
        call    print_number
        call    print_newline
        j       listen
closing_time:
        exit    0

# Needs the processor for some hundred instructions in every quarter of a second.
watchman:
        sleep_ms ROUND
        print   "watchman: "
        call    clock
        call    print_duration
        call    print_newline
        j       watchman

# count_primes(a0 = limit) -> a0 = how many primes lie below it. By trial division: slow on purpose.
count_primes:
        li      a1, 0
        li      t0, 2                   # candidate
1:      li      t1, 2                   # divisor
2:      mul     t2, t1, t1
        bgtu    t2, t0, 3f              # no divisor up to the root: a prime
        remu    t2, t0, t1
        beqz    t2, 4f
        addi    t1, t1, 1
        j       2b
3:      addi    a1, a1, 1
4:      addi    t0, t0, 1
        bltu    t0, a0, 1b
        mv      a0, a1
        ret
