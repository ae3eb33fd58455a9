// Loads and stores at odd addresses, also across a page's edge.
#include "corpus.h"

static uint8_t room[3 * 4096] __attribute__((aligned(4096)));

int main(void) {
  uint32_t hash = 0;
  for (int at = 4090; at < 4100; at++) {
    for (unsigned i = 0; i < sizeof room; i++) room[i] = i * 31;
    volatile uint32_t *word = (volatile uint32_t *)(room + at);
    volatile uint16_t *half = (volatile uint16_t *)(room + 4096 + at);
    *word += 0x01020304;
    *half ^= 0xffff;
    hash = hash * 33 + *word + *half + room[at + 3] + (uint32_t)*(volatile int16_t *)(room + at + 1);
    say("%d: %08x %04x %08x", at, (unsigned)*word, *half, (unsigned)hash);
  }
  return 0;
}
