// The helpers that all programs of the corpus share, on both sides.

#include "corpus.h"

void say(const char *format, ...) {
  char line[1024];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line - 1, format, arguments);
  va_end(arguments);
  if (length > (int)sizeof line - 2) length = sizeof line - 2;
  line[length++] = '\n';
  for (int done = 0; done < length;) {
    int n = write(1, line + done, length - done);
    if (n <= 0) _exit(98);
    done += n;
  }
}

void scratch(void) {
#ifdef __riscv
  const char *place = getenv("SCRATCH");
  must(chdir(place ? place : "/tmp"), "chdir to the scratch directory");
#endif
}

const char *error_name(int error) {
  static const struct { int number; const char *name; } names[] = {
    {EPERM, "EPERM"}, {ENOENT, "ENOENT"}, {ESRCH, "ESRCH"}, {EINTR, "EINTR"}, {EIO, "EIO"}, {E2BIG, "E2BIG"},
    {ENOEXEC, "ENOEXEC"}, {EBADF, "EBADF"}, {ECHILD, "ECHILD"}, {EAGAIN, "EAGAIN"}, {ENOMEM, "ENOMEM"},
    {EACCES, "EACCES"}, {EFAULT, "EFAULT"}, {EBUSY, "EBUSY"}, {EEXIST, "EEXIST"}, {EXDEV, "EXDEV"},
    {ENOTDIR, "ENOTDIR"}, {EISDIR, "EISDIR"}, {EINVAL, "EINVAL"}, {EMFILE, "EMFILE"}, {ENOTTY, "ENOTTY"},
    {EFBIG, "EFBIG"}, {ENOSPC, "ENOSPC"}, {ESPIPE, "ESPIPE"}, {EROFS, "EROFS"}, {EPIPE, "EPIPE"},
    {ERANGE, "ERANGE"}, {ENAMETOOLONG, "ENAMETOOLONG"}, {ENOSYS, "ENOSYS"}, {ENOTEMPTY, "ENOTEMPTY"},
    {ELOOP, "ELOOP"}, {EOVERFLOW, "EOVERFLOW"}, {EOPNOTSUPP, "EOPNOTSUPP"},
  };
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (names[i].number == error) return names[i].name;
  return "E?";
}

const char *outcome(long result) { return result == -1 ? error_name(errno) : "ok"; }

const char *ending(int status) {
  static char text[32];
  if (WIFEXITED(status)) snprintf(text, sizeof text, "exit %d", WEXITSTATUS(status));
  else if (WIFSIGNALED(status)) snprintf(text, sizeof text, "signal %d", WTERMSIG(status));
  else snprintf(text, sizeof text, "status %x", status);
  return text;
}

void must(long result, const char *what) {
  if (result != -1) return;
  say("FAILED: %s: %s", what, error_name(errno));
  _exit(99);
}

void reap(const char *who, pid_t child) {
  int status = 0;
  pid_t got = waitpid(child, &status, 0);
  if (got == -1) say("%s: wait gave %s", who, error_name(errno));
  else say("%s: %s", who, ending(status));
}

void pause_ms(int milliseconds) {
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  while (nanosleep(&time, &time) == -1 && errno == EINTR) {}
}
