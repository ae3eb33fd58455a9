// Numbers of the system calls that the benchmarks make: Linux's generic table (riscv, aarch64) and
// x86-64's own.
#ifndef NUMBERS_H
#define NUMBERS_H

#if defined(__x86_64__)
#define SYS_READ 0
#define SYS_WRITE 1
#define SYS_CLOSE 3
#define SYS_SCHED_YIELD 24
#define SYS_CLONE 56
#define SYS_GETPPID 110
#define SYS_CLOCK_GETTIME 228
#define SYS_EXIT_GROUP 231
#define SYS_WAITID 247
#define SYS_PIPE2 293
#elif defined(__riscv) || defined(__aarch64__)
#define SYS_CLOSE 57
#define SYS_PIPE2 59
#define SYS_READ 63
#define SYS_WRITE 64
#define SYS_EXIT_GROUP 94
#define SYS_WAITID 95
#define SYS_SCHED_YIELD 124
#define SYS_GETPPID 173
#define SYS_CLONE 220
#if __riscv_xlen == 32
#define SYS_CLOCK_GETTIME 403
#else
#define SYS_CLOCK_GETTIME 113
#endif
#else
#error "no system-call numbers for this machine"
#endif

#define SIGCHLD 17
#define P_ALL 0
#define P_PID 1
#define WEXITED 4
#define CLOCK_MONOTONIC 1

#endif
