// malloc under stress: random sizes, contents checked before each free, large blocks, realloc.
#include "corpus.h"

enum { SLOTS = 200, ROUNDS = 4000 };

static uint32_t state = 2463534242;
static uint32_t random32(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

int main(void) {
  static uint8_t *blocks[SLOTS];
  static uint32_t sizes[SLOTS];
  int bad = 0, misaligned = 0;
  uint64_t total = 0;
  for (int round = 0; round < ROUNDS; round++) {
    int i = random32() % SLOTS;
    if (blocks[i]) {
      for (uint32_t j = 0; j < sizes[i]; j += 37) bad += blocks[i][j] != (uint8_t)(i + j);
      if (random32() % 3 == 0) {
        uint32_t size = sizes[i] + random32() % 500;
        blocks[i] = realloc(blocks[i], size);
        for (uint32_t j = 0; j < sizes[i]; j += 37) bad += blocks[i][j] != (uint8_t)(i + j);
      }
      free(blocks[i]);
      blocks[i] = 0;
    } else {
      sizes[i] = random32() % 100 ? random32() % 2000 : 150000 + random32() % 100000;
      blocks[i] = malloc(sizes[i]);
      misaligned += ((uintptr_t)blocks[i] & 7) != 0;
      for (uint32_t j = 0; j < sizes[i]; j++) blocks[i][j] = i + j;
      total += sizes[i];
    }
  }
  uint32_t *zeros = calloc(1000, 4), sum = 0;
  for (int i = 0; i < 1000; i++) sum |= zeros[i];
  say("bad %d, misaligned %d, zeros %u, total %llu", bad, misaligned, (unsigned)sum, (unsigned long long)total);
  volatile size_t huge = PTRDIFF_MAX;
  say("too much: %s", malloc(huge + 1) ? "given" : error_name(errno));
  return bad != 0;
}
