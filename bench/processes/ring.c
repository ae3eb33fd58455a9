// A byte travels round a ring of argv[1] processes through blocking pipes, argv[2] hops in total:
// each hop blocks one process, wakes another and switches to it.

#include "../kernels/lib/bench.h"

/** Passes the byte on until the one before closes its pipe. */
static void pass_on(int from, int to) {
  char byte;
  while (system_call(SYS_READ, from, (long)&byte, 1, 0, 0) == 1) {
    if (system_call(SYS_WRITE, to, (long)&byte, 1, 0, 0) != 1) fail("write failed");
  }
}

/** Starts a process that passes on what comes from `from`; the reading end of its own pipe. */
static int start_link(int from, int closed) {
  int link[2];
  if (system_call(SYS_PIPE2, (long)link, 0, 0, 0, 0)) fail("pipe2 failed");
  long child = system_call(SYS_CLONE, SIGCHLD, 0, 0, 0, 0);
  if (child < 0) fail("fork failed");
  if (child == 0) {
    system_call(SYS_CLOSE, closed, 0, 0, 0, 0);
    system_call(SYS_CLOSE, link[0], 0, 0, 0, 0);
    pass_on(from, link[1]);
    system_call(SYS_EXIT_GROUP, 0, 0, 0, 0, 0);
  }
  system_call(SYS_CLOSE, from, 0, 0, 0, 0);
  system_call(SYS_CLOSE, link[1], 0, 0, 0, 0);
  return link[0];
}

int main(int argc, char **argv) {
  uint32_t processes = argument(argc, argv, 1, 4);
  uint32_t hops = argument(argc, argv, 2, 1000);
  char byte = 'x';
  int first[2];
  if (system_call(SYS_PIPE2, (long)first, 0, 0, 0, 0)) fail("pipe2 failed");
  int last = first[0];
  for (uint32_t i = 1; i < processes; i++) last = start_link(last, first[1]);
  uint64_t begin = clock_ns();
  for (uint32_t i = 0; i < hops / processes; i++) {
    if (system_call(SYS_WRITE, first[1], (long)&byte, 1, 0, 0) != 1) fail("write failed");
    if (system_call(SYS_READ, last, (long)&byte, 1, 0, 0) != 1) fail("read failed");
  }
  uint64_t elapsed = clock_ns() - begin;
  system_call(SYS_CLOSE, first[1], 0, 0, 0, 0);
  for (uint32_t i = 1; i < processes; i++) {
    if (system_call(SYS_WAITID, P_ALL, 0, 0, WEXITED, 0) != 0) fail("waitid failed");
  }
  report_time("ring", hops, elapsed);
  return 0;
}
