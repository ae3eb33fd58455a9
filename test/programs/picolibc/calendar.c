#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

int main(void) {
  const time_t moments[] = {0, 951782400, 1078012799, 1767225600, 2147483647, -1};
  for (unsigned i = 0; i < sizeof moments / sizeof moments[0]; i++) {
    struct tm *date = gmtime(&moments[i]);
    char text[64];
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %a %b %j", date);
    printf("%s %d\n", text, (int)(mktime(date) == moments[i]));
  }
  struct timeval first, second;
  gettimeofday(&first, NULL);
  gettimeofday(&second, NULL);
  const long passed = (second.tv_sec - first.tv_sec) * 1000000 + (second.tv_usec - first.tv_usec);
  printf("%d %d\n", first.tv_sec > 1600000000, passed >= 0 && passed < 5000000);
  return 0;
}
