// An interpreter of byte code within the interpreted program: loads, a jump table, indirect jumps
// that are hard to predict. The byte code counts the steps of the Collatz sequences of 1 to LIMIT;
// a plain loop counts them again.

#include "lib/bench.h"

#define LIMIT 200

enum { PUSH, LOAD, STORE, ADD, MULTIPLY, SHIFT_RIGHT, AND, SAME, JUMP, JUMP_IF_ZERO, HALT };
enum { I, NUMBER, STEPS, VARIABLES };

struct instruction {
  uint8_t operation;
  uint8_t operand; // constant, variable or target
};

static const struct instruction program[] = {
    // i = 1
    [0] = {PUSH, 1},
    [1] = {STORE, I},
    // do { number = i
    [2] = {LOAD, I},
    [3] = {STORE, NUMBER},
    //   while (number != 1) {
    [4] = {LOAD, NUMBER},
    [5] = {PUSH, 1},
    [6] = {SAME},
    [7] = {JUMP_IF_ZERO, 9},
    [8] = {JUMP, 30},
    //     steps += 1
    [9] = {LOAD, STEPS},
    [10] = {PUSH, 1},
    [11] = {ADD},
    [12] = {STORE, STEPS},
    //     if (number & 1)
    [13] = {LOAD, NUMBER},
    [14] = {PUSH, 1},
    [15] = {AND},
    [16] = {JUMP_IF_ZERO, 24},
    //       number = number * 3 + 1
    [17] = {LOAD, NUMBER},
    [18] = {PUSH, 3},
    [19] = {MULTIPLY},
    [20] = {PUSH, 1},
    [21] = {ADD},
    [22] = {STORE, NUMBER},
    [23] = {JUMP, 4},
    //     else number >>= 1
    [24] = {LOAD, NUMBER},
    [25] = {PUSH, 1},
    [26] = {SHIFT_RIGHT},
    [27] = {STORE, NUMBER},
    [28] = {JUMP, 4},
    [29] = {HALT, 0},
    //   } i += 1
    [30] = {LOAD, I},
    [31] = {PUSH, 1},
    [32] = {ADD},
    [33] = {STORE, I},
    // } while (i != LIMIT)
    [34] = {LOAD, I},
    [35] = {PUSH, LIMIT},
    [36] = {SAME},
    [37] = {JUMP_IF_ZERO, 2},
    [38] = {HALT, 0},
};

/** Runs the program; the steps it counted. */
static uint32_t interpret(void) {
  uint32_t stack[8], *top = stack;
  uint32_t variables[VARIABLES] = {0};
  const struct instruction *next = program;
  for (;;) {
    uint8_t operand = next->operand;
    switch (next++->operation) {
      case PUSH: *top++ = operand; break;
      case LOAD: *top++ = variables[operand]; break;
      case STORE: variables[operand] = *--top; break;
      case ADD: top--, top[-1] += top[0]; break;
      case MULTIPLY: top--, top[-1] *= top[0]; break;
      case SHIFT_RIGHT: top--, top[-1] >>= top[0]; break;
      case AND: top--, top[-1] &= top[0]; break;
      case SAME: top--, top[-1] = top[-1] == top[0]; break;
      case JUMP: next = program + operand; break;
      case JUMP_IF_ZERO:
        if (*--top == 0) next = program + operand;
        break;
      case HALT: return variables[STEPS];
    }
  }
}

static uint32_t count_steps(void) {
  uint32_t steps = 0;
  for (uint32_t i = 1; i < LIMIT; i++)
    for (uint32_t number = i; number != 1; number = number & 1 ? number * 3 + 1 : number >> 1) steps++;
  return steps;
}

int main(int argc, char **argv) {
  uint32_t rounds = argument(argc, argv, 1, 400);
  uint32_t expected = count_steps();
  uint32_t checksum = CHECKSUM_START;
  int ok = 1;
  for (uint32_t round = 0; round < rounds; round++) {
    uint32_t steps = interpret();
    ok &= steps == expected;
    checksum = mix(checksum, steps);
  }
  return report("bytecode", checksum, ok);
}
