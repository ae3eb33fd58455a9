// A tree of processes, three children to a node: every node adds up its children's exit statuses.
#include "corpus.h"

static int grow(int depth) {
  int sum = 1;
  for (int i = 0; depth < 3 && i < 3; i++) {
    pid_t child = fork();
    must(child, "fork");
    if (child == 0) _exit(grow(depth + 1));
    int status;
    must(waitpid(child, &status, 0), "waitpid");
    sum += WEXITSTATUS(status);
  }
  return sum;
}

int main(void) {
  say("%d processes", grow(0));
  return 0;
}
