// Pipes: bytes in order, end of file, broken pipes, descriptors that refuse the other direction.
#include "corpus.h"

int main(void) {
  int ends[2];
  char buffer[16] = {0};
  must(pipe(ends), "pipe");
  say("written %d", (int)write(ends[1], "hello", 5));
  say("read %d", (int)read(ends[0], buffer, 2));
  say("read %d", (int)read(ends[0], buffer + 2, 10));
  say("[%s]", buffer);
  say("write to the reading end: %s", outcome(write(ends[0], "x", 1)));
  say("read from the writing end: %s", outcome(read(ends[1], buffer, 1)));
  say("seek: %s", outcome(lseek(ends[0], 0, SEEK_SET)));
  say("read of nothing: %d", (int)read(ends[0], buffer, 0));
  write(ends[1], "last", 4);
  close(ends[1]);
  for (int i = 0; i < 3; i++) say("read %d", (int)read(ends[0], buffer, 16));
  close(ends[0]);
  must(pipe(ends), "pipe");
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    pause_ms(5);
    write(ends[1], "x", 1);
    _exit(0);
  }
  close(ends[0]);
  close(ends[1]);
  reap("nobody reads", child);
  must(pipe(ends), "pipe");
  child = fork();
  if (child == 0) {
    signal(SIGPIPE, SIG_IGN);
    close(ends[0]);
    pause_ms(5);
    say("with SIGPIPE ignored: %s", outcome(write(ends[1], "x", 1)));
    _exit(0);
  }
  close(ends[0]);
  close(ends[1]);
  reap("ignored", child);
  say("O_CLOEXEC: %s", outcome(pipe2(ends, O_CLOEXEC)));
  say("flags %d %d", fcntl(ends[0], F_GETFD), fcntl(ends[1], F_GETFD));
  say("modes %d %d", fcntl(ends[0], F_GETFL) & O_ACCMODE, fcntl(ends[1], F_GETFL) & O_ACCMODE);
  return 0;
}
