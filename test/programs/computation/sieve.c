// Primes by the sieve of Eratosthenes.
#include "corpus.h"

enum { LIMIT = 100000 };
static uint8_t composite[LIMIT + 1];

int main(void) {
  int count = 0, last = 0;
  for (int i = 2; i <= LIMIT; i++) {
    if (composite[i]) continue;
    count++;
    last = i;
    for (int64_t j = (int64_t)i * i; j <= LIMIT; j += i) composite[j] = 1;
  }
  say("%d primes up to %d, the last is %d", count, LIMIT, last);
  return 0;
}
