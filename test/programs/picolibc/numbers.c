#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

static jmp_buf place;

static void sink(int depth) {
  if (depth == 0) longjmp(place, 7);
  sink(depth - 1);
}

int main(void) {
  for (int i = 1; i < 6; i++) printf("%.9f %.9f %.9f\n", sqrt(i), sin(i), pow(i, 1.5));
  printf("%.6f %.6f %.6f %.6f\n", exp(1), log(10), atan2(1, -1), fmod(-7.5, 2));
  printf("%ld %ld %d\n", lround(-2.5), lrint(2.5), (int)floor(-0.1));
  const div_t parts = div(-17, 5);
  printf("%d %d %lld\n", parts.quot, parts.rem, llabs(-5000000000LL));
  const int value = setjmp(place);
  if (value == 0) sink(10);
  printf("%d\n", value);
  int read, sum = 0, lines = 0;
  while (scanf("%d", &read) == 1) sum += read, lines++;
  printf("%d %d\n", lines, sum);
  return sum & 127;
}
