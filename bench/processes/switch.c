// Context switches among argv[1] live processes, argv[2] of them in total. All start, block on a
// pipe until every one of them lives, then give the processor to each other with sched_yield.

#include "../kernels/lib/bench.h"

static void yield_in_turn(int gate, uint32_t count) {
  char byte;
  if (system_call(SYS_READ, gate, (long)&byte, 1, 0, 0) != 0) fail("the gate must open by end of file");
  for (uint32_t i = 0; i < count; i++) system_call(SYS_SCHED_YIELD, 0, 0, 0, 0, 0);
}

int main(int argc, char **argv) {
  uint32_t processes = argument(argc, argv, 1, 4);
  uint32_t switches = argument(argc, argv, 2, 1000);
  int gate[2];
  if (system_call(SYS_PIPE2, (long)gate, 0, 0, 0, 0)) fail("pipe2 failed");
  for (uint32_t i = 0; i < processes; i++) {
    long child = system_call(SYS_CLONE, SIGCHLD, 0, 0, 0, 0);
    if (child < 0) fail("fork failed");
    if (child > 0) continue;
    system_call(SYS_CLOSE, gate[1], 0, 0, 0, 0);
    yield_in_turn(gate[0], switches / processes);
    return 0;
  }
  uint64_t begin = clock_ns();
  system_call(SYS_CLOSE, gate[1], 0, 0, 0, 0);
  for (uint32_t i = 0; i < processes; i++) {
    if (system_call(SYS_WAITID, P_ALL, 0, 0, WEXITED, 0) != 0) fail("waitid failed");
  }
  report_time("switch", switches, clock_ns() - begin);
  return 0;
}
