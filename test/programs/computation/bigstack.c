// Large frames: a megabyte of locals touched from both ends, arrays of variable length.
#include "corpus.h"

static uint32_t megabyte(int seed) {
  volatile uint8_t room[1 << 20];
  for (int i = 0; i < 1 << 20; i += 4096) room[i] = i >> 12;
  for (int i = (1 << 20) - 1; i > 0; i -= 8191) room[i] = seed;
  uint32_t sum = 0;
  for (int i = 0; i < 1 << 20; i += 512) sum = sum * 3 + (i % 4096 ? 0 : room[i]);
  return sum + room[(1 << 20) - 1];
}

static uint32_t variable(int n) {
  uint32_t room[n];
  for (int i = 0; i < n; i++) room[i] = i * n;
  return n > 5 ? room[n - 1] + variable(n / 2) : room[0];
}

int main(void) {
  say("%u", (unsigned)megabyte(7));
  say("%u", (unsigned)variable(50000));
  return 0;
}
