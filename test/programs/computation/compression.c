// A byte-wise LZ77 compressor and its decompressor: what goes in comes out.
#include "corpus.h"

enum { SIZE = 6000, WINDOW = 255 };
static uint8_t text[SIZE], packed[2 * SIZE], back[SIZE];

static int pack(void) {
  int out = 0;
  for (int i = 0; i < SIZE;) {
    int best = 0, from = 0;
    for (int d = 1; d <= WINDOW && d <= i; d++) {
      int n = 0;
      while (n < 255 && i + n < SIZE && text[i + n] == text[i + n - d]) n++;
      if (n > best) best = n, from = d;
    }
    packed[out++] = best > 3 ? from : 0;
    packed[out++] = best > 3 ? best : text[i];
    i += best > 3 ? best : 1;
  }
  return out;
}

static int unpack(int size) {
  int out = 0;
  for (int i = 0; i < size; i += 2) {
    if (!packed[i]) back[out++] = packed[i + 1];
    else for (int n = packed[i + 1]; n > 0; n--, out++) back[out] = back[out - packed[i]];
  }
  return out;
}

int main(void) {
  uint32_t x = 5;
  for (int i = 0; i < SIZE; i++) {
    x = x * 1664525 + 1013904223;
    text[i] = i > 100 && x >> 29 ? text[i - 17 - (i >> 9)] : 'a' + (x >> 24) % 20;
  }
  int size = pack(), restored = unpack(size);
  say("%d bytes packed to %d, restored %d, %s", SIZE, size, restored, memcmp(text, back, SIZE) ? "different" : "the same");
  return 0;
}
