// A hundred children at once, reaped in whatever order they end.
#include "corpus.h"

enum { COUNT = 100 };

int main(void) {
  int ends[2];
  must(pipe(ends), "pipe");
  for (int i = 0; i < COUNT; i++) {
    pid_t child = fork();
    must(child, "fork");
    if (child == 0) {
      char c;
      close(ends[1]);
      read(ends[0], &c, 1); // until the parent closes its end: all live at the same time
      _exit(i);
    }
  }
  close(ends[1]);
  int sum = 0, count = 0, status;
  while (wait(&status) > 0) count++, sum += WEXITSTATUS(status);
  say("%d ended, their statuses add up to %d, then %s", count, sum, error_name(errno));
  return 0;
}
