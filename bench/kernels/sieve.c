// Sieve of Eratosthenes over bytes: strided stores and a scan. The count is that of the primes
// below LIMIT, which is known.

#include "lib/bench.h"

#define LIMIT 1000000
#define PRIMES 78498u

static uint8_t composite[LIMIT];

static uint32_t count_primes(void) {
  uint32_t count = 0;
  memset(composite, 0, LIMIT);
  for (uint32_t i = 2; i < LIMIT; i++) {
    if (composite[i]) continue;
    count++;
    for (uint32_t j = i + i; j < LIMIT; j += i) composite[j] = 1;
  }
  return count;
}

int main(int argc, char **argv) {
  uint32_t rounds = argument(argc, argv, 1, 50);
  uint32_t checksum = CHECKSUM_START;
  int ok = 1;
  for (uint32_t round = 0; round < rounds; round++) {
    uint32_t count = count_primes();
    ok &= count == PRIMES;
    checksum = mix(checksum, count + round);
  }
  return report("sieve", checksum, ok);
}
