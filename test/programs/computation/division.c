// Division's corner cases as the M extension defines them: by zero, and the overflow of INT_MIN / -1.
#include "corpus.h"

static int32_t div_(int32_t a, int32_t b) { int32_t r; asm volatile("div %0, %1, %2" : "=r"(r) : "r"(a), "r"(b)); return r; }
static int32_t rem_(int32_t a, int32_t b) { int32_t r; asm volatile("rem %0, %1, %2" : "=r"(r) : "r"(a), "r"(b)); return r; }
static uint32_t divu_(uint32_t a, uint32_t b) { uint32_t r; asm volatile("divu %0, %1, %2" : "=r"(r) : "r"(a), "r"(b)); return r; }
static uint32_t remu_(uint32_t a, uint32_t b) { uint32_t r; asm volatile("remu %0, %1, %2" : "=r"(r) : "r"(a), "r"(b)); return r; }
static uint32_t high(int32_t a, int32_t b) { uint32_t r; asm volatile("mulh %0, %1, %2" : "=r"(r) : "r"(a), "r"(b)); return r; }
static uint32_t highu(uint32_t a, uint32_t b) { uint32_t r; asm volatile("mulhu %0, %1, %2" : "=r"(r) : "r"(a), "r"(b)); return r; }
static uint32_t highsu(int32_t a, uint32_t b) { uint32_t r; asm volatile("mulhsu %0, %1, %2" : "=r"(r) : "r"(a), "r"(b)); return r; }

int main(void) {
  static const int32_t values[] = {0, 1, -1, 2, -2, 7, -7, INT32_MAX, INT32_MIN, INT32_MIN + 1, 0x10000, 1000003};
  for (int i = 0; i < 12; i++)
    for (int j = 0; j < 12; j++) {
      int32_t a = values[i], b = values[j];
      say("%d %d: %d %d %u %u %x %x %x", a, b, div_(a, b), rem_(a, b), divu_(a, b), remu_(a, b), high(a, b), highu(a, b), highsu(a, b));
    }
  return 0;
}
