// Prints numbered lines of 64 bytes for ever, with so many rounds of work before each.

#include "../kernels/lib/bench.h"

#define LINE 64

static inline void print_lines(int rounds) {
  char line[LINE];
  uint32_t state = 1;
  for (uint32_t number = 0;; number++) {
    for (int at = 0; at < LINE - 1; at++) line[at] = (char)('!' + (number + (uint32_t)at) % 90);
    line[LINE - 1] = '\n';
    for (int round = 0; round < rounds; round++) next_random(&state);
    system_call(SYS_WRITE, 1, (long)line, LINE, 0, 0);
  }
}
