// Prints numbered lines for ever, one of 64 bytes for about as many thousand instructions as make 5 to 7 MB/s of
// what the machine executes headless: flood.c prints as fast as it can.

#include "../kernels/lib/bench.h"

#define LINE 64
#define ROUNDS 520

int main(void) {
  char line[LINE];
  uint32_t state = 1;
  for (uint32_t number = 0;; number++) {
    for (int at = 0; at < LINE - 1; at++) line[at] = (char)('!' + (number + (uint32_t)at) % 90);
    line[LINE - 1] = '\n';
    for (int round = 0; round < ROUNDS; round++) next_random(&state);
    system_call(SYS_WRITE, 1, (long)line, LINE, 0, 0);
  }
}
