// The break: grows by zeroed memory, shrinks, comes back zeroed; below it nothing is lost.
#include "corpus.h"

static void try_(const char *what, volatile char *at) {
  pid_t child = fork();
  must(child, "fork");
  if (child == 0) {
    *at = 1;
    _exit(0);
  }
  reap(what, child);
}

int main(void) {
  char *start = sbrk(0);
  sbrk(-(uintptr_t)start & 4095);
  start = sbrk(0);
  say("grown from the start: %d", sbrk(4 * 4096) == start);
  say("zero: %d", start[0] | start[4 * 4096 - 1]);
  start[0] = start[3 * 4096] = 5;
  try_("inside", start + 2 * 4096);
  try_("far outside", start + (1 << 24));
  say("shrunk: %d", sbrk(-2 * 4096) == start + 4 * 4096);
  try_("what was given back", start + 3 * 4096);
  say("grown again: %d", sbrk(2 * 4096) == start + 2 * 4096);
  say("zero again: %d, kept: %d", start[3 * 4096], start[0]);
  return 0;
}
