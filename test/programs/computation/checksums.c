// CRC-32, Adler-32, FNV-1a and Fletcher-16 of the same bytes.
#include "corpus.h"

int main(void) {
  static uint8_t data[10000];
  static uint32_t table[256];
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (int j = 0; j < 8; j++) c = c & 1 ? 0xedb88320 ^ c >> 1 : c >> 1;
    table[i] = c;
  }
  for (int i = 0; i < 10000; i++) data[i] = i * i >> 3;
  uint32_t crc = 0xffffffff, a = 1, b = 0, fnv = 2166136261, low = 0, high = 0;
  for (int i = 0; i < 10000; i++) {
    crc = table[(crc ^ data[i]) & 255] ^ crc >> 8;
    a = (a + data[i]) % 65521;
    b = (b + a) % 65521;
    fnv = (fnv ^ data[i]) * 16777619;
    low = (low + data[i]) % 255;
    high = (high + low) % 255;
  }
  say("%08x %08x %08x %04x", (unsigned)~crc, (unsigned)(b << 16 | a), (unsigned)fnv, (unsigned)(high << 8 | low));
  return 0;
}
