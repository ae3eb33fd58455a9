// Solutions of the n queens problem, by recursion with bit sets.
#include "corpus.h"

static int solve(uint32_t all, uint32_t columns, uint32_t left, uint32_t right) {
  if (columns == all) return 1;
  int count = 0;
  for (uint32_t free = all & ~(columns | left | right); free; free &= free - 1) {
    uint32_t bit = free & -free;
    count += solve(all, columns | bit, (left | bit) << 1, (right | bit) >> 1);
  }
  return count;
}

int main(void) {
  for (int n = 1; n <= 9; n++) say("%d queens: %d", n, solve((1u << n) - 1, 0, 0, 0));
  return 0;
}
