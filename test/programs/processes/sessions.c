// Sessions: setsid makes a leader of session and group; a leader cannot make another or move.
#include "corpus.h"

int main(void) {
  pid_t session = getsid(0);
  pid_t child = fork();
  must(child, "fork");
  if (child == 0) {
    say("the child is in the parent's session: %d", getsid(0) == session);
    pid_t made = setsid();
    say("setsid gives its pid: %d", made == getpid());
    say("session %d, group %d", getsid(0) == getpid(), getpgrp() == getpid());
    say("setsid again: %s", outcome(setsid()));
    say("a session leader moves: %s", outcome(setpgid(0, 0)));
    pid_t grandchild = fork();
    if (grandchild == 0) {
      say("the grandchild inherits session %d and group %d", getsid(0) == made, getpgrp() == made);
      _exit(0);
    }
    reap("grandchild", grandchild);
    say("into a group of another session: %s", outcome(setpgid(0, session)));
    _exit(0);
  }
  reap("child", child);
  say("session of nobody: %s", outcome(getsid(999999)));
  return 0;
}
