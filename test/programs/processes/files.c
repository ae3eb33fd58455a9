// Files: how they are opened, holes, truncation, what the modes allow.
#include "corpus.h"

int main(void) {
  scratch();
  struct stat info;
  char buffer[32];
  say("not there: %s", outcome(open("file", O_RDONLY)));
  int fd = open("file", O_CREAT | O_EXCL | O_RDWR, 0640);
  say("created: %s", outcome(fd));
  say("created twice: %s", outcome(open("file", O_CREAT | O_EXCL | O_RDWR, 0640)));
  say("written %d", (int)write(fd, "abcdef", 6));
  say("beyond the end at %d", (int)lseek(fd, 5000, SEEK_SET));
  say("written %d", (int)write(fd, "z", 1));
  must(fstat(fd, &info), "fstat");
  say("size %d, regular %d, mode %o, links %d", (int)info.st_size, S_ISREG(info.st_mode), (unsigned)info.st_mode & 0777,
      (int)info.st_nlink);
  memset(buffer, 'x', sizeof buffer);
  say("the hole reads %d bytes", (int)pread(fd, buffer, 10, 3));
  say("%d %d", buffer[2], buffer[3]);
  say("past the end: %d", (int)pread(fd, buffer, 10, 9000));
  say("shorter: %s", outcome(ftruncate(fd, 3)));
  say("longer: %s", outcome(ftruncate(fd, 8)));
  memset(buffer, 'x', sizeof buffer);
  say("%d bytes", (int)pread(fd, buffer, 20, 0));
  say("[%.3s], %d", buffer, buffer[7]);
  say("negative length: %s", outcome(ftruncate(fd, -1)));
  int reader = open("file", O_RDONLY);
  say("write on a reader: %s", outcome(write(reader, "x", 1)));
  say("truncate a reader: %s", outcome(ftruncate(reader, 0)));
  int writer = open("file", O_WRONLY | O_TRUNC);
  say("read on a writer: %s", outcome(read(writer, buffer, 1)));
  must(stat("file", &info), "stat");
  say("O_TRUNC: size %d", (int)info.st_size);
  say("a directory to write: %s", outcome(open(".", O_WRONLY)));
  say("a directory to read: %s", outcome(read(open(".", O_RDONLY), buffer, 1)));
  say("a file as a directory: %s", outcome(open("file", O_RDONLY | O_DIRECTORY)));
  say("a slash behind a file: %s", outcome(open("file/", O_RDONLY)));
  say("the empty name: %s", outcome(open("", O_RDONLY)));
  memset(buffer, 'n', sizeof buffer);
  static char name[300];
  memset(name, 'n', 256);
  say("a long name: %s", outcome(open(name, O_RDONLY)));
  struct iovec parts[3] = {{"one ", 4}, {"", 0}, {"two", 3}};
  say("writev %d", (int)writev(writer, parts, 3));
  char left[5] = {0}, right[5] = {0};
  struct iovec into[2] = {{left, 4}, {right, 4}};
  say("readv %d", (int)readv(reader, into, 2));
  say("[%s] [%s]", left, right);
  say("access: %s", outcome(access("file", F_OK)));
  say("to read: %s", outcome(access("file", R_OK)));
  say("of nothing: %s", outcome(access("nothing", F_OK)));
  unlink("file");
  return 0;
}
