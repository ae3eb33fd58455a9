// What a compiler's output needs of an assembler and linker: jump tables, 64-bit and floating arithmetic from
// libgcc, common and local data, function pointers, lists, inline assembly.

#include <stdint.h>

long call(long number, long a, long b, long c);

static int write_text(const char *text, int length) { return call(64, 1, (long)text, length); }

static char buffer[32];
int common_counter;
static int zeros[10];
const int table[] = {3, 1, 4, 1, 5, 9, 2, 6};
struct node {
  struct node *next;
  int value;
};
static struct node nodes[5];
int (*functions[])(const char *, int) = {write_text};

static void write_number(uint64_t value) {
  int at = 31;
  buffer[at] = '\n';
  do {
    buffer[--at] = '0' + value % 10;
    value /= 10;
  } while (value);
  write_text(buffer + at, 32 - at);
}

double half(double value) { return value / 2 + 1.5; }

int choose(int value) {
  switch (value) {
  case 0: return 5;
  case 1: return 7;
  case 2: return 11;
  case 3: return 13;
  case 4: return 17;
  case 5: return 19;
  default: return -1;
  }
}

int main(void) {
  int sum = 0;
  for (int i = 0; i < 5; i++) {
    nodes[i].value = i * i;
    nodes[i].next = i ? &nodes[i - 1] : 0;
  }
  for (struct node *node = &nodes[4]; node; node = node->next) sum += node->value;
  write_number(sum);
  for (int i = 0; i < 8; i++) zeros[i] = table[i] * choose(i % 7);
  for (int i = 0; i < 8; i++) write_number((unsigned)zeros[i]);
  functions[0]("hello\n", 6);
  write_number((uint64_t)half(1234567.0));
  uint64_t product = 1;
  for (int i = 1; i < 20; i++) product *= i;
  write_number(product);
  write_number(product / 12345);
  common_counter++;
  write_number(common_counter);
  return sum & 127;
}

__asm__(".text\n.globl _start\n_start: .option push\n.option norelax\nla gp, __global_pointer$\n.option pop\n"
        "call main\nli a7, 94\necall\n"
        ".globl call\n.type call, @function\ncall: mv a7, a0\nmv a0, a1\nmv a1, a2\nmv a2, a3\necall\nret\n");
