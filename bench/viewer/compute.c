// Computes for ever: steps of a random sequence into a table, some arithmetic, no system call.

#include "../kernels/lib/bench.h"

#define WORDS 4096

static uint32_t table[WORDS];

int main(void) {
  uint32_t state = 1;
  for (;;) {
    uint32_t word = next_random(&state);
    table[word % WORDS] += mix(word, table[(word >> 12) % WORDS]);
  }
}
