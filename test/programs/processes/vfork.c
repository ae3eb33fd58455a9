// vfork: the child borrows the parent's memory, and the parent waits for its exit or exec.
#include "corpus.h"

static volatile int shared;

int main(int argc, char **argv) {
  if (argc > 1) {
    pause_ms(10); // from exec on, both run
    say("executed");
    return 12;
  }
  pid_t child = vfork();
  if (child == 0) {
    shared = 42;
    _exit(5);
  }
  say("the child wrote into the parent's memory: %d", shared);
  reap("ended", child);
  child = vfork();
  if (child == 0) {
    char *arguments[] = {argv[0], "again", 0};
    shared = 43;
    execv(argv[0], arguments);
    _exit(1);
  }
  say("it did so before exec: %d", shared);
  reap("executed", child);
  child = vfork();
  if (child == 0) {
    char *arguments[] = {"x", 0};
    execv("/no/such/program", arguments);
    shared = errno == ENOENT;
    _exit(6);
  }
  say("exec failed in the child: %d", shared);
  reap("failed", child);
  return 0;
}
