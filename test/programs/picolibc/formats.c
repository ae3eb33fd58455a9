#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  printf("%d %i %u %x %X %o %c %s %%\n", -42, INT_MIN, UINT_MAX, 0xbeef, 0xbeef, 0777, 'z', "text");
  printf("[%8d] [%-8d] [%08d] [%+d] [% d] [%.3d] [%*d]\n", 42, 42, 42, 42, 42, 7, 6, 5);
  printf("[%10s] [%-10s] [%.2s] [%#x] [%#o]\n", "right", "left", "cut", 255, 8);
  printf("%" PRId64 " %" PRIx64 " %hhd %hd %ld\n", INT64_MIN, UINT64_MAX, 300, 70000, LONG_MAX);
  printf("%f %.0f %.10f %e %g %g %g\n", 3.14159, 2.5, 1.0 / 3, 12345.678, 1e-5, 1e10, 0.5);
  printf("%f %f %5.1f|%-9.3f|%+.2e\n", 1.0 / 0.0, -1.0 / 0.0, 9.96, 2.0, -0.00012);
  char buffer[8];
  printf("%d %s\n", snprintf(buffer, sizeof buffer, "%s", "too long for it"), buffer);
  int a = 0, b = 0, count;
  char word[16];
  count = sscanf("12 0x1f word", "%d %i %15s", &a, &b, word);
  printf("%d: %d %d %s\n", count, a, b, word);
  double value;
  printf("%d: %.4f\n", sscanf("-2.7182e0x", "%lf", &value), value);
  return 0;
}
