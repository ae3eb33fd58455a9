// Numbers of a thousand digits: factorials, Fibonacci numbers, powers, in base 10^9.
#include "corpus.h"

enum { LIMBS = 80, BASE = 1000000000 };
struct number { int count; uint32_t limb[LIMBS]; };

static void multiply(struct number *n, uint32_t by) {
  uint64_t carry = 0;
  for (int i = 0; i < n->count; i++) {
    carry += (uint64_t)n->limb[i] * by;
    n->limb[i] = carry % BASE;
    carry /= BASE;
  }
  if (carry) n->limb[n->count++] = carry;
}
static void add(struct number *n, const struct number *other) {
  uint32_t carry = 0;
  for (int i = 0; i < other->count || carry; i++) {
    if (i == n->count) n->limb[n->count++] = 0;
    carry += n->limb[i] + (i < other->count ? other->limb[i] : 0);
    n->limb[i] = carry % BASE;
    carry /= BASE;
  }
}
static void show(const char *name, const struct number *n) {
  static char text[LIMBS * 9 + 10];
  int at = snprintf(text, 12, "%u", (unsigned)n->limb[n->count - 1]);
  for (int i = n->count - 2; i >= 0; i--) at += snprintf(text + at, 12, "%09u", (unsigned)n->limb[i]);
  say("%s = %s", name, text);
}

int main(void) {
  struct number f = {1, {1}}, a = {1, {0}}, b = {1, {1}}, p = {1, {1}};
  for (int i = 2; i <= 200; i++) multiply(&f, i);
  show("200!", &f);
  for (int i = 0; i < 1000; i++) {
    struct number t = b;
    add(&b, &a);
    a = t;
  }
  show("fib(1000)", &a);
  for (int i = 0; i < 1500; i++) multiply(&p, 2);
  show("2^1500", &p);
  return 0;
}
