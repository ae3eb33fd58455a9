// waitid's options: WNOHANG, WNOWAIT, whom to wait for, what is refused.
#include "corpus.h"

static pid_t spawn(int code, int gate) {
  pid_t pid = fork();
  must(pid, "fork");
  if (pid == 0) {
    char c;
    if (gate >= 0) read(gate, &c, 1);
    _exit(code);
  }
  return pid;
}

static void show(const char *what, long result, const siginfo_t *info, pid_t expected) {
  if (result == -1) say("%s: %s", what, error_name(errno));
  else if (info->si_pid == 0) say("%s: nobody", what);
  else say("%s: the expected %d, code %d, status %d, signal %d", what, info->si_pid == expected, info->si_code, info->si_status,
           info->si_signo == SIGCHLD);
}

int main(void) {
  siginfo_t info;
  int gate[2];
  memset(&info, 0xff, sizeof info);
  show("no children", waitid(P_ALL, 0, &info, WEXITED), &info, 0);
  must(pipe(gate), "pipe");
  pid_t waiting = spawn(3, gate[0]);
  memset(&info, 0xff, sizeof info);
  show("WNOHANG", waitid(P_ALL, 0, &info, WEXITED | WNOHANG), &info, 0);
  show("WNOHANG for its pid", waitid(P_PID, waiting, &info, WEXITED | WNOHANG), &info, 0);
  show("for a stranger", waitid(P_PID, 1, &info, WEXITED | WNOHANG), &info, 0);
  show("for another group", waitid(P_PGID, 999999, &info, WEXITED | WNOHANG), &info, 0);
  show("without options", waitid(P_ALL, 0, &info, 0), &info, 0);
  show("of an unknown kind", waitid(7, 0, &info, WEXITED), &info, 0);
  pid_t other = spawn(4, -1);
  show("WNOWAIT", waitid(P_PID, other, &info, WEXITED | WNOWAIT), &info, other);
  show("WNOWAIT again", waitid(P_ALL, 0, &info, WEXITED | WNOWAIT), &info, other);
  show("for good", waitid(P_ALL, 0, &info, WEXITED), &info, other);
  show("once more", waitid(P_PID, other, &info, WEXITED), &info, other);
  write(gate[1], "x", 1);
  show("its own group", waitid(P_PGID, getpgrp(), &info, WEXITED), &info, waiting);
  pid_t grouped = spawn(6, gate[0]);
  must(setpgid(grouped, grouped), "setpgid");
  show("group 0 is one's own", waitpid(0, 0, 0), &info, 0);
  kill(-grouped, SIGTERM);
  show("a group by number", waitid(P_PGID, grouped, &info, WEXITED), &info, grouped);
  pid_t last = spawn(300, -1);
  show("the status keeps 8 bits", waitid(P_PID, last, &info, WEXITED), &info, last);
  last = spawn(8, -1);
  say("without siginfo: %s", outcome(waitid(P_PID, last, 0, WEXITED)));
  say("waitpid for nobody: %s", outcome(waitpid(-1, 0, WNOHANG)));
  return 0;
}
