// Descriptor numbers: always the lowest free one, dup2, fcntl, limits.
#include "corpus.h"

int main(void) {
  for (int fd = 3; fd < 20; fd++) close(fd);
  int a = dup(1), b = dup(1), c = dup(1);
  say("%d %d %d", a, b, c);
  close(b);
  close(a);
  a = dup(1);
  b = dup(1);
  say("%d %d", a, b);
  say("dup2 %d", dup2(1, 9));
  say("onto itself %d", dup2(9, 9));
  close(8);
  say("dup2 of a closed one: %s", outcome(dup2(8, 10)));
  say("onto itself: %s", outcome(dup2(8, 8)));
  say("dup2 to -1: %s", outcome(dup2(1, -1)));
  say("dup3 onto itself: %s", outcome(dup3(9, 9, 0)));
  say("dup3 with odd flags: %s", outcome(dup3(9, 10, 1)));
  say("F_DUPFD %d", fcntl(1, F_DUPFD, 7));
  say("F_DUPFD %d", fcntl(1, F_DUPFD, 7));
  say("F_DUPFD_CLOEXEC %d", fcntl(1, F_DUPFD_CLOEXEC, 12));
  say("flag %d", fcntl(12, F_GETFD));
  say("F_SETFD %d", fcntl(12, F_SETFD, 0));
  say("flag %d", fcntl(12, F_GETFD));
  say("an unknown command: %s", outcome(fcntl(1, 4711)));
  say("close %s", outcome(close(12)));
  say("again %s", outcome(close(12)));
  say("close of -1: %s", outcome(close(-1)));
  struct rlimit limit = {14, 14};
  must(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
  int last = 0, fd;
  while ((fd = dup(1)) != -1) last = fd;
  say("the last is %d, then %s", last, error_name(errno));
  int ends[2];
  say("pipe: %s", outcome(pipe(ends)));
  close(13);
  say("pipe with one left: %s", outcome(pipe(ends)));
  say("that one is free again: %d", dup(1));
  say("open: %s", outcome(open("/", O_RDONLY)));
  say("dup2 beyond the limit: %s", outcome(dup2(1, 14)));
  say("F_DUPFD beyond the limit: %s", outcome(fcntl(1, F_DUPFD, 14)));
  must(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  say("the limit is %d", (int)limit.rlim_cur);
  return 0;
}
