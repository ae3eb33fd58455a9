// Process groups: a signal to a group reaches its members, all of them and nobody else.
#include "corpus.h"

static pid_t sleeper(pid_t group) {
  pid_t pid = fork();
  must(pid, "fork");
  if (pid == 0) {
    for (;;) pause_ms(1000);
  }
  must(setpgid(pid, group), "setpgid");
  return pid;
}

int main(void) {
  pid_t leader = sleeper(0), second = sleeper(leader), third = sleeper(leader), other = sleeper(0);
  say("same group %d %d, other group %d", getpgid(second) == leader, getpgid(third) == leader, getpgid(other) == other);
  say("to the group: %s", outcome(kill(-leader, SIGTERM)));
  reap("leader", leader);
  reap("second", second);
  reap("third", third);
  say("the other lives: %s", outcome(kill(other, 0)));
  say("the group is gone: %s", outcome(kill(-leader, 0)));
  say("into a group that is gone: %s", outcome(setpgid(other, leader)));
  say("a negative group: %s", outcome(setpgid(other, -1)));
  kill(other, SIGKILL);
  reap("other", other);
  pid_t child = fork();
  if (child == 0) { // a group of its own, and the whole of it killed by a member
    must(setpgid(0, 0), "setpgid");
    say("own group %d", getpgrp() == getpid());
    pid_t grandchild = fork();
    if (grandchild == 0) {
      kill(0, SIGUSR2);
      for (;;) pause_ms(1000);
    }
    for (;;) pause_ms(1000);
  }
  reap("group killed from within", child);
  return 0;
}
