// What every benchmark program may use: raw system calls (no C library), a report line, a random
// sequence. The same sources compile for rv32 Linux and for the native machine.
#ifndef BENCH_H
#define BENCH_H

#include <stddef.h>
#include <stdint.h>

#include "numbers.h"

/** The raw system call: its result, or minus the errno. */
long system_call(long number, long a, long b, long c, long d, long e);

void *memcpy(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);

/** argv[index] as a decimal number, or `otherwise` where there is none. */
uint32_t argument(int argc, char **argv, int index, uint32_t otherwise);

/** Prints "NAME CHECKSUM ok" or "NAME CHECKSUM WRONG"; the exit status of main: 0 or 1. */
int report(const char *name, uint32_t checksum, int ok);

/** The next number of a 32-bit xorshift sequence; *state must not be 0. */
uint32_t next_random(uint32_t *state);

/** Mixes a word into a checksum (FNV-1a on words). */
static inline uint32_t mix(uint32_t checksum, uint32_t word) { return (checksum ^ word) * 16777619u; }
#define CHECKSUM_START 2166136261u

/** Monotonic time in nanoseconds (the machine's virtual time where it is emulated). */
uint64_t clock_ns(void);

/** Prints "NAME COUNT NANOSECONDS": what a process benchmark measured on its own clock. */
void report_time(const char *name, uint32_t count, uint64_t elapsed_ns);

/** Prints a message to standard error and ends the process with status 1. */
void fail(const char *message) __attribute__((noreturn));

#endif
