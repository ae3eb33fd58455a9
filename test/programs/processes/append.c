// O_APPEND: every write goes to the end, whoever makes it and wherever the offset is.
#include "corpus.h"

int main(void) {
  scratch();
  unlink("log");
  int a = open("log", O_CREAT | O_WRONLY | O_APPEND, 0644), b = open("log", O_WRONLY | O_APPEND);
  must(a, "open");
  pid_t child = fork();
  must(child, "fork");
  for (int i = 0; i < 50; i++) write(child ? a : b, child ? "parent\n" : "child!\n", 7);
  if (child == 0) _exit(0);
  reap("child", child);
  lseek(a, 0, SEEK_SET);
  write(a, "end", 3);
  struct stat info;
  must(fstat(a, &info), "fstat");
  say("size %d, append flag %d", (int)info.st_size, (fcntl(a, F_GETFL) & O_APPEND) != 0);
  int r = open("log", O_RDONLY), parents = 0, children = 0;
  char line[8] = {0};
  while (read(r, line, 7) == 7) parents += !strcmp(line, "parent\n"), children += !strcmp(line, "child!\n");
  say("%d and %d, then %.3s", parents, children, line);
  unlink("log");
  return 0;
}
