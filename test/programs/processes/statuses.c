// Every way to end, as the parent sees it.
#include "corpus.h"

static void nothing_mapped(void) { *(volatile int *)8 = 1; }
static void jump_to_nowhere(void) { ((void (*)(void))16)(); }
static void write_to_code(void) { *(volatile char *)(uintptr_t)nothing_mapped = 1; }
static int endless(volatile int n) { return n + endless(n + 1) * 2; }
static void overflow_stack(void) { endless(0); }
static void raise_kill(void) { kill(getpid(), SIGKILL); }
static void raise_term(void) { kill(getpid(), SIGTERM); }
static void raise_usr1(void) { kill(getpid(), SIGUSR1); }
static void raise_chld(void) { kill(getpid(), SIGCHLD); }
static void raise_cont(void) { kill(getpid(), SIGCONT); }
static void illegal(void) {
#ifdef __riscv
  asm volatile(".half 0");
#else
  asm volatile("ud2");
#endif
}

static void child(const char *name, int code, void (*act)(void)) {
  pid_t pid = fork();
  must(pid, "fork");
  if (pid == 0) {
    if (act) act();
    _exit(code);
  }
  reap(name, pid);
}

int main(void) {
  child("0", 0, 0);
  child("1", 1, 0);
  child("255", 255, 0);
  child("256", 256, 0);
  child("-1", -1, 0);
  child("0x1234", 0x1234, 0);
  child("store to address 8", 0, nothing_mapped);
  child("jump to address 16", 0, jump_to_nowhere);
  child("store to the program's text", 0, write_to_code);
  child("stack overflow", 0, overflow_stack);
  child("illegal instruction", 0, illegal);
  child("abort", 0, (void (*)(void))abort);
  child("SIGKILL", 0, raise_kill);
  child("SIGTERM", 0, raise_term);
  child("SIGUSR1", 0, raise_usr1);
  child("SIGCHLD is ignored by default", 5, raise_chld);
  child("SIGCONT does nothing to who runs", 6, raise_cont);
  return 0;
}
