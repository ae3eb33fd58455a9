// The system calls of riscv32 Linux as C functions: arguments as the kernel wants them, errno from a0.

#include "posix.h"

int errno;
char **environ;

static long call(long number, long a, long b, long c, long d, long e, long f) {
  register long a7 asm("a7") = number;
  register long a0 asm("a0") = a;
  register long a1 asm("a1") = b;
  register long a2 asm("a2") = c;
  register long a3 asm("a3") = d;
  register long a4 asm("a4") = e;
  register long a5 asm("a5") = f;
  asm volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5) : "memory");
  if ((unsigned long)a0 <= (unsigned long)-4096) return a0;
  errno = -a0;
  return -1;
}

#define CALL0(n) call(n, 0, 0, 0, 0, 0, 0)
#define CALL1(n, a) call(n, (long)(a), 0, 0, 0, 0, 0)
#define CALL2(n, a, b) call(n, (long)(a), (long)(b), 0, 0, 0, 0)
#define CALL3(n, a, b, c) call(n, (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define CALL4(n, a, b, c, d) call(n, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)
#define CALL5(n, a, b, c, d, e) call(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)
#define CALL6(n, a, b, c, d, e, f) call(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

// Processes
void _exit(int code) {
  for (;;) CALL1(94, code);
}
void exit(int code) { _exit(code); }
void abort(void) {
  kill(getpid(), SIGABRT);
  _exit(127);
}
pid_t fork(void) { return CALL2(220, SIGCHLD, 0); }
int execve(const char *path, char *const argv[], char *const envp[]) { return CALL3(221, path, argv, envp); }
int execv(const char *path, char *const argv[]) { return execve(path, argv, environ); }
pid_t getpid(void) { return CALL0(172); }
pid_t getppid(void) { return CALL0(173); }
pid_t getpgid(pid_t pid) { return CALL1(155, pid); }
pid_t getpgrp(void) { return getpgid(0); }
pid_t getsid(pid_t pid) { return CALL1(156, pid); }
pid_t setsid(void) { return CALL0(157); }
int setpgid(pid_t pid, pid_t group) { return CALL2(154, pid, group); }
uid_t getuid(void) { return CALL0(174); }
uid_t geteuid(void) { return CALL0(175); }
int kill(pid_t pid, int signal) { return CALL2(129, pid, signal); }
int sched_yield(void) { return CALL0(124); }

int waitid(idtype_t type, id_t id, siginfo_t *info, int options) {
  return CALL5(95, type, id, info, options, 0);
}

pid_t waitpid(pid_t pid, int *status, int options) {
  siginfo_t info = {0};
  idtype_t type = pid == -1 ? P_ALL : pid > 0 ? P_PID : P_PGID;
  if (waitid(type, pid < -1 ? -pid : pid == -1 ? 0 : pid, &info, options | WEXITED) == -1) return -1;
  if (status && info.si_pid) *status = info.si_code == CLD_EXITED ? (info.si_status & 255) << 8 : info.si_status;
  return info.si_pid;
}

pid_t wait(int *status) { return waitpid(-1, status, 0); }

void (*signal(int number, void (*handler)(int)))(int) {
  struct { void (*handler)(int); uint32_t flags, mask[2]; } action = {handler, 0, {0, 0}}, old = {0, 0, {0, 0}};
  return CALL4(134, number, &action, &old, 8) == -1 ? (void (*)(int))-1 : old.handler;
}

int sigemptyset(sigset_t *set) {
  set->words[0] = set->words[1] = 0;
  return 0;
}
int sigaddset(sigset_t *set, int signal) {
  set->words[(signal - 1) / 32] |= 1u << (signal - 1) % 32;
  return 0;
}
int sigprocmask(int how, const sigset_t *set, sigset_t *old) { return CALL4(135, how, set, old, 8); }

// Files
ssize_t read(int fd, void *buffer, size_t size) { return CALL3(63, fd, buffer, size); }
ssize_t write(int fd, const void *buffer, size_t size) { return CALL3(64, fd, buffer, size); }
ssize_t readv(int fd, const struct iovec *parts, int count) { return CALL3(65, fd, parts, count); }
ssize_t writev(int fd, const struct iovec *parts, int count) { return CALL3(66, fd, parts, count); }
ssize_t pread(int fd, void *buffer, size_t size, off_t at) { return CALL5(67, fd, buffer, size, at, at >> 32); }
ssize_t pwrite(int fd, const void *buffer, size_t size, off_t at) { return CALL5(68, fd, buffer, size, at, at >> 32); }
int close(int fd) { return CALL1(57, fd); }
int pipe2(int ends[2], int flags) { return CALL2(59, ends, flags); }
int pipe(int ends[2]) { return pipe2(ends, 0); }
int dup(int fd) { return CALL1(23, fd); }
int dup3(int fd, int to, int flags) { return CALL3(24, fd, to, flags); }
int dup2(int fd, int to) { return fd == to ? (fcntl(fd, F_GETFD) == -1 ? -1 : to) : dup3(fd, to, 0); }
int ftruncate(int fd, off_t size) { return CALL3(46, fd, size, size >> 32); }
int link(const char *from, const char *to) { return CALL5(37, AT_FDCWD, from, AT_FDCWD, to, 0); }
int symlink(const char *target, const char *path) { return CALL3(36, target, AT_FDCWD, path); }
ssize_t readlink(const char *path, char *text, size_t size) { return CALL4(78, AT_FDCWD, path, text, size); }
int unlink(const char *path) { return CALL3(35, AT_FDCWD, path, 0); }
int rmdir(const char *path) { return CALL3(35, AT_FDCWD, path, 0x200); }
int rename(const char *from, const char *to) { return CALL5(276, AT_FDCWD, from, AT_FDCWD, to, 0); }
int access(const char *path, int mode) { return CALL3(48, AT_FDCWD, path, mode); }
int chdir(const char *path) { return CALL1(49, path); }
char *getcwd(char *buffer, size_t size) { return CALL2(17, buffer, size) == -1 ? 0 : buffer; }
int mkdir(const char *path, mode_t mode) { return CALL3(34, AT_FDCWD, path, mode); }
mode_t umask(mode_t mask) { return CALL1(166, mask); }
int isatty(int fd) {
  uint32_t window[2];
  return CALL3(29, fd, 0x5413, window) != -1;
}

