// Orphans: a child learns that it was adopted, and its end is no concern of the grandparent.
#include "corpus.h"

int main(void) {
  int ends[2], status;
  must(pipe(ends), "pipe");
  pid_t middle = fork();
  must(middle, "fork");
  if (middle == 0) {
    pid_t me = getpid();
    if (fork() == 0) {
      while (getppid() == me) pause_ms(1);
      say("the orphan has another parent: %d", getppid() != me);
      write(ends[1], "x", 1);
      _exit(4);
    }
    _exit(3);
  }
  must(waitpid(middle, &status, 0), "waitpid");
  char c;
  read(ends[0], &c, 1);
  say("the orphan is nobody's to wait for here: %s", outcome(wait(&status)));
  return 0;
}
