// A small C library for riscv32 Linux: the declarations that the corpus uses, with the kernel's own layouts.
#ifndef POSIX_H
#define POSIX_H

#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t pid_t, ssize_t, id_t, clock_t;
typedef uint32_t mode_t, uid_t, gid_t;
typedef int64_t off_t, time_t;

// errno.h
extern int errno;
enum {
  EPERM = 1, ENOENT, ESRCH, EINTR, EIO, ENXIO, E2BIG, ENOEXEC, EBADF, ECHILD, EAGAIN, ENOMEM, EACCES, EFAULT,
  EBUSY = 16, EEXIST, EXDEV, ENODEV, ENOTDIR, EISDIR, EINVAL, ENFILE, EMFILE, ENOTTY, ETXTBSY, EFBIG, ENOSPC, ESPIPE,
  EROFS, EMLINK, EPIPE, EDOM, ERANGE, ENAMETOOLONG = 36, ENOSYS = 38, ENOTEMPTY, ELOOP, EOVERFLOW = 75, EOPNOTSUPP = 95,
};

// stdio.h: formatted text only
int snprintf(char *, size_t, const char *, ...);
int vsnprintf(char *, size_t, const char *, va_list);

// stdlib.h
void *malloc(size_t);
void *calloc(size_t, size_t);
void *realloc(void *, size_t);
void free(void *);
int atoi(const char *);
void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
void *bsearch(const void *, const void *, size_t, size_t, int (*)(const void *, const void *));
char *getenv(const char *);
void exit(int) __attribute__((noreturn));
void abort(void) __attribute__((noreturn));

// string.h
void *memcpy(void *, const void *, size_t);
void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t);
int memcmp(const void *, const void *, size_t);
void *memchr(const void *, int, size_t);
size_t strlen(const char *);
char *strcpy(char *, const char *);
char *strncpy(char *, const char *, size_t);
char *strcat(char *, const char *);
int strcmp(const char *, const char *);
int strncmp(const char *, const char *, size_t);
char *strchr(const char *, int);
char *strrchr(const char *, int);
char *strstr(const char *, const char *);

// setjmp.h: s0..s11, ra, sp
typedef uint32_t jmp_buf[14];
int setjmp(jmp_buf) __attribute__((returns_twice));
void longjmp(jmp_buf, int) __attribute__((noreturn));

// unistd.h
enum { SEEK_SET, SEEK_CUR, SEEK_END };
enum { F_OK = 0, X_OK = 1, W_OK = 2, R_OK = 4 };
void _exit(int) __attribute__((noreturn));
pid_t fork(void);
pid_t vfork(void) __attribute__((returns_twice));
int execve(const char *, char *const[], char *const[]);
int execv(const char *, char *const[]);
ssize_t read(int, void *, size_t);
ssize_t write(int, const void *, size_t);
ssize_t pread(int, void *, size_t, off_t);
ssize_t pwrite(int, const void *, size_t, off_t);
int close(int);
int pipe(int[2]);
int pipe2(int[2], int);
int dup(int);
int dup2(int, int);
int dup3(int, int, int);
off_t lseek(int, off_t, int);
int ftruncate(int, off_t);
int link(const char *, const char *);
int symlink(const char *, const char *);
ssize_t readlink(const char *, char *, size_t);
int unlink(const char *);
int rmdir(const char *);
int rename(const char *, const char *);
int access(const char *, int);
int chdir(const char *);
char *getcwd(char *, size_t);
void *sbrk(intptr_t);
pid_t getpid(void), getppid(void), getpgrp(void), getpgid(pid_t), getsid(pid_t), setsid(void);
int setpgid(pid_t, pid_t);
uid_t getuid(void), geteuid(void);
int isatty(int);

// fcntl.h
enum {
  O_RDONLY = 0, O_WRONLY = 1, O_RDWR = 2, O_ACCMODE = 3, O_CREAT = 0100, O_EXCL = 0200, O_TRUNC = 01000,
  O_APPEND = 02000, O_NONBLOCK = 04000, O_DIRECTORY = 0200000, O_NOFOLLOW = 0400000, O_CLOEXEC = 02000000,
};
enum { F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC = 1030, FD_CLOEXEC = 1, AT_FDCWD = -100 };
int open(const char *, int, ...);
int fcntl(int, int, ...);

