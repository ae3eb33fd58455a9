// Floating point without a floating-point unit: IEEE 754 through libgcc, compared bit by bit.
#include "corpus.h"

static uint64_t bits(double x) {
  uint64_t r;
  memcpy(&r, &x, 8);
  return r;
}
static uint32_t bits_single(float x) {
  uint32_t r;
  memcpy(&r, &x, 4);
  return r;
}
static double root(double x) {
  double r = x;
  for (int i = 0; i < 30; i++) r = (r + x / r) / 2;
  return r;
}

int main(void) {
  static const double values[] = {0.0, -0.0, 1, -1.5, 3.141592653589793, 1e300, -1e-300, 5e-324, 1e16, 123456789.125};
  for (int i = 0; i < 10; i++)
    for (int j = 0; j < 10; j += 3) {
      volatile double a = values[i], b = values[j];
      double quotient = b == 0 ? 0 : a / b;
      say("%016llx %016llx %016llx %d%d%d", (unsigned long long)bits(a + b), (unsigned long long)bits(a * b),
          (unsigned long long)bits(quotient), a < b, a == b, a >= b);
    }
  float f = 1;
  for (int i = 1; i < 20; i++) f = f * 1.7f - (float)i / 3;
  say("%08x", (unsigned)bits_single(f));
  say("%016llx %016llx", (unsigned long long)bits(root(2)), (unsigned long long)bits(root(1e10)));
  volatile double big = 3e9, small = -2.9;
  say("%u %d %lld %016llx", (unsigned)big, (int)small, (long long)(big * 1e6), (unsigned long long)bits((double)0xffffffffffffULL));
  volatile float narrow = 16777217.0;
  say("%08x %016llx", (unsigned)bits_single(narrow), (unsigned long long)bits(narrow));
  return 0;
}
