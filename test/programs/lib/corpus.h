// What the programs of the corpus may use. On the build machine that is its own C library; on RISC-V it is
// the small one of this folder, which makes Linux's system calls directly. Programs print with `say` only: one
// line, one write, so that output never waits in a buffer that fork would copy.
#ifndef CORPUS_H
#define CORPUS_H

#ifdef __riscv
#include "posix.h"
#else
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#endif

// Prints one line (the newline is added) with a single write to standard output.
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Goes to an empty place for files: the directory that the harness gave, or /tmp of the guest.
void scratch(void);

// The name of an error that the corpus expects, else "E?".
const char *error_name(int error);

// "ok", or the error's name after a call that returned -1.
const char *outcome(long result);

// A wait status in words: "exit 3" or "signal 11".
const char *ending(int status);

// Ends the program with status 99 and says why, if a call that must not fail has failed.
void must(long result, const char *what);

// Waits for one child and says how it ended.
void reap(const char *who, pid_t child);

// Sleeps.
void pause_ms(int milliseconds);

// The name under which the program was started, to execute it again.
extern char **environ;

#endif
