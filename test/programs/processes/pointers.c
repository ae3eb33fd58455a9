// Bad pointers: the call fails with EFAULT, and nothing else happens.
#include "corpus.h"

int main(void) {
  scratch();
  void *bad = (void *)4;
  int ends[2];
  must(pipe(ends), "pipe");
  say("write: %s", outcome(write(ends[1], bad, 10)));
  write(ends[1], "x", 1);
  say("read: %s", outcome(read(ends[0], bad, 10)));
  say("pipe: %s", outcome(pipe(bad)));
  say("open: %s", outcome(open(bad, O_RDONLY)));
  say("stat: %s", outcome(mkdir(bad, 0755)));
  say("chdir: %s", outcome(chdir(bad)));
  say("waitid: %s", outcome(waitid(P_ALL, 0, bad, WEXITED)));
  say("getrandom: %s", outcome(getrandom(bad, 10, 0)));
  say("uname: %s", outcome(uname(bad)));
  say("writev: %s", outcome(writev(ends[1], bad, 2)));
  int fd = open("edge", O_CREAT | O_TRUNC | O_RDWR, 0644);
  char *page = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  must(munmap(page + 4096, 4096), "munmap");
  memset(page, 'y', 4096);
  say("across an edge: %d", (int)write(fd, page + 4090, 20));
  lseek(fd, 0, SEEK_SET);
  say("and back: %d", (int)read(fd, page + 4093, 6));
  must(mprotect(page, 4096, PROT_READ), "mprotect");
  say("read into what is read only: %s", outcome(read(fd, page, 1)));
  unlink("edge");
  return 0;
}
