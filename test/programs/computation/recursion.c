// Recursion: Ackermann, Hanoi, mutual recursion, permutations, a stack 20,000 frames deep.
#include "corpus.h"

static int ackermann(int m, int n) { return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1)); }
static int hanoi(int n, int from, int to) {
  return n == 0 ? 0 : hanoi(n - 1, from, 6 - from - to) + 1 + hanoi(n - 1, 6 - from - to, to);
}
static int odd(int n);
static int even(int n) { return n == 0 ? 1 : odd(n - 1); }
static int odd(int n) { return n == 0 ? 0 : even(n - 1); }
static int depth_sum(int n) {
  volatile int8_t room[100];
  room[n % 100] = n;
  return n == 0 ? 0 : room[n % 100] + depth_sum(n - 1);
}
static int permutations(int *a, int n, int k) {
  if (k == n) return a[0] * 3 + a[n - 1] > n;
  int count = 0;
  for (int i = k; i < n; i++) {
    int t = a[k]; a[k] = a[i]; a[i] = t;
    count += permutations(a, n, k + 1);
    t = a[k]; a[k] = a[i]; a[i] = t;
  }
  return count;
}

int main(void) {
  int a[7] = {1, 2, 3, 4, 5, 6, 7};
  say("ackermann %d", ackermann(2, 30));
  say("hanoi %d", hanoi(14, 1, 3));
  say("even %d, odd %d", even(5001), odd(5001));
  say("depth %d", depth_sum(20000));
  say("permutations %d", permutations(a, 7, 0));
  return 0;
}
