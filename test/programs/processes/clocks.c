// Which clocks a process can sleep by, and what is wrong with a sleep by the others.
#include "corpus.h"

static void sleeps(int clock, int flags, int seconds, int nanoseconds) {
  struct timespec time = {0};
  time.tv_sec = seconds;
  time.tv_nsec = nanoseconds;
  int error = clock_nanosleep(clock, flags, &time, 0);
  say("clock %d, flags %d, %d s %d ns: %s", clock, flags, seconds, nanoseconds, error ? error_name(error) : "slept");
}

int main(void) {
  for (int clock = 0; clock < 14; clock++) {
    // The C library has its own mind about 3, the thread's time; 8 and 9 need a clock that wakes a suspended machine.
    if (clock == 3 || clock == 8 || clock == 9) continue;
    sleeps(clock, 0, 0, 0);
    sleeps(clock, 0, -1, 0);
    sleeps(clock, 0, 0, 1000000000);
    sleeps(clock, 1, 0, 1);
    if (clock != 2) sleeps(clock, 0, 0, 1);
  }
  pid_t child = fork();
  if (child == 0) {
    sleeps(2, 0, 0, 1);
    _exit(0);
  }
  pause_ms(30);
  siginfo_t info = {0};
  must(waitid(P_PID, child, &info, WEXITED | WNOHANG | WNOWAIT), "waitid");
  say("a sleep in one's own time %s", info.si_pid ? "is over" : "never ends");
  kill(child, SIGKILL);
  reap("child", child);
  return 0;
}
