// String and memory functions at every alignment, overlaps included.
#include "corpus.h"

int main(void) {
  char a[64], b[64];
  uint32_t hash = 0;
  for (int from = 0; from < 8; from++)
    for (int to = 0; to < 8; to++)
      for (int size = 0; size < 20; size++) {
        for (int i = 0; i < 64; i++) a[i] = i + from * 3;
        memmove(a + to, a + from, size);
        memset(b, 0x55, sizeof b);
        memcpy(b + to, a + from, size);
        for (int i = 0; i < 64; i++) hash = hash * 31 + (uint8_t)a[i] * 7 + (uint8_t)b[i];
      }
  say("moves %08x", (unsigned)hash);
  strcpy(a, "hello");
  strcat(a, ", world");
  say("%s %d", a, (int)strlen(a));
  say("%s|%s|%s", strchr(a, 'o'), strrchr(a, 'o'), strstr(a, "wor"));
  say("%d %d", strchr(a, 'z') == 0, strstr(a, "worm") == 0);
  say("%d %d %d", strcmp("abc", "abd") < 0, strcmp("abc", "ab") > 0, strcmp("\xff", "a") > 0);
  say("%d %d", strncmp("abcd", "abxx", 2), memcmp("a\0b", "a\0c", 3) < 0);
  memset(a, 'x', 10);
  strncpy(a, "hi", 5);
  say("%d %d %c", a[2], a[4], a[5]);
  say("[%5d] [%-5d] [%05d] [%+d] [%x] [%X] [%o] [%c] [%.2s] [%8s] [%-8s] [%%]", 42, 42, 42, 42, 255, 255, 8, 'c', "abc", "r",
      "l");
  say("%lld %llu %llx %u %d %d", -1234567890123LL, 12345678901234567890ULL, 0xdeadbeefcafeULL, 4000000000u, INT32_MIN, -0);
  say("%*d|%-*d|%.*s", 6, 1, 6, 2, 3, "abcdef");
  return 0;
}
