// The A extension as compilers use it: read-modify-write, compare-and-swap, bytes through words.
#include "corpus.h"

static uint32_t word;
static int32_t number;
static uint8_t bytes[4] = {1, 2, 3, 4};

int main(void) {
  say("%u", (unsigned)__atomic_fetch_add(&word, 5, __ATOMIC_SEQ_CST));
  say("%u", (unsigned)__atomic_exchange_n(&word, 100, __ATOMIC_ACQ_REL));
  say("%u", (unsigned)__atomic_fetch_sub(&word, 1, __ATOMIC_RELAXED));
  say("%u", (unsigned)__atomic_fetch_or(&word, 0xf00, __ATOMIC_SEQ_CST));
  say("%u", (unsigned)__atomic_fetch_and(&word, 0xff0, __ATOMIC_SEQ_CST));
  say("%u", (unsigned)__atomic_fetch_xor(&word, 0xfff, __ATOMIC_SEQ_CST));
  uint32_t expected = 1;
  int swapped = __atomic_compare_exchange_n(&word, &expected, 7, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  say("%d, was %u", swapped, (unsigned)expected);
  swapped = __atomic_compare_exchange_n(&word, &expected, 7, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  say("%d, is %u", swapped, (unsigned)__atomic_load_n(&word, __ATOMIC_ACQUIRE));
  for (int i = 0; i < 1000; i++) __atomic_fetch_add(&number, i & 1 ? -i : i, __ATOMIC_RELAXED);
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  __atomic_store_n(&bytes[2], 9, __ATOMIC_RELEASE);
  say("%d %d%d%d%d", number, bytes[0], bytes[1], bytes[2], bytes[3]);
  return 0;
}
