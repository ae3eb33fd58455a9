// A pipeline of three programs, joined by dup2 as a shell does it, for half a megabyte.
#include "corpus.h"

enum { SIZE = 500000 };

static void generate(void) {
  uint8_t block[1000];
  uint32_t x = 1;
  for (int i = 0; i < SIZE; i += sizeof block) {
    for (unsigned j = 0; j < sizeof block; j++) block[j] = (x = x * 1664525 + 1013904223) >> 24;
    for (unsigned done = 0; done < sizeof block;) done += write(1, block + done, sizeof block - done);
  }
}
static void invert(void) {
  uint8_t block[1500];
  int n;
  while ((n = read(0, block, sizeof block)) > 0) {
    for (int i = 0; i < n; i++) block[i] = ~block[i];
    for (int done = 0; done < n;) done += write(1, block + done, n - done);
  }
}
static void check(int out) {
  uint8_t block[4096];
  uint32_t x = 1;
  int n, total = 0, wrong = 0;
  while ((n = read(0, block, sizeof block)) > 0) {
    for (int i = 0; i < n; i++) wrong += block[i] != (uint8_t) ~((x = x * 1664525 + 1013904223) >> 24);
    total += n;
  }
  dup2(out, 1);
  say("%d bytes, %d wrong", total, wrong);
}

static pid_t stage(int number, int in, int out, int spare) {
  pid_t pid = fork();
  must(pid, "fork");
  if (pid == 0) {
    int saved = dup(1);
    if (in >= 0) dup2(in, 0), close(in);
    if (out >= 0) dup2(out, 1), close(out);
    if (spare >= 0) close(spare);
    if (number == 0) generate();
    if (number == 1) invert();
    if (number == 2) check(saved);
    _exit(number);
  }
  if (in >= 0) close(in);
  if (out >= 0) close(out);
  return pid;
}

int main(void) {
  int first[2], second[2];
  must(pipe(first), "pipe");
  pid_t a = stage(0, -1, first[1], first[0]);
  must(pipe(second), "pipe");
  pid_t b = stage(1, first[0], second[1], second[0]);
  pid_t c = stage(2, second[0], -1, -1);
  reap("check", c);
  reap("generate", a);
  reap("invert", b);
  return 0;
}
