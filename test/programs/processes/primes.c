// A sieve of processes: each prime is a process that filters its multiples out of a pipe.
#include "corpus.h"

static void sieve(int in) {
  uint8_t prime, n;
  if (read(in, &prime, 1) != 1) return;
  say("%d", prime);
  int ends[2];
  must(pipe(ends), "pipe");
  pid_t child = fork();
  must(child, "fork");
  if (child == 0) {
    close(in);
    close(ends[1]);
    sieve(ends[0]);
    _exit(0);
  }
  close(ends[0]);
  while (read(in, &n, 1) == 1)
    if (n % prime) write(ends[1], &n, 1);
  close(ends[1]);
  wait(0);
}

int main(void) {
  int ends[2];
  must(pipe(ends), "pipe");
  if (fork() == 0) {
    close(ends[1]);
    sieve(ends[0]);
    _exit(0);
  }
  close(ends[0]);
  for (int n = 2; n < 60; n++) write(ends[1], &(uint8_t){n}, 1);
  close(ends[1]);
  wait(0);
  return 0;
}