// signal.h
enum {
  SIGHUP = 1, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE,
  SIGALRM, SIGTERM, SIGCHLD = 17, SIGCONT, SIGSTOP,
};
#define SIG_DFL ((void (*)(int))0)
#define SIG_IGN ((void (*)(int))1)
typedef struct {
  int si_signo, si_errno, si_code;
  pid_t si_pid;
  uid_t si_uid;
  int si_status;
  int reserved[26];
} siginfo_t;
int kill(pid_t, int);
typedef struct { uint32_t words[2]; } sigset_t;
enum { SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK };
int sigemptyset(sigset_t *);
int sigaddset(sigset_t *, int);
int sigprocmask(int, const sigset_t *, sigset_t *);
void (*signal(int, void (*)(int)))(int);

// sys/wait.h
typedef enum { P_ALL, P_PID, P_PGID } idtype_t;
enum { WNOHANG = 1, WUNTRACED = 2, WEXITED = 4, WCONTINUED = 8, WNOWAIT = 0x1000000 };
enum { CLD_EXITED = 1, CLD_KILLED, CLD_DUMPED };
#define WIFEXITED(status) (((status) & 127) == 0)
#define WEXITSTATUS(status) ((status) >> 8 & 255)
#define WIFSIGNALED(status) (((status) & 127) != 0 && ((status) & 127) != 127)
#define WTERMSIG(status) ((status) & 127)
int waitid(idtype_t, id_t, siginfo_t *, int);
pid_t waitpid(pid_t, int *, int);
pid_t wait(int *);

// sys/stat.h: the fields that statx gives
struct stat {
  uint64_t st_ino;
  off_t st_size;
  mode_t st_mode;
  uint32_t st_nlink;
};
#define S_IFMT 0170000
#define S_ISDIR(mode) (((mode)&S_IFMT) == 0040000)
#define S_ISREG(mode) (((mode)&S_IFMT) == 0100000)
#define S_ISLNK(mode) (((mode)&S_IFMT) == 0120000)
#define S_ISCHR(mode) (((mode)&S_IFMT) == 0020000)
#define S_ISFIFO(mode) (((mode)&S_IFMT) == 0010000)
int stat(const char *, struct stat *);
int lstat(const char *, struct stat *);
int fstat(int, struct stat *);
int mkdir(const char *, mode_t);
mode_t umask(mode_t);

// dirent.h
struct dirent {
  uint64_t d_ino;
  uint8_t d_type;
  char d_name[256];
};
typedef struct directory DIR;
enum { DT_FIFO = 1, DT_CHR = 2, DT_DIR = 4, DT_REG = 8, DT_LNK = 10 };
DIR *opendir(const char *);
struct dirent *readdir(DIR *);
int closedir(DIR *);

// sys/mman.h
enum { PROT_NONE = 0, PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4 };
enum { MAP_SHARED = 1, MAP_PRIVATE = 2, MAP_FIXED = 16, MAP_ANONYMOUS = 32 };
#define MAP_FAILED ((void *)-1)
void *mmap(void *, size_t, int, int, int, off_t);
int munmap(void *, size_t);
int mprotect(void *, size_t, int);

// time.h, sys/times.h, sys/resource.h
struct timespec {
  time_t tv_sec;
  int32_t tv_nsec, reserved;
};
struct timeval { int32_t tv_sec, tv_usec; };
struct tms { clock_t tms_utime, tms_stime, tms_cutime, tms_cstime; };
struct rusage {
  struct timeval ru_utime, ru_stime;
  int32_t ru_maxrss, ru_others[13];
};
struct rlimit { uint64_t rlim_cur, rlim_max; };
enum { CLOCK_REALTIME, CLOCK_MONOTONIC, RUSAGE_SELF = 0, RUSAGE_CHILDREN = -1, RLIMIT_NOFILE = 7 };
int clock_gettime(int, struct timespec *);
int clock_nanosleep(int, int, const struct timespec *, struct timespec *);
int nanosleep(const struct timespec *, struct timespec *);
clock_t times(struct tms *);
int getrusage(int, struct rusage *);
int getrlimit(int, struct rlimit *);
int setrlimit(int, const struct rlimit *);
int sched_yield(void);

// poll.h, sys/uio.h, sys/random.h, sys/utsname.h
struct pollfd { int fd; short events, revents; };
enum { POLLIN = 1, POLLOUT = 4, POLLERR = 8, POLLHUP = 16, POLLNVAL = 32 };
int poll(struct pollfd *, unsigned, int);
int ppoll(struct pollfd *, unsigned, const struct timespec *, const sigset_t *);
struct iovec { void *iov_base; size_t iov_len; };
ssize_t readv(int, const struct iovec *, int);
ssize_t writev(int, const struct iovec *, int);
ssize_t getrandom(void *, size_t, unsigned);
struct utsname { char sysname[65], nodename[65], release[65], version[65], machine[65], domainname[65]; };
int uname(struct utsname *);

#endif
