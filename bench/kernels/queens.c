// All solutions of the n-queens problem by backtracking over an array: recursion, calls, branches.

#include "lib/bench.h"

#define SIZE 9
#define SOLUTIONS 352u

static int column_of[SIZE];
static uint32_t solutions;
static uint32_t checksum = CHECKSUM_START;

static __attribute__((noinline)) int is_safe(int row, int column) {
  for (int above = 0; above < row; above++) {
    int distance = column_of[above] - column;
    if (distance == 0 || distance == row - above || distance == above - row) return 0;
  }
  return 1;
}

static __attribute__((noinline)) void place(int row) {
  if (row == SIZE) {
    solutions++;
    checksum = mix(checksum, (uint32_t)(column_of[0] * SIZE + column_of[SIZE - 1]));
    return;
  }
  for (int column = 0; column < SIZE; column++) {
    if (!is_safe(row, column)) continue;
    column_of[row] = column;
    place(row + 1);
  }
}

int main(int argc, char **argv) {
  uint32_t rounds = argument(argc, argv, 1, 250);
  for (uint32_t round = 0; round < rounds; round++) place(0);
  return report("queens", checksum, solutions == rounds * SOLUTIONS);
}
