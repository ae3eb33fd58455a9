// Conway's Game of Life on a torus: a glider crosses the edges.
#include "corpus.h"

enum { W = 24, H = 12 };
static uint8_t world[2][H][W];

int main(void) {
  static const uint8_t glider[5][2] = {{0, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 2}};
  for (int i = 0; i < 5; i++) world[0][glider[i][0]][glider[i][1]] = 1;
  world[0][6][10] = world[0][6][11] = world[0][6][12] = 1;
  int now = 0;
  for (int step = 0; step < 60; step++, now ^= 1)
    for (int y = 0; y < H; y++)
      for (int x = 0; x < W; x++) {
        int n = 0;
        for (int i = 0; i < 9; i++) n += i == 4 ? 0 : world[now][(y + i / 3 + H - 1) % H][(x + i % 3 + W - 1) % W];
        world[now ^ 1][y][x] = n == 3 || (n == 2 && world[now][y][x]);
      }
  for (int y = 0; y < H; y++) {
    char line[W + 1];
    for (int x = 0; x < W; x++) line[x] = world[now][y][x] ? '#' : '.';
    line[W] = 0;
    say("%s", line);
  }
  return 0;
}
