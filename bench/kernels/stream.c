// Memory streaming, as in STREAM: copy, scale, add and triad over arrays of words. Every element
// follows the same recurrence from its start, which is checked for a sample of them.

#include "lib/bench.h"

#define WORDS 65536

static uint32_t a[WORDS], b[WORDS], c[WORDS];

static __attribute__((noinline)) void copy(uint32_t *to, const uint32_t *from) {
  for (uint32_t i = 0; i < WORDS; i++) to[i] = from[i];
}

static __attribute__((noinline)) void scale(uint32_t *to, const uint32_t *from, uint32_t factor) {
  for (uint32_t i = 0; i < WORDS; i++) to[i] = from[i] * factor;
}

static __attribute__((noinline)) void add(uint32_t *to, const uint32_t *left, const uint32_t *right) {
  for (uint32_t i = 0; i < WORDS; i++) to[i] = left[i] + right[i];
}

static __attribute__((noinline)) void triad(uint32_t *to, const uint32_t *left, const uint32_t *right, uint32_t factor) {
  for (uint32_t i = 0; i < WORDS; i++) to[i] = left[i] + right[i] * factor;
}

/** What a[i] must be after the rounds, given its start. */
static uint32_t expected(uint32_t element, uint32_t rounds) {
  for (uint32_t round = 0; round < rounds; round++) {
    uint32_t scaled = element * 3;
    element = scaled + (element + scaled) * 5;
  }
  return element;
}

int main(int argc, char **argv) {
  uint32_t rounds = argument(argc, argv, 1, 600);
  for (uint32_t i = 0; i < WORDS; i++) a[i] = i;
  for (uint32_t round = 0; round < rounds; round++) {
    copy(c, a);
    scale(b, c, 3);
    add(c, a, b);
    triad(a, b, c, 5);
  }
  uint32_t checksum = CHECKSUM_START;
  int ok = 1;
  for (uint32_t i = 0; i < WORDS; i += 1021) {
    ok &= a[i] == expected(i, rounds);
    checksum = mix(checksum, a[i]);
  }
  return report("stream", checksum, ok);
}