off_t lseek(int fd, off_t at, int whence) {
  int64_t result;
  return CALL5(62, fd, at >> 32, at, &result, whence) == -1 ? -1 : result;
}

int open(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = flags & O_CREAT ? va_arg(arguments, mode_t) : 0;
  va_end(arguments);
  return CALL4(56, AT_FDCWD, path, flags | 0100000, mode);
}

int fcntl(int fd, int command, ...) {
  va_list arguments;
  va_start(arguments, command);
  long argument = va_arg(arguments, long);
  va_end(arguments);
  return CALL3(25, fd, command, argument);
}

static int statx(int directory, const char *path, int flags, struct stat *result) {
  uint8_t buffer[256];
  if (CALL5(291, directory, path, flags | 0x800, 0x7ff, buffer) == -1) return -1;
  memcpy(&result->st_nlink, buffer + 16, 4);
  result->st_mode = buffer[28] | buffer[29] << 8;
  memcpy(&result->st_ino, buffer + 32, 8);
  memcpy(&result->st_size, buffer + 40, 8);
  return 0;
}
int stat(const char *path, struct stat *result) { return statx(AT_FDCWD, path, 0, result); }
int lstat(const char *path, struct stat *result) { return statx(AT_FDCWD, path, 0x100, result); }
int fstat(int fd, struct stat *result) { return statx(fd, "", 0x1000, result); }

struct directory {
  int fd, at, end;
  struct dirent entry;
  uint8_t buffer[512] __attribute__((aligned(8)));
};

DIR *opendir(const char *path) {
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd == -1) return 0;
  DIR *directory = calloc(1, sizeof *directory);
  directory->fd = fd;
  return directory;
}

struct dirent *readdir(DIR *directory) {
  if (directory->at == directory->end) {
    directory->at = 0;
    directory->end = CALL3(61, directory->fd, directory->buffer, sizeof directory->buffer);
    if (directory->end <= 0) return directory->end = 0, (struct dirent *)0;
  }
  uint8_t *record = directory->buffer + directory->at;
  directory->at += record[16] | record[17] << 8;
  memcpy(&directory->entry.d_ino, record, 8);
  directory->entry.d_type = record[18];
  strcpy(directory->entry.d_name, (char *)record + 19);
  return &directory->entry;
}

int closedir(DIR *directory) {
  int result = close(directory->fd);
  free(directory);
  return result;
}

int poll(struct pollfd *files, unsigned count, int milliseconds) {
  struct timespec limit = {milliseconds / 1000, milliseconds % 1000 * 1000000, 0};
  return CALL5(414, files, count, milliseconds < 0 ? 0 : &limit, 0, 8);
}
int ppoll(struct pollfd *files, unsigned count, const struct timespec *timeout, const sigset_t *mask) {
  return CALL5(414, files, count, timeout, mask, 8);
}

// Memory
void *sbrk(intptr_t amount) {
  uint32_t now = CALL1(214, 0);
  if (amount && (uint32_t)CALL1(214, now + amount) != now + amount) return errno = ENOMEM, (void *)-1;
  return (void *)now;
}
void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset) {
  return (void *)CALL6(222, at, size, protection, flags, fd, offset >> 12);
}
int munmap(void *at, size_t size) { return CALL2(215, at, size); }
int mprotect(void *at, size_t size, int protection) { return CALL3(226, at, size, protection); }

// Time and limits
int clock_gettime(int clock, struct timespec *time) { return CALL2(403, clock, time); }
int clock_nanosleep(int clock, int flags, const struct timespec *time, struct timespec *rest) {
  return CALL4(407, clock, flags, time, rest) == -1 ? errno : 0;
}
int nanosleep(const struct timespec *time, struct timespec *rest) { return CALL4(407, CLOCK_REALTIME, 0, time, rest); }
clock_t times(struct tms *result) { return CALL1(153, result); }
int getrusage(int who, struct rusage *usage) { return CALL2(165, who, usage); }
int getrlimit(int resource, struct rlimit *limit) { return CALL4(261, 0, resource, 0, limit); }
int setrlimit(int resource, const struct rlimit *limit) { return CALL4(261, 0, resource, limit, 0); }
ssize_t getrandom(void *buffer, size_t size, unsigned flags) { return CALL3(278, buffer, size, flags); }
int uname(struct utsname *name) { return CALL1(160, name); }
