// Variable arguments of mixed sizes: 64-bit ones are passed in even register pairs or on the stack.
#include "corpus.h"

static int64_t sum(const char *kinds, ...) {
  va_list list, again;
  va_start(list, kinds);
  va_copy(again, list);
  int64_t total = 0;
  for (const char *k = kinds; *k; k++) {
    if (*k == 'i') total = total * 3 + va_arg(list, int);
    else if (*k == 'l') total = total * 3 + va_arg(list, int64_t);
    else if (*k == 's') total = total * 3 + (int64_t)strlen(va_arg(list, char *));
    else if (*k == 'd') total = total * 3 + (int64_t)va_arg(list, double);
  }
  for (const char *k = kinds; *k == 'i'; k++) total ^= va_arg(again, int);
  va_end(again);
  va_end(list);
  return total;
}

static int fixed(int a, int64_t b, int c, int64_t d, int e, int64_t f, int g, char h, short i) {
  return a + (int)b * 2 + c * 3 + (int)(d >> 32) * 4 + e * 5 + (int)f * 6 + g * 7 + h * 8 + i * 9;
}

int main(void) {
  say("%lld", (long long)sum("i", 7));
  say("%lld", (long long)sum("il", 7, (int64_t)1 << 40));
  say("%lld", (long long)sum("lil", (int64_t)-1, 5, (int64_t)1 << 33));
  say("%lld", (long long)sum("iiiiiiiiii", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
  say("%lld", (long long)sum("slslil", "four", (int64_t)2, "", (int64_t)-9, 1, (int64_t)77));
  say("%lld", (long long)sum("didl", 2.75, 1, -1e10, (int64_t)3));
  say("%d", fixed(1, 2, 3, (int64_t)4 << 32, 5, 6, 7, 8, -9));
  return 0;
}
