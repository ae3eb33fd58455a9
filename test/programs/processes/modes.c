// umask and modes of what is created.
#include "corpus.h"

static int mode(const char *path) {
  struct stat info;
  must(stat(path, &info), "stat");
  return info.st_mode & 07777;
}

int main(void) {
  scratch();
  umask(022);
  say("the old mask %o", (unsigned)umask(027));
  close(open("f", O_CREAT | O_WRONLY, 0666));
  mkdir("d", 0777);
  say("file %o, directory %o", mode("f"), mode("d"));
  pid_t child = fork();
  if (child == 0) {
    say("inherited %o", (unsigned)umask(0));
    close(open("g", O_CREAT | O_WRONLY, 0751));
    say("file %o", mode("g"));
    _exit(0);
  }
  reap("child", child);
  say("the child's mask was its own: %o", (unsigned)umask(07777));
  say("only nine bits: %o", (unsigned)umask(0));
  unlink("f");
  unlink("g");
  rmdir("d");
  return 0;
}
