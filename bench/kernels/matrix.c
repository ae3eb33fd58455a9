// Product of two integer matrices. Checked with a vector, as Freivalds does: (A B) v = A (B v).

#include "lib/bench.h"

#define N 96

static int32_t a[N][N], b[N][N], product[N][N];
static int32_t vector[N], inner[N];

static void fill(int32_t matrix[N][N], uint32_t seed) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) matrix[i][j] = (int32_t)(next_random(&seed) & 1023) - 512;
}

static void multiply(void) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      int32_t sum = 0;
      for (int k = 0; k < N; k++) sum += a[i][k] * b[k][j];
      product[i][j] = sum;
    }
}

static int32_t dot(const int32_t *row, const int32_t *column) {
  int32_t sum = 0;
  for (int k = 0; k < N; k++) sum += row[k] * column[k];
  return sum;
}

static int is_product(void) {
  int ok = 1;
  for (int i = 0; i < N; i++) vector[i] = i * 7 - 300;
  for (int i = 0; i < N; i++) inner[i] = dot(b[i], vector);
  for (int i = 0; i < N; i++) ok &= dot(product[i], vector) == dot(a[i], inner);
  return ok;
}

int main(int argc, char **argv) {
  uint32_t rounds = argument(argc, argv, 1, 150);
  uint32_t checksum = CHECKSUM_START;
  int ok = 1;
  for (uint32_t round = 1; round <= rounds; round++) {
    fill(a, round);
    fill(b, round + 77);
    multiply();
    ok &= is_product();
    checksum = mix(checksum, (uint32_t)product[round % N][N - 1]);
  }
  return report("matrix", checksum, ok);
}
