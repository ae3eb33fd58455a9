// ppoll: while it waits, the given signals are blocked and no others; what was pending and is let through is acted on.
#include "corpus.h"

static sigset_t none, usr1;

/** What becomes of a child that blocks SIGUSR1 and has it pending, then polls. */
static void pending(const char *what, const sigset_t *mask, int ready, int timeout_ms) {
  pid_t child = fork();
  if (child == 0) {
    int ends[2];
    must(pipe(ends), "pipe");
    if (ready) must(write(ends[1], "x", 1), "write");
    must(sigprocmask(SIG_BLOCK, &usr1, 0), "sigprocmask");
    kill(getpid(), SIGUSR1);
    struct pollfd file = {ends[0], POLLIN, 0};
    struct timespec timeout = {0};
    timeout.tv_nsec = timeout_ms * 1000000;
    int count = ppoll(&file, 1, &timeout, mask);
    say("%s: %d ready", what, count);
    _exit(0);
  }
  reap(what, child);
}

int main(void) {
  sigemptyset(&none);
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  pending("without a mask", 0, 0, 5);
  pending("still blocked", &usr1, 0, 5);
  pending("let through", &none, 0, 5);
  pending("let through, only looks", &none, 0, 0);
  pending("let through, but ready", &none, 1, 5);
  pid_t child = fork();
  if (child == 0) {
    must(sigprocmask(SIG_BLOCK, &usr1, 0), "sigprocmask");
    ppoll(0, 0, 0, &none);
    say("not reached");
  }
  pause_ms(20);
  kill(child, SIGUSR1);
  reap("killed while it waits", child);
  child = fork();
  if (child == 0) {
    struct timespec timeout = {0};
    timeout.tv_nsec = 60000000;
    say("blocked while it waits: %d", ppoll(0, 0, &timeout, &usr1));
    say("not reached");
  }
  pause_ms(20);
  kill(child, SIGUSR1);
  reap("killed after the wait", child);
  return 0;
}
