// Copy on write: parent, child and grandchild each see their own memory, page by page.
#include "corpus.h"

enum { PAGES = 64, PAGE = 4096 };
static uint8_t room[PAGES * PAGE];

static uint32_t sum(void) {
  uint32_t s = 0;
  for (int i = 0; i < PAGES * PAGE; i += 64) s = s * 31 + room[i];
  return s;
}

int main(void) {
  for (int i = 0; i < PAGES * PAGE; i++) room[i] = i >> 6;
  say("parent %08x", (unsigned)sum());
  pid_t child = fork();
  if (child == 0) {
    for (int i = 0; i < PAGES; i += 2) room[i * PAGE] = 1;
    pid_t grandchild = fork();
    if (grandchild == 0) {
      for (int i = 0; i < PAGES; i += 3) room[i * PAGE + 64] = 2;
      say("grandchild %08x", (unsigned)sum());
      _exit(0);
    }
    reap("grandchild", grandchild);
    say("child %08x", (unsigned)sum());
    for (int i = 0; i < PAGES; i++) room[i * PAGE] = 3;
    say("child %08x", (unsigned)sum());
    _exit(0);
  }
  for (int i = 0; i < PAGES; i++) room[i * PAGE + 128] = 4;
  reap("child", child);
  say("parent %08x", (unsigned)sum());
  char byte = 5;
  int ends[2];
  must(pipe(ends), "pipe");
  child = fork();
  if (child == 0) { // the kernel's own writes copy too
    write(ends[1], &byte, 1);
    read(ends[0], room, 1);
    say("child read %d", room[0]);
    _exit(0);
  }
  reap("child", child);
  say("parent keeps %d", room[0]);
  return 0;
}
