// A zombie keeps its pid until it is reaped: signals to it go nowhere, then there is no such process.
#include "corpus.h"

int main(void) {
  siginfo_t info;
  pid_t child = fork();
  must(child, "fork");
  if (child == 0) _exit(9);
  must(waitid(P_PID, child, &info, WEXITED | WNOWAIT), "waitid");
  say("signal 0 to a zombie: %s", outcome(kill(child, 0)));
  say("SIGKILL to a zombie: %s", outcome(kill(child, SIGKILL)));
  say("its group is ours: %d", getpgid(child) == getpgrp());
  reap("the zombie", child);
  say("signal 0 to nobody: %s", outcome(kill(child, 0)));
  say("group of nobody: %s", outcome(getpgid(child)));
  say("signal 65: %s", outcome(kill(getpid(), 65)));
  say("signal -1: %s", outcome(kill(getpid(), -1)));
  return 0;
}
