// Integer matrices: products, powers, a determinant by fraction-free elimination.
#include "corpus.h"

enum { N = 24 };
typedef int32_t matrix[N][N];

static void multiply(matrix out, matrix a, matrix b) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      uint32_t sum = 0;
      for (int k = 0; k < N; k++) sum += (uint32_t)a[i][k] * (uint32_t)b[k][j];
      out[i][j] = sum;
    }
}

static int64_t determinant(int n, int64_t m[6][6]) {
  int64_t previous = 1;
  for (int k = 0; k < n - 1; k++) {
    for (int i = k + 1; i < n; i++)
      for (int j = k + 1; j < n; j++) m[i][j] = (m[i][j] * m[k][k] - m[i][k] * m[k][j]) / previous;
    previous = m[k][k];
  }
  return m[n - 1][n - 1];
}

int main(void) {
  static matrix a, b, c;
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) a[i][j] = i * 3 - j, b[i][j] = (i ^ j) + 1;
  for (int round = 0; round < 4; round++) {
    multiply(c, a, b);
    memcpy(a, c, sizeof a);
    uint32_t trace = 0;
    for (int i = 0; i < N; i++) trace += a[i][i];
    say("round %d: trace %u, corner %d", round, (unsigned)trace, a[N - 1][0]);
  }
  int64_t m[6][6];
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) m[i][j] = (i == j ? 9 : 0) + (i * 7 + j * 5) % 6 - 2;
  say("determinant %lld", (long long)determinant(6, m));
  return 0;
}
