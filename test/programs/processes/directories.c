// Directories: made, listed, entered, removed, and what is refused.
#include "corpus.h"

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void list(const char *path) {
  char *names[50];
  int count = 0;
  DIR *directory = opendir(path);
  if (!directory) return say("opendir: %s", error_name(errno));
  for (struct dirent *entry; (entry = readdir(directory));) {
    char *name = malloc(60);
    snprintf(name, 60, "%s %s", entry->d_name, entry->d_type == DT_DIR ? "directory" : entry->d_type == DT_REG ? "file" : "other");
    names[count++] = name;
  }
  closedir(directory);
  qsort(names, count, sizeof names[0], by_name);
  for (int i = 0; i < count; i++) say("  %s", names[i]);
}

int main(void) {
  scratch();
  char path[256];
  struct stat info;
  say("mkdir %s", outcome(mkdir("d", 0755)));
  say("mkdir again %s", outcome(mkdir("d", 0755)));
  say("mkdir below nothing %s", outcome(mkdir("x/y", 0755)));
  must(stat("d", &info), "stat");
  say("directory %d, links %d", S_ISDIR(info.st_mode), (int)info.st_nlink);
  mkdir("d/e", 0755);
  must(stat("d", &info), "stat");
  say("links with a directory below %d", (int)info.st_nlink);
  for (int i = 0; i < 30; i++) {
    snprintf(path, sizeof path, "d/file-%02d", i * 7 % 30);
    close(open(path, O_CREAT | O_WRONLY, 0644));
  }
  list("d");
  say("rmdir %s", outcome(rmdir("d")));
  say("unlink of a directory %s", strcmp(outcome(unlink("d/e")), "ok") ? "refused" : "done");
  say("rmdir of a file %s", outcome(rmdir("d/file-00")));
  must(getcwd(path, sizeof path) ? 0 : -1, "getcwd");
  int size = strlen(path);
  must(chdir("d/e"), "chdir");
  must(getcwd(path, sizeof path) ? 0 : -1, "getcwd");
  say("in %s", path + size);
  say("up and down %s", outcome(chdir("../../d/./e/..")));
  must(getcwd(path, sizeof path) ? 0 : -1, "getcwd");
  say("in %s", path + size);
  say("too small: %s", getcwd(path, 2) ? "given" : error_name(errno));
  say("into a file: %s", outcome(chdir("file-01")));
  say("into nothing: %s", outcome(chdir("nothing")));
  for (int i = 0; i < 30; i++) {
    snprintf(path, sizeof path, "file-%02d", i);
    must(unlink(path), "unlink");
  }
  must(rmdir("e"), "rmdir");
  say("rmdir of .: %s", outcome(rmdir(".")));
  must(chdir(".."), "chdir");
  say("rmdir %s", outcome(rmdir("d")));
  list("d");
  say("a child's directory is its own");
  mkdir("f", 0755);
  pid_t child = fork();
  if (child == 0) {
    must(chdir("f"), "chdir");
    _exit(0);
  }
  reap("child", child);
  say("rmdir from here %s", outcome(rmdir("f")));
  return 0;
}
