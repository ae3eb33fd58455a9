// A byte goes back and forth between two processes through two blocking pipes, argv[1] round trips.

#include "../kernels/lib/bench.h"

static void transfer(int from, int to) {
  char byte;
  if (system_call(SYS_READ, from, (long)&byte, 1, 0, 0) != 1) fail("read failed");
  if (system_call(SYS_WRITE, to, (long)&byte, 1, 0, 0) != 1) fail("write failed");
}

int main(int argc, char **argv) {
  uint32_t count = argument(argc, argv, 1, 1000);
  int there[2], back[2];
  char byte = 'x';
  if (system_call(SYS_PIPE2, (long)there, 0, 0, 0, 0) || system_call(SYS_PIPE2, (long)back, 0, 0, 0, 0)) fail("pipe2 failed");
  long child = system_call(SYS_CLONE, SIGCHLD, 0, 0, 0, 0);
  if (child < 0) fail("fork failed");
  if (child == 0) {
    for (uint32_t i = 0; i < count; i++) transfer(there[0], back[1]);
    return 0;
  }
  uint64_t begin = clock_ns();
  for (uint32_t i = 0; i < count; i++) {
    if (system_call(SYS_WRITE, there[1], (long)&byte, 1, 0, 0) != 1) fail("write failed");
    if (system_call(SYS_READ, back[0], (long)&byte, 1, 0, 0) != 1) fail("read failed");
  }
  report_time("pingpong", count, clock_ns() - begin);
  return system_call(SYS_WAITID, P_PID, child, 0, WEXITED, 0) != 0;
}
