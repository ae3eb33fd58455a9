// Records by value, bit fields, unions, packed (misaligned) members.
#include "corpus.h"

struct small { int16_t a; int8_t b; };
struct pair { int32_t x, y; };
struct large { int32_t v[9]; int64_t w; };
struct bits { unsigned a : 3, b : 7, c : 22; signed d : 5; };
struct __attribute__((packed)) packed { uint8_t a; uint32_t b; uint16_t c; uint64_t d; };
union view { uint32_t word; uint8_t bytes[4]; int16_t halves[2]; };

static struct small twice(struct small s) { return (struct small){s.a * 2, s.b * 2}; }
static struct pair swap(struct pair p) { return (struct pair){p.y, p.x}; }
static struct large change(struct large l, int by) {
  for (int i = 0; i < 9; i++) l.v[i] += by;
  l.w *= by;
  return l;
}

int main(void) {
  struct small s = twice((struct small){-300, 60});
  struct pair p = swap(swap(swap((struct pair){1, -2})));
  struct large l = {{1, 2, 3, 4, 5, 6, 7, 8, 9}, 1000000007}, m = change(l, -3);
  struct bits b = {5, 100, 3000000, -9};
  b.a += 5;
  b.d -= 9;
  volatile struct packed q[3];
  for (int i = 0; i < 3; i++) q[i].a = i, q[i].b = 0x11223344 * i, q[i].c = 0xfff0 + i, q[i].d = 0x0102030405060708ull * i;
  union view v = {0x80ff7f01};
  say("%d %d", s.a, s.b);
  say("%d %d", p.x, p.y);
  say("%d %d %lld %d", m.v[0], m.v[8], (long long)m.w, l.v[0]);
  say("%u %u %u %d", b.a, b.b, b.c, b.d);
  say("%d %x %x %llx, %d bytes", q[2].a, (unsigned)q[2].b, q[1].c, (unsigned long long)q[2].d, (int)sizeof q);
  say("%d %d %d %d", v.bytes[0], v.bytes[3], v.halves[0], v.halves[1]);
  return 0;
}
