// The Mandelbrot set in fixed point with 64-bit products.
#include "corpus.h"

int main(void) {
  for (int y = -10; y <= 10; y++) {
    char line[64];
    for (int x = 0; x < 60; x++) {
      int32_t a = x * 205 - 8500, b = y * 410, p = 0, q = 0, n = 0;
      for (; n < 90; n++) {
        int32_t pp = (int64_t)p * p >> 12, qq = (int64_t)q * q >> 12;
        if (pp + qq > 4 << 12) break;
        q = ((int64_t)p * q >> 11) + b;
        p = pp - qq + a;
      }
      line[x] = n == 90 ? '#' : " .:-=+*%@"[n % 9];
    }
    line[60] = 0;
    say("|%s|", line);
  }
  return 0;
}
