// What picolibc needs below it on Linux: the start of a program with its thread-local storage, the standard
// streams, and the few calls that its functions end in.

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

enum { SYS_read = 63, SYS_write = 64, SYS_exit_group = 94, SYS_brk = 214, SYS_clock_gettime64 = 403 };

static long call(long number, long a, long b, long c) {
  register long a0 __asm__("a0") = a;
  register long a1 __asm__("a1") = b;
  register long a2 __asm__("a2") = c;
  register long a7 __asm__("a7") = number;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
  return a0;
}

static long checked(long result) {
  if (result >= 0 || result < -4095) return result;
  errno = -result;
  return -1;
}

ssize_t write(int fd, const void *bytes, size_t count) { return checked(call(SYS_write, fd, (long)bytes, count)); }

ssize_t read(int fd, void *bytes, size_t count) { return checked(call(SYS_read, fd, (long)bytes, count)); }

void _exit(int status) {
  for (;;) call(SYS_exit_group, status, 0, 0);
}

void *sbrk(ptrdiff_t increment) {
  static long end;
  if (end == 0) end = call(SYS_brk, 0, 0, 0);
  const long old = end;
  if (call(SYS_brk, old + increment, 0, 0) != old + increment) {
    errno = ENOMEM;
    return (void *)-1;
  }
  end = old + increment;
  return (void *)old;
}

int gettimeofday(struct timeval *time, void *zone) {
  int64_t now[2];
  if (checked(call(SYS_clock_gettime64, 0, (long)now, 0)) < 0) return -1;
  time->tv_sec = now[0];
  time->tv_usec = now[1] / 1000;
  return 0;
}

static int put(char c, FILE *stream) { return write(stream == stderr ? 2 : 1, &c, 1) == 1 ? (unsigned char)c : _FDEV_ERR; }

static int get(FILE *stream) {
  unsigned char c;
  return read(0, &c, 1) == 1 ? c : _FDEV_EOF;
}

static FILE in = FDEV_SETUP_STREAM(NULL, get, NULL, _FDEV_SETUP_READ);
static FILE out = FDEV_SETUP_STREAM(put, NULL, NULL, _FDEV_SETUP_WRITE);
static FILE err = FDEV_SETUP_STREAM(put, NULL, NULL, _FDEV_SETUP_WRITE);
FILE *const stdin = &in;
FILE *const stdout = &out;
FILE *const stderr = &err;

// The linker tells of thread-local variables only by a program header.
struct header {
  uint32_t type, offset, address, physical, size, total, flags, align;
};
enum { PT_TLS = 7 };
extern const char __ehdr_start[];

static void set_up_threads(void) {
  static char block[1024] __attribute__((aligned(64)));
  const struct header *headers = (const void *)(__ehdr_start + *(const uint32_t *)(__ehdr_start + 28));
  for (int i = *(const uint16_t *)(__ehdr_start + 44) - 1; i >= 0; i--) {
    if (headers[i].type == PT_TLS) memcpy(block, (const void *)headers[i].address, headers[i].size);
  }
  __asm__ volatile("mv tp, %0" : : "r"(block));
}

int main(int argc, char **argv);

__attribute__((used)) static void begin(uint32_t *stack) {
  set_up_threads();
  exit(main(stack[0], (char **)(stack + 1)));
}

__asm__(".globl _start\n_start: .option push\n.option norelax\nla gp, __global_pointer$\n.option pop\n"
        "mv a0, sp\nandi sp, sp, -16\nj begin\n");
