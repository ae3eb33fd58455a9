// fork: who is who, exit codes, and memory that parts ways in data, bss, heap, stack and mapping.
#include "corpus.h"

static int data = 1;
static int zero;

int main(void) {
  int local = 3;
  int *heap = malloc(sizeof *heap);
  int *mapped = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  *heap = 4;
  *mapped = 5;
  pid_t parent = getpid();
  pid_t child = fork();
  must(child, "fork");
  if (child == 0) {
    say("child: my parent is the forker: %d, I am another: %d", getppid() == parent, getpid() != parent);
    say("child sees %d %d %d %d %d", data, zero, local, *heap, *mapped);
    data = zero = local = *heap = *mapped = 9;
    say("child sets %d %d %d %d %d", data, zero, local, *heap, *mapped);
    _exit(7);
  }
  int status;
  say("wait gives the child: %d", wait(&status) == child);
  say("%s", ending(status));
  say("parent sees %d %d %d %d %d", data, zero, local, *heap, *mapped);
  say("wait: %s", outcome(wait(&status)));
  return 0;
}
