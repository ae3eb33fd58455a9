// 64-bit arithmetic on a 32-bit machine: carries, products, shifts by variable amounts, division through libgcc.
#include "corpus.h"

static const uint64_t values[] = {
  0, 1, 2, 3, 10, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, 0x123456789abcdef, 0x7fffffffffffffff,
  0x8000000000000000, 0xfffffffffffffffe, 0xffffffffffffffff, 1000000007, 6700417,
};
enum { COUNT = sizeof values / sizeof values[0] };

int main(void) {
  uint64_t hash = 14695981039346656037u;
  for (int i = 0; i < COUNT; i++) {
    for (int j = 0; j < COUNT; j++) {
      volatile uint64_t a = values[i], b = values[j];
      uint64_t results[] = {
        a + b, a - b, a * b, a & b, a | b, a ^ b, a << (b & 63), a >> (b & 63), (uint64_t)((int64_t)a >> (b & 63)),
        b ? a / b : 7, b ? a % b : 8, a < b, (int64_t)a < (int64_t)b, a == b,
      };
      for (unsigned k = 0; k < sizeof results / sizeof results[0]; k++) hash = (hash ^ results[k]) * 1099511628211u;
      int64_t s = a, t = b;
      if (t && !(s == INT64_MIN && t == -1)) hash = (hash ^ (uint64_t)(s / t) ^ (uint64_t)(s % t)) * 1099511628211u;
    }
    say("%016llx after row %d", (unsigned long long)hash, i);
  }
  say("%lld %lld", -7LL / 2, -7LL % 2);
  say("%llu", 18446744073709551615ULL / 10);
  return 0;
}
