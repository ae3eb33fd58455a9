// What a program is started with: arguments, environment, standard input.
#include "corpus.h"

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) say("argument %d: [%s]", i, argv[i]);
  say("argv ends with %s", argv[argc] ? "something" : "null");
  say("the stack is aligned: %s", (uintptr_t)__builtin_frame_address(0) % 16 == 0 ? "yes" : "no");
  char buffer[100];
  int total = 0, n;
  while ((n = read(0, buffer, sizeof buffer)) > 0) total += n;
  say("standard input: %d bytes, last %d", total, total ? buffer[(total - 1) % 100] : -1);
  return argc;
}
