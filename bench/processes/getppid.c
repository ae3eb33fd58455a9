// The cheapest system call, argv[1] times.

#include "../kernels/lib/bench.h"

int main(int argc, char **argv) {
  uint32_t count = argument(argc, argv, 1, 1000);
  long parent = system_call(SYS_GETPPID, 0, 0, 0, 0, 0);
  uint64_t begin = clock_ns();
  for (uint32_t i = 0; i < count; i++) {
    if (system_call(SYS_GETPPID, 0, 0, 0, 0, 0) != parent) fail("getppid changed");
  }
  report_time("getppid", count, clock_ns() - begin);
  return 0;
}
