// Names: hard links, symbolic links, rename over what is there, files that live on without a name.
#include "corpus.h"

static void put(const char *path, const char *text) {
  int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0644);
  must(fd, path);
  write(fd, text, strlen(text));
  close(fd);
}
static void show(const char *path) {
  char text[32] = {0};
  int fd = open(path, O_RDONLY);
  if (fd == -1) return say("  %s: %s", path, error_name(errno));
  read(fd, text, 31);
  close(fd);
  say("  %s: %s", path, text);
}

int main(void) {
  scratch();
  struct stat info, other;
  char text[32] = {0};
  put("a", "first");
  put("b", "second");
  say("link %s", outcome(link("a", "c")));
  say("link over something %s", outcome(link("a", "b")));
  must(stat("a", &info), "stat");
  must(stat("c", &other), "stat");
  say("links %d, the same inode %d", (int)info.st_nlink, info.st_ino == other.st_ino);
  put("c", "changed");
  show("a");
  say("rename %s", outcome(rename("b", "a")));
  show("a");
  show("b");
  show("c");
  say("symlink %s", outcome(symlink("c", "s")));
  show("s");
  say("readlink %d", (int)readlink("s", text, 31));
  say("%s", text);
  say("readlink of a file: %s", outcome(readlink("a", text, 31)));
  must(lstat("s", &info), "lstat");
  say("a link %d, of size %d", S_ISLNK(info.st_mode), (int)info.st_size);
  must(symlink("nowhere", "dangling"), "symlink");
  show("dangling");
  must(symlink("loop2", "loop1"), "symlink");
  must(symlink("loop1", "loop2"), "symlink");
  show("loop1");
  say("O_NOFOLLOW: %s", outcome(open("s", O_RDONLY | O_NOFOLLOW)));
  say("O_EXCL on a link: %s", outcome(open("dangling", O_CREAT | O_EXCL | O_WRONLY, 0644)));
  put("dangling", "through the link");
  show("nowhere");
  mkdir("d", 0755);
  mkdir("d/e", 0755);
  put("d/x", "inside");
  say("file over directory: %s", outcome(rename("a", "d")));
  say("directory over file: %s", outcome(rename("d", "a")));
  say("into itself: %s", outcome(rename("d", "d/e/f")));
  say("directory %s", outcome(rename("d", "g")));
  show("g/x");
  say("to itself %s", outcome(rename("c", "c")));
  say("of nothing: %s", outcome(rename("nothing", "c")));
  int fd = open("c", O_RDONLY);
  must(unlink("c"), "unlink");
  say("unlinked, still read: %d", (int)read(fd, text, 3));
  must(fstat(fd, &info), "fstat");
  say("links %d", (int)info.st_nlink);
  show("s");
  say("unlink twice: %s", outcome(unlink("c")));
  const char *rest[] = {"a", "s", "dangling", "nowhere", "loop1", "loop2", "g/x"};
  for (int i = 0; i < 7; i++) must(unlink(rest[i]), rest[i]);
  must(rmdir("g/e"), "rmdir");
  must(rmdir("g"), "rmdir");
  return 0;
}
