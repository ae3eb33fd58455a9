// setjmp and longjmp: out of deep calls, values passed on, callee-saved registers kept.
#include "corpus.h"

static jmp_buf outer, inner;

static void descend(int depth) {
  volatile int frame[8];
  frame[depth & 7] = depth;
  if (depth == 0) longjmp(outer, 5);
  descend(depth - 1);
  say("never: %d", frame[0]);
}

static int attempts(void) {
  volatile int count = 0;
  int result = setjmp(inner);
  count++;
  if (result < 4) longjmp(inner, result + 1);
  return count * 10 + result;
}

int main(void) {
  volatile int a = 1, b = 2, c = 3, d = 4;
  int code = setjmp(outer);
  if (code == 0) {
    a = 10;
    descend(100);
  }
  say("back with %d, %d %d %d %d", code, a, b, c, d);
  say("%d", attempts());
  int zero = setjmp(outer);
  if (!zero) longjmp(outer, 0);
  say("longjmp with 0 gives %d", zero);
  return 0;
}
