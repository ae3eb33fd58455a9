// execve: new program, same process; arguments, environment, descriptors that stay and that close.
#include "corpus.h"

static int second(int argc, char **argv) {
  say("%d arguments: [%s] [%s] [%s]", argc, argv[2], argv[3], argv[4]);
  say("environment: %s, %s", environ[0], environ[1] ? environ[1] : "nothing more");
  say("the kept descriptor: %s", outcome(fcntl(atoi(argv[5]), F_GETFD)));
  say("the other one: %s", outcome(fcntl(atoi(argv[6]), F_GETFD)));
  say("pid and parent are the same: %d %d", getpid() == atoi(argv[7]), getppid() == atoi(argv[8]));
  return 23;
}

int main(int argc, char **argv) {
  if (argc > 1) return second(argc, argv);
  int kept = dup(1), closed = dup(1);
  must(fcntl(closed, F_SETFD, FD_CLOEXEC), "fcntl");
  pid_t child = fork();
  must(child, "fork");
  if (child == 0) {
    char keep[12], close_[12], me[12], parent[12];
    snprintf(keep, sizeof keep, "%d", kept);
    snprintf(close_, sizeof close_, "%d", closed);
    snprintf(me, sizeof me, "%d", getpid());
    snprintf(parent, sizeof parent, "%d", getppid());
    char *arguments[] = {"self", "second", "one two", "", "three", keep, close_, me, parent, 0};
    char *environment[] = {"COLOUR=blue", 0};
    execve(argv[0], arguments, environment);
    say("execve: %s", error_name(errno));
    _exit(1);
  }
  reap("child", child);
  scratch();
  char *arguments[] = {"x", 0};
  say("no such file: %s", outcome(execve("nowhere", arguments, environ)));
  say("a directory: %s", outcome(execve(".", arguments, environ)));
  say("the empty name: %s", outcome(execve("", arguments, environ)));
  int file = open("text", O_CREAT | O_WRONLY, 0755);
  write(file, "just text\n", 10);
  close(file);
  say("a text: %s", outcome(execve("text", arguments, environ)));
  file = open("plain", O_CREAT | O_WRONLY, 0644);
  close(file);
  say("not executable: %s", outcome(execve("plain", arguments, environ)));
  file = open("empty", O_CREAT | O_WRONLY, 0755);
  close(file);
  say("an empty file: %s", outcome(execve("empty", arguments, environ)));
  say("through a file: %s", outcome(execve("text/x", arguments, environ)));
  unlink("text");
  unlink("plain");
  unlink("empty");
  return 0;
}
