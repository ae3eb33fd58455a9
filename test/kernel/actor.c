// What happens if processes do at random what processes can do? Every choice comes from the seed in argv[1], so a
// run is repeatable; argv[2] is how many things each process does before it exits.

typedef unsigned int word;

static long call(long n, long a, long b, long c, long d, long e) {
  register long a7 asm("a7") = n, a0 asm("a0") = a, a1 asm("a1") = b, a2 asm("a2") = c, a3 asm("a3") = d, a4 asm("a4") = e;
  asm volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4) : "memory");
  return a0;
}

enum { CLONE = 220, EXIT = 94, WAITID = 95, PIPE2 = 59, DUP = 23, DUP3 = 24, CLOSE = 57, READ = 63, WRITE = 64, KILL = 129,
  GETPID = 172, SETPGID = 154, SETSID = 157, YIELD = 124, SLEEP = 407, MMAP = 222, MUNMAP = 215, BRK = 214, MASK = 135,
  OPENAT = 56, UNLINKAT = 35, EXECVE = 221, PPOLL = 414, FCNTL = 25 };

static word state;
static word next(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}
static word below(word limit) { return next() % limit; }

static word number(const char *text) {
  word value = 0;
  while (*text) value = value * 10 + (*text++ - '0');
  return value;
}

static char buffer[8192];
static volatile word touched[4096];
static char path[] = "/tmp/a";
static char *self;
static char digits[11];

static char *decimal(word value) {
  char *at = digits + 10;
  do *--at = '0' + value % 10; while (value /= 10);
  return at;
}

static void map(void) {
  long at = call(MMAP, 0, 4096 * (1 + below(8)), 3, 0x22, -1);
  if (at > 0 || at < -4095) {
    *(volatile word *)at = state;
    if (below(2)) call(MUNMAP, at, 4096 * (1 + below(8)), 0, 0, 0);
  }
}

static void act(void) {
  int fds[2];
  struct { long long seconds, nanoseconds; } time = {0, below(3000)};
  struct { int fd; short events, revents; } poll = {below(10), 5, 0};
  switch (below(24)) {
    case 0: case 1: case 2:
      if (call(CLONE, 17, 0, 0, 0, 0) == 0) state ^= call(GETPID, 0, 0, 0, 0, 0) * 2654435761u | 1;
      break;
    case 3: call(WAITID, 0, -1, (long)buffer, 4 | below(2), 0); break;
    case 4: call(WAITID, 1, below(40), (long)buffer, 5, 0); break;
    case 5: call(WAITID, 2, below(20), (long)buffer, 5 | (below(2) << 24), 0); break;
    case 6: call(PIPE2, (long)fds, below(2) ? 0 : 04000, 0, 0, 0); break;
    case 7: call(DUP, below(12), 0, 0, 0, 0); break;
    case 8: call(DUP3, below(12), below(20), 0, 0, 0); break;
    case 9: call(CLOSE, 3 + below(12), 0, 0, 0, 0); break;
    case 10: call(READ, 3 + below(9), (long)buffer, below(6000), 0, 0); break;
    case 11: call(WRITE, 3 + below(9), (long)buffer, below(8000), 0, 0); break;
    case 12: call(KILL, below(40), below(4) ? 0 : 1 + below(15), 0, 0, 0); break;
    case 13: if (below(8) == 0) call(KILL, -(long)below(30), 15, 0, 0, 0); break;
    case 14: call(SETPGID, below(2) ? 0 : below(40), below(40), 0, 0, 0); break;
    case 15: if (below(6) == 0) call(SETSID, 0, 0, 0, 0, 0); break;
    case 16: call(YIELD, 0, 0, 0, 0, 0); break;
    case 17: call(SLEEP, 1, 0, (long)&time, 0, 0); break;
    case 18: map(); break;
    case 19: for (int i = 0; i < 4; i++) touched[below(4096)] = state; break;
    case 20: call(OPENAT, -100, (long)path, 0102 | (below(2) << 11), 0644, 0); path[5] = 'a' + below(4); break;
    case 21: if (below(3) == 0) call(UNLINKAT, -100, (long)path, 0, 0, 0); break;
    case 22: time.nanoseconds = below(2000); call(PPOLL, (long)&poll, 1, (long)&time, 0, 8); break;
    case 23:
      if (below(6) == 0) {
        char *args[] = {self, decimal(state), "40", 0};
        call(EXECVE, (long)self, (long)args, 0, 0, 0);
      } else if (below(20) == 0) *(volatile char *)below(2) = 0;
      break;
  }
}

void run(word argc, char **argv) {
  self = argv[0];
  state = number(argv[1]) | 1;
  word count = number(argv[2]);
  for (word i = 0; i < count; i++) act();
  call(EXIT, below(256), 0, 0, 0, 0);
}

asm(".globl _start\n_start: .option push\n.option norelax\nla gp, __global_pointer$\n.option pop\nlw a0, 0(sp)\naddi a1, sp, 4\ncall run\n");
