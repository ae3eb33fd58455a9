// Jump tables, sparse switches, fall-through, tables of functions, goto.
#include "corpus.h"

static int dense(int x) {
  switch (x) {
  case 0: return 10;
  case 1: return 21;
  case 2: return 32;
  case 3: return 43;
  case 4: return 54;
  case 5: return 65;
  case 6: x += 3; // fall through
  case 7: x += 5; // fall through
  case 8: return x;
  case 9: return -1;
  default: return x > 0 ? 99 : -99;
  }
}
static int sparse(uint32_t x) {
  switch (x) {
  case 0x80000000: return 1;
  case 0xffffffff: return 2;
  case 12345: return 3;
  case 1 << 20: return 4;
  default: return 0;
  }
}
static int add(int a, int b) { return a + b; }
static int subtract(int a, int b) { return a - b; }
static int multiply(int a, int b) { return a * b; }
static int (*const operators[])(int, int) = {add, subtract, multiply};

int main(void) {
  int sum = 0;
  for (int i = -2; i < 12; i++) say("%d: %d", i, dense(i));
  for (int i = 0; i < 30; i++) sum = operators[i % 3](sum, i);
  say("%d %d %d %d %d", sparse(0x80000000), sparse(-1), sparse(12345), sparse(1 << 20), sparse(7));
  say("%d", sum);
  int n = 27, steps = 0;
again:
  if (n == 1) goto done;
  n = n % 2 ? 3 * n + 1 : n / 2;
  steps++;
  goto again;
done:
  say("%d steps", steps);
  return 0;
}
