// Generators of pseudo-random numbers: Mersenne Twister, xorshift128+, PCG32.
#include "corpus.h"

static uint32_t twister[624];
static int at = 624;

static uint32_t next(void) {
  if (at == 624) {
    for (int i = 0; i < 624; i++) {
      uint32_t y = (twister[i] & 0x80000000) | (twister[(i + 1) % 624] & 0x7fffffff);
      twister[i] = twister[(i + 397) % 624] ^ y >> 1 ^ (y & 1 ? 0x9908b0df : 0);
    }
    at = 0;
  }
  uint32_t y = twister[at++];
  y ^= y >> 11;
  y ^= y << 7 & 0x9d2c5680;
  y ^= y << 15 & 0xefc60000;
  return y ^ y >> 18;
}

int main(void) {
  twister[0] = 5489;
  for (int i = 1; i < 624; i++) twister[i] = 1812433253u * (twister[i - 1] ^ twister[i - 1] >> 30) + i;
  uint32_t y = 0;
  for (int i = 0; i < 10000; i++) y = next();
  say("%u", (unsigned)y); // 4123659995, as the generator's authors print it
  uint64_t s[2] = {1, 2}, sum = 0;
  for (int i = 0; i < 1000; i++) {
    uint64_t a = s[0], b = s[1];
    s[0] = b;
    a ^= a << 23;
    s[1] = a ^ b ^ a >> 17 ^ b >> 26;
    sum += s[1] + b;
  }
  say("%llu", (unsigned long long)sum);
  uint64_t pcg = 42;
  for (int i = 0; i < 5; i++) {
    uint64_t old = pcg;
    pcg = old * 6364136223846793005u + 1442695040888963407u;
    uint32_t shifted = ((old >> 18) ^ old) >> 27, turn = old >> 59;
    say("%08x", (unsigned)(shifted >> turn | shifted << (-turn & 31)));
  }
  return 0;
}
