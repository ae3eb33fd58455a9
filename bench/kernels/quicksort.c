// Quicksort of random words (Hoare's partition): data-dependent branches and recursion. Checked
// for order and for the sum of the words.

#include "lib/bench.h"

#define WORDS 65536

static uint32_t words[WORDS];

static void sort(uint32_t *low, uint32_t *high) {
  while (low < high) {
    uint32_t pivot = low[(high - low) / 2];
    uint32_t *left = low, *right = high;
    while (left <= right) {
      while (*left < pivot) left++;
      while (*right > pivot) right--;
      if (left > right) break;
      uint32_t word = *left;
      *left++ = *right;
      *right-- = word;
    }
    sort(low, right);
    low = left;
  }
}

int main(int argc, char **argv) {
  uint32_t rounds = argument(argc, argv, 1, 80);
  uint32_t checksum = CHECKSUM_START;
  int ok = 1;
  for (uint32_t round = 1; round <= rounds; round++) {
    uint32_t seed = round, sum = 0;
    for (int i = 0; i < WORDS; i++) sum += words[i] = next_random(&seed);
    sort(words, words + WORDS - 1);
    for (int i = 0; i < WORDS; i++) sum -= words[i];
    for (int i = 1; i < WORDS; i++) ok &= words[i - 1] <= words[i];
    ok &= sum == 0;
    checksum = mix(checksum, words[round * 997 % WORDS]);
  }
  return report("quicksort", checksum, ok);
}
