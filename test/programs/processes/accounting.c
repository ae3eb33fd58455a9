// times, getrusage, getrandom, uname: what they promise, not what they count.
#include "corpus.h"

static volatile uint32_t sink;
static void work(void) {
  for (uint32_t i = 0; i < 12000000; i++) sink = sink * 3 + i;
}
static int64_t user(int who) {
  struct rusage usage;
  must(getrusage(who, &usage), "getrusage");
  return usage.ru_utime.tv_sec * (int64_t)1000000 + usage.ru_utime.tv_usec;
}

int main(void) {
  struct tms before, after;
  say("no children yet: %d", user(RUSAGE_CHILDREN) == 0);
  must(times(&before) == -1 ? -1 : 0, "times");
  int64_t own = user(RUSAGE_SELF);
  pid_t child = fork();
  if (child == 0) {
    work();
    _exit(0);
  }
  reap("child", child);
  say("the child's time came to its parent: %d", user(RUSAGE_CHILDREN) > 1000);
  work();
  must(times(&after) == -1 ? -1 : 0, "times");
  say("times go on: %d %d", after.tms_utime >= before.tms_utime, after.tms_cutime >= before.tms_cutime);
  say("own time grew: %d", user(RUSAGE_SELF) > own);
  struct rusage usage;
  say("of an unknown one: %s", outcome(getrusage(5, &usage)));
  uint8_t bytes[64] = {0}, zero[64] = {0};
  say("random %d", (int)getrandom(bytes, 64, 0));
  say("not zero: %d", memcmp(bytes, zero, 64) != 0);
  say("with unknown flags: %s", outcome(getrandom(bytes, 64, 0x100)));
  struct utsname name;
  must(uname(&name), "uname");
  say("system %s", name.sysname);
  return 0;
}
