// /dev/null and /dev/zero; what is a terminal and what is not.
#include "corpus.h"

int main(void) {
  char buffer[100];
  struct stat info;
  int null = open("/dev/null", O_RDWR), zero = open("/dev/zero", O_RDWR), random = open("/dev/urandom", O_RDONLY);
  say("null: written %d", (int)write(null, "abc", 3));
  say("null: read %d", (int)read(null, buffer, 10));
  memset(buffer, 1, sizeof buffer);
  say("zero: written %d", (int)write(zero, "abc", 3));
  say("zero: read %d", (int)read(zero, buffer, 100));
  say("the last byte: %d", buffer[99]);
  must(fstat(null, &info), "fstat");
  say("a character device: %d", S_ISCHR(info.st_mode));
  say("random: read %d", (int)read(random, buffer, 100));
  int differ = 0;
  for (int i = 1; i < 100; i++) differ += buffer[i] != buffer[0];
  say("bytes differ: %d", differ > 50);
  say("terminals: %d %d", isatty(null), isatty(zero));
  say("not open: %d", isatty(77));
  say("because of %s", error_name(errno));
  int ends[2];
  must(pipe(ends), "pipe");
  must(fstat(ends[0], &info), "fstat");
  say("a pipe: %d, a terminal: %d", S_ISFIFO(info.st_mode), isatty(ends[0]));
  return 0;
}
