// Shared anonymous memory: what the child writes, the parent reads.
#include "corpus.h"

int main(void) {
  volatile int32_t *page = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  must(page == MAP_FAILED ? -1 : 0, "mmap");
  page[0] = 1;
  pid_t child = fork();
  if (child == 0) {
    page[0] += 10;
    page[1500] = 77; // not touched before the fork
    for (int i = 0; i < 1000; i++) __atomic_fetch_add(&page[2], 1, __ATOMIC_SEQ_CST);
    _exit(0);
  }
  for (int i = 0; i < 1000; i++) __atomic_fetch_add(&page[2], 1, __ATOMIC_SEQ_CST);
  reap("child", child);
  say("%d %d %d", page[0], page[1500], page[2]);
  return 0;
}
