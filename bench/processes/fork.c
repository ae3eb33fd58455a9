// fork + exit + wait of a small process, argv[1] times.

#include "../kernels/lib/bench.h"

int main(int argc, char **argv) {
  uint32_t count = argument(argc, argv, 1, 1000);
  uint64_t begin = clock_ns();
  for (uint32_t i = 0; i < count; i++) {
    long child = system_call(SYS_CLONE, SIGCHLD, 0, 0, 0, 0);
    if (child < 0) fail("fork failed");
    if (child == 0) system_call(SYS_EXIT_GROUP, 0, 0, 0, 0, 0);
    if (system_call(SYS_WAITID, P_PID, child, 0, WEXITED, 0) != 0) fail("waitid failed");
  }
  report_time("fork", count, clock_ns() - begin);
  return 0;
}
