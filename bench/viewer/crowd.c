// A thousand processes that live for ever, each of which computes a little and lets the others go first.

#include "../kernels/lib/bench.h"

#define PROCESSES 1000
#define ROUNDS 2000

static void live(uint32_t state) {
  for (;;) {
    for (uint32_t round = 0; round < ROUNDS; round++) next_random(&state);
    system_call(SYS_SCHED_YIELD, 0, 0, 0, 0, 0);
  }
}

int main(void) {
  for (uint32_t number = 1; number < PROCESSES; number++) {
    long child = system_call(SYS_CLONE, SIGCHLD, 0, 0, 0, 0);
    if (child < 0) fail("fork failed");
    if (child == 0) live(number);
  }
  live(PROCESSES);
}
