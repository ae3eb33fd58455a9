// Two processes take turns through two pipes; sched_yield in between changes nothing.
#include "corpus.h"

int main(void) {
  int there[2], back[2];
  uint32_t ball = 1;
  must(pipe(there), "pipe");
  must(pipe(back), "pipe");
  pid_t child = fork();
  must(child, "fork");
  if (child == 0) {
    close(there[1]);
    close(back[0]);
    while (read(there[0], &ball, sizeof ball) == sizeof ball) {
      ball = ball * 3 + 1;
      write(back[1], &ball, sizeof ball);
    }
    _exit(0);
  }
  close(there[0]);
  close(back[1]);
  for (int i = 0; i < 300; i++) {
    write(there[1], &ball, sizeof ball);
    if (i % 7 == 0) must(sched_yield(), "sched_yield");
    must(read(back[0], &ball, sizeof ball) == sizeof ball ? 0 : -1, "read");
    ball ^= i;
  }
  close(there[1]);
  reap("partner", child);
  say("%u", (unsigned)ball);
  return 0;
}
