// A pipe holds 64 KiB; a writer that does not want to wait is told so, and small writes are all or nothing.
#include "corpus.h"

static char block[4096], large[100000];

int main(void) {
  int ends[2], total = 0, n;
  must(pipe2(ends, O_NONBLOCK), "pipe2");
  say("empty: %s", outcome(read(ends[0], block, 1)));
  while ((n = write(ends[1], block, sizeof block)) > 0) total += n;
  say("holds %d, then %s", total, outcome(n));
  say("read %d", (int)read(ends[0], block, 4095));
  say("a page into 4095 bytes: %s", outcome(write(ends[1], block, 4096)));
  say("read %d", (int)read(ends[0], block, 1));
  say("a page into a page: %d", (int)write(ends[1], block, 4096));
  say("flags %d", (fcntl(ends[1], F_GETFL) & O_NONBLOCK) != 0);
  must(fcntl(ends[1], F_SETFL, 0), "fcntl");
  pid_t child = fork();
  if (child == 0) { // blocks, until the parent has made room
    close(ends[0]);
    say("the child wrote %d", (int)write(ends[1], large, sizeof large));
    _exit(0);
  }
  close(ends[1]);
  must(fcntl(ends[0], F_SETFL, 0), "fcntl");
  total = 0;
  while ((n = read(ends[0], large, 777)) > 0) total += n;
  reap("writer", child);
  say("the parent read %d", total);
  return 0;
}
