// mmap, mprotect, munmap: what may be touched, and what it costs to touch the rest.
#include "corpus.h"

enum { PAGE = 4096 };

static char *map(int pages, int protection) {
  char *at = mmap(0, pages * PAGE, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  must(at == MAP_FAILED ? -1 : 0, "mmap");
  return at;
}

static void try_(const char *what, volatile char *at, int store) {
  pid_t child = fork();
  must(child, "fork");
  if (child == 0) {
    if (store) *at = 1;
    else (void)*at;
    _exit(0);
  }
  reap(what, child);
}

int main(void) {
  char *a = map(4, PROT_READ | PROT_WRITE);
  say("aligned %d, zero %d", (uintptr_t)a % PAGE == 0, a[0] | a[4 * PAGE - 1]);
  a[0] = a[PAGE] = a[2 * PAGE] = a[3 * PAGE] = 7;
  must(munmap(a + PAGE, PAGE), "munmap");
  try_("before the hole", a, 0);
  try_("in the hole", a + PAGE, 0);
  try_("after the hole", a + 2 * PAGE, 1);
  say("into the hole: %d", mmap(a + PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == a + PAGE);
  say("fresh %d, its neighbours kept %d %d", a[PAGE], a[0], a[2 * PAGE]);
  try_("read only: load", a + PAGE, 0);
  try_("read only: store", a + PAGE, 1);
  must(mprotect(a + 2 * PAGE, PAGE, PROT_READ), "mprotect");
  try_("protected: load", a + 2 * PAGE, 0);
  try_("protected: store", a + 2 * PAGE, 1);
  try_("the page behind", a + 3 * PAGE, 1);
  must(mprotect(a + 2 * PAGE, PAGE, PROT_READ | PROT_WRITE), "mprotect");
  try_("opened again: store", a + 2 * PAGE, 1);
  char *none = map(1, PROT_NONE);
  try_("no access: load", none, 0);
  must(mprotect(none, PAGE, PROT_READ | PROT_WRITE), "mprotect");
  try_("then given: store", none, 1);
  say("of nothing: %s", outcome(munmap(none + PAGE * 100, 0)));
  say("misaligned: %s", outcome(munmap(a + 1, PAGE)));
  say("mmap of 0 bytes: %s", mmap(0, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? error_name(errno) : "ok");
  say("mmap of a bad descriptor: %s", mmap(0, PAGE, PROT_READ, MAP_PRIVATE, 99, 0) == MAP_FAILED ? error_name(errno) : "ok");
  say("neither private nor shared: %s", mmap(0, PAGE, PROT_READ, MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? error_name(errno) : "ok");

  scratch();
  int fd = open("mapped", O_CREAT | O_TRUNC | O_RDWR, 0644);
  for (int i = 0; i < 1500; i++) write(fd, "abcdefg\n", 8);
  char *text = mmap(0, 12000, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  char *second = mmap(0, PAGE, PROT_READ, MAP_PRIVATE, fd, PAGE);
  must(text == MAP_FAILED || second == MAP_FAILED ? -1 : 0, "mmap");
  close(fd);
  unlink("mapped");
  say("file %.7s %.7s %.7s, behind its end %d", text, text + 8000, second, text[12000]);
  text[1] = 'X';
  say("a private change %.7s", text);
  try_("beyond the file's last page", second + PAGE, 0);
  return 0;
}
