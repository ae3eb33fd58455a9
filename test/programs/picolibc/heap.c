#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 64, ROUNDS = 4000 };

static unsigned char *blocks[BLOCKS];
static size_t sizes[BLOCKS];
static uint32_t state = 1;

static uint32_t next(void) { return state = state * 1664525u + 1013904223u, state >> 8; }

static void fill(int i, size_t from) {
  for (size_t at = from; at < sizes[i]; at++) blocks[i][at] = (unsigned char)(i * 31 + at);
}

static int intact(int i) {
  for (size_t at = 0; at < sizes[i]; at++)
    if (blocks[i][at] != (unsigned char)(i * 31 + at)) return 0;
  return 1;
}

int main(void) {
  int wrong = 0;
  for (int round = 0; round < ROUNDS; round++) {
    const int i = next() % BLOCKS;
    const size_t size = next() % 3000 + 1;
    if (blocks[i] && !intact(i)) wrong++;
    if (next() % 3 == 0) {
      free(blocks[i]);
      blocks[i] = NULL;
      sizes[i] = 0;
      continue;
    }
    const size_t kept = size < sizes[i] ? size : sizes[i];
    unsigned char *block = realloc(blocks[i], size);
    if (!block) return 1;
    blocks[i] = block;
    sizes[i] = size;
    fill(i, kept);
  }
  unsigned char *zeros = calloc(1000, 3);
  int sum = 0;
  for (int i = 0; i < 3000; i++) sum += zeros[i];
  printf("%d wrong, %d in fresh memory, aligned %d\n", wrong, sum, (int)((uintptr_t)zeros % 8));
  return 0;
}
