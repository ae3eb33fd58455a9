// poll: ready at once, woken by another process, timed out, hung up, not open.
#include "corpus.h"

static void show(const char *what, int count, const struct pollfd *files, int n) {
  if (count == -1) return say("%s: %s", what, error_name(errno));
  char text[64];
  int at = 0;
  text[0] = 0;
  for (int i = 0; i < n; i++) at += snprintf(text + at, sizeof text - at, " %x", (unsigned)files[i].revents);
  say("%s: %d ready,%s", what, count, text);
}

int main(void) {
  int a[2], b[2];
  must(pipe(a), "pipe");
  must(pipe(b), "pipe");
  struct pollfd files[3] = {{a[0], POLLIN, 0}, {b[0], POLLIN, 0}, {a[1], POLLOUT, 0}};
  show("nothing to read", poll(files, 2, 0), files, 2);
  show("room to write", poll(files, 3, -1), files, 3);
  show("timed out", poll(files, 2, 20), files, 2);
  pid_t child = fork();
  if (child == 0) {
    pause_ms(10);
    write(b[1], "x", 1);
    pause_ms(30);
    _exit(0);
  }
  show("woken by the child", poll(files, 2, -1), files, 2);
  show("still ready", poll(files, 2, -1), files, 2);
  reap("child", child);
  close(b[1]);
  show("hung up with a byte left", poll(files, 2, -1), files, 2);
  char c;
  read(b[0], &c, 1);
  show("hung up", poll(files, 2, -1), files, 2);
  close(a[0]);
  show("nobody reads any more, and one is closed", poll(files, 3, -1), files, 3);
  files[0].fd = -5;
  files[2].fd = open("/dev/null", O_RDWR);
  files[2].events = POLLIN | POLLOUT;
  show("negative ones are skipped", poll(files, 3, -1), files, 3);
  show("no files", poll(files, 0, 5), files, 0);
  return 0;
}
