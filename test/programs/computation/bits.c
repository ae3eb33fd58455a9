// Bit tricks, each in two ways that must agree: shift and mask against loops.
#include "corpus.h"

static int count_slow(uint32_t x) {
  int n = 0;
  for (; x; x >>= 1) n += x & 1;
  return n;
}
static int zeros_slow(uint32_t x) {
  int n = 0;
  while (!(x >> (31 - n) & 1)) n++;
  return n;
}
static uint32_t reverse_slow(uint32_t x) {
  uint32_t r = 0;
  for (int i = 0; i < 32; i++) r |= (x >> i & 1) << (31 - i);
  return r;
}
static uint32_t reverse(uint32_t x) {
  x = (x >> 1 & 0x55555555) | (x & 0x55555555) << 1;
  x = (x >> 2 & 0x33333333) | (x & 0x33333333) << 2;
  x = (x >> 4 & 0x0f0f0f0f) | (x & 0x0f0f0f0f) << 4;
  return __builtin_bswap32(x);
}

int main(void) {
  uint32_t x = 1, sum = 0;
  int wrong = 0;
  for (int i = 0; i < 2000; i++) {
    x = x * 1664525 + 1013904223;
    wrong += __builtin_popcount(x) != count_slow(x);
    wrong += reverse(x) != reverse_slow(x);
    wrong += __builtin_clz(x | 1) != zeros_slow(x | 1);
    wrong += __builtin_ctz(x | 0x80000000) != __builtin_clz(reverse(x | 0x80000000));
    sum += (x << (i & 31) | x >> (-i & 31)) ^ (uint32_t)((int32_t)x >> (i & 31));
    sum ^= __builtin_parity(x) + (x & -x);
  }
  say("wrong %d, sum %08x", wrong, (unsigned)sum);
  return wrong != 0;
}
