// A program that ends leaves its children running: they are nobody's burden.
#include "corpus.h"

int main(void) {
  for (int i = 0; i < 3; i++) {
    if (fork() == 0) {
      close(1);
      close(2);
      pause_ms(20);
      _exit(0);
    }
  }
  say("not waiting");
  return 17;
}
