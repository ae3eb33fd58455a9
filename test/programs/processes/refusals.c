// Calls that Linux refuses, or does by half: descriptors of processes, clocks that wake nobody, buffers that end too soon.
#include "corpus.h"

static char data[12000];

/** A page that can be written, and none after it. */
static char *last_page(void) {
  char *pages = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  must(munmap(pages + 4096, 4096), "munmap");
  return pages;
}

static int filled(int count) {
  int ends[2];
  must(pipe(ends), "pipe");
  must(write(ends[1], data, count), "write");
  close(ends[1]);
  return ends[0];
}

/** Tells what the read gave and what is left to be read. */
static void tell(const char *what, long got, int fd) {
  const char *how = outcome(got);
  say("%s: %s %ld, then %ld", what, how, got, (long)read(fd, data, sizeof data));
  close(fd);
}

int main(void) {
  siginfo_t info;
  int file = open("/dev/null", O_RDWR);
  say("waitid for a descriptor: %s", outcome(waitid((idtype_t)3, 99, &info, WEXITED)));
  say("for one of a file: %s", outcome(waitid((idtype_t)3, file, &info, WEXITED)));
  say("for a negative one: %s", outcome(waitid((idtype_t)3, -1, &info, WEXITED)));
  say("without options: %s", outcome(waitid((idtype_t)3, 99, &info, 0)));
  say("of an unknown kind: %s", outcome(waitid((idtype_t)4, 1, &info, WEXITED)));

  char *page = last_page(), *end = page + 4096;
  int fd = filled(100);
  tell("a pipe into ten bytes", read(fd, end - 10, 100), fd);
  fd = filled(100);
  tell("ten bytes of a pipe", read(fd, end - 10, 10), fd);
  fd = filled(10000);
  tell("a pipe into a page", read(fd, page, 10000), fd);
  fd = filled(10000);
  tell("a pipe into less than a page", read(fd, page + 10, 10000), fd);
  struct iovec parts[2] = {{data, 5}, {end, 10}};
  fd = filled(15);
  tell("a pipe into a good part and a bad one", readv(fd, parts, 2), fd);

  scratch();
  fd = open("data", O_CREAT | O_RDWR, 0644);
  must(write(fd, data, 10000), "write");
  lseek(fd, 0, SEEK_SET);
  say("a file into ten bytes: %ld", (long)read(fd, end - 10, 100));
  say("at %ld", (long)lseek(fd, 0, SEEK_CUR));
  say("into none: %s", outcome(read(fd, end, 100)));
  say("into a good part and a bad one: %ld", (long)readv(fd, parts, 2));
  tell("a file into a page", read(fd, page, 10000), fd);
  return 0;
}
