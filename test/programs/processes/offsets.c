// Descriptors made by dup and by fork share one offset; two opens of one file do not.
#include "corpus.h"

static void show(const char *name, int fd) { say("%s at %d", name, (int)lseek(fd, 0, SEEK_CUR)); }

int main(void) {
  scratch();
  int a = open("shared", O_CREAT | O_TRUNC | O_RDWR, 0644), b = dup(a), c = open("shared", O_RDWR);
  must(a, "open");
  write(a, "0123456789", 10);
  show("a", a);
  show("its copy", b);
  show("another open", c);
  lseek(b, 3, SEEK_SET);
  show("a after seeking the copy", a);
  pid_t child = fork();
  if (child == 0) {
    char two[3] = {0};
    read(a, two, 2);
    say("child read %s", two);
    _exit(0);
  }
  reap("child", child);
  show("a after the child read", a);
  char one[2] = {0};
  pread(a, one, 1, 8);
  say("pread gave %s", one);
  show("a after pread", a);
  pwrite(c, "XY", 2, 0);
  show("the other after pwrite", c);
  close(a);
  show("the copy after closing a", b);
  say("closed: %s", outcome(lseek(a, 0, SEEK_CUR)));
  say("to the end %d", (int)lseek(b, -2, SEEK_END));
  say("before the start: %s", outcome(lseek(b, -20, SEEK_CUR)));
  say("of an unknown kind: %s", outcome(lseek(b, 0, 9)));
  unlink("shared");
  return 0;
}
