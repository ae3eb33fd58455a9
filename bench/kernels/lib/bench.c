// The benchmarks' small runtime: output, arguments, time, random numbers, and the two memory
// functions that GCC calls on its own.

#include "bench.h"

void *memcpy(void *to, const void *from, size_t size) {
  unsigned char *target = to;
  const unsigned char *source = from;
  if ((((uintptr_t)target | (uintptr_t)source) & 3) == 0) {
    for (; size >= 4; size -= 4, target += 4, source += 4) *(uint32_t *)target = *(const uint32_t *)source;
  }
  while (size-- > 0) *target++ = *source++;
  return to;
}

void *memset(void *to, int byte, size_t size) {
  unsigned char *target = to;
  while (size-- > 0) *target++ = (unsigned char)byte;
  return to;
}

static size_t length(const char *text) {
  size_t n = 0;
  while (text[n] != 0) n++;
  return n;
}

/** Appends to the line under construction and returns its new end. */
static char *append(char *end, const char *text) {
  size_t n = length(text);
  memcpy(end, text, n);
  return end + n;
}

static char *append_hex(char *end, uint32_t word) {
  for (int shift = 28; shift >= 0; shift -= 4) *end++ = "0123456789abcdef"[(word >> shift) & 15];
  return end;
}

static char *append_decimal(char *end, uint64_t number) {
  char digits[20];
  int count = 0;
  do {
    digits[count++] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  while (count > 0) *end++ = digits[--count];
  return end;
}

static void write_line(int descriptor, char *line, char *end) {
  *end++ = '\n';
  system_call(SYS_WRITE, descriptor, (long)line, end - line, 0, 0);
}

uint32_t argument(int argc, char **argv, int index, uint32_t otherwise) {
  if (index >= argc) return otherwise;
  uint32_t number = 0;
  for (const char *digit = argv[index]; *digit >= '0' && *digit <= '9'; digit++) number = number * 10 + (*digit - '0');
  return number;
}

int report(const char *name, uint32_t checksum, int ok) {
  char line[96];
  char *end = append(line, name);
  *end++ = ' ';
  end = append_hex(end, checksum);
  end = append(end, ok ? " ok" : " WRONG");
  write_line(1, line, end);
  return ok ? 0 : 1;
}

void report_time(const char *name, uint32_t count, uint64_t elapsed_ns) {
  char line[96];
  char *end = append(line, name);
  *end++ = ' ';
  end = append_decimal(end, count);
  *end++ = ' ';
  end = append_decimal(end, elapsed_ns);
  write_line(1, line, end);
}

void fail(const char *message) {
  char line[96];
  write_line(2, line, append(line, message));
  for (;;) system_call(SYS_EXIT_GROUP, 1, 0, 0, 0, 0);
}

uint32_t next_random(uint32_t *state) {
  uint32_t word = *state;
  word ^= word << 13;
  word ^= word >> 17;
  word ^= word << 5;
  return *state = word;
}

uint64_t clock_ns(void) {
  struct {
    int64_t seconds;
    int64_t nanoseconds;
  } now;
  if (system_call(SYS_CLOCK_GETTIME, CLOCK_MONOTONIC, (long)&now, 0, 0, 0) < 0) fail("clock_gettime failed");
  return (uint64_t)now.seconds * 1000000000u + (uint64_t)now.nanoseconds;
}
