// Sleeping: who sleeps less wakes first, and nobody wakes too early.
#include "corpus.h"

static int64_t now_us(void) {
  struct timespec t;
  must(clock_gettime(CLOCK_MONOTONIC, &t), "clock_gettime");
  return t.tv_sec * (int64_t)1000000 + t.tv_nsec / 1000;
}

int main(void) {
  static const int times[] = {180, 60, 240, 120};
  int ends[2];
  must(pipe(ends), "pipe");
  for (int i = 0; i < 4; i++) {
    if (fork() == 0) {
      int64_t before = now_us();
      pause_ms(times[i]);
      uint8_t result[2] = {times[i], now_us() - before >= times[i] * 1000};
      write(ends[1], result, 2);
      _exit(0);
    }
  }
  close(ends[1]);
  uint8_t result[2];
  while (read(ends[0], result, 2) == 2) say("%d ms, not too early: %d", result[0], result[1]);
  while (wait(0) > 0) {}
  struct timespec wrong = {0, 1000000000}, negative = {-1, 0};
  say("a whole second of nanoseconds: %s", outcome(nanosleep(&wrong, 0)));
  say("less than nothing: %s", outcome(nanosleep(&negative, 0)));
  pause_ms(0);
  say("an unknown clock: %s", outcome(clock_gettime(99, &wrong)));
  return 0;
}
