// An interpreter for a small stack machine, once by switch and once by function pointers.
#include "corpus.h"

enum { PUSH, ADD, SUB, MUL, SWAP, DUP, JUMP_IF, LOAD, STORE, HALT };
struct machine {
  const int32_t *code;
  int pc, sp, steps, halted;
  int32_t stack[16], memory[8];
};

// memory[0] = n; memory[1] = product; while (n) product *= n, n -= 1
static const int32_t program[] = {
  PUSH, 12, STORE, 0, PUSH, 1, STORE, 1, LOAD, 1, LOAD, 0, MUL, STORE, 1, LOAD, 0, PUSH, 1, SUB, DUP, STORE, 0, JUMP_IF, 8,
  LOAD, 1, HALT,
};

static int32_t by_switch(struct machine *m) {
  for (;; m->steps++) {
    int32_t a;
    switch (m->code[m->pc++]) {
    case PUSH: m->stack[m->sp++] = m->code[m->pc++]; break;
    case ADD: a = m->stack[--m->sp]; m->stack[m->sp - 1] += a; break;
    case SUB: a = m->stack[--m->sp]; m->stack[m->sp - 1] -= a; break;
    case MUL: a = m->stack[--m->sp]; m->stack[m->sp - 1] = (uint32_t)m->stack[m->sp - 1] * (uint32_t)a; break;
    case SWAP: a = m->stack[m->sp - 1]; m->stack[m->sp - 1] = m->stack[m->sp - 2]; m->stack[m->sp - 2] = a; break;
    case DUP: a = m->stack[m->sp - 1]; m->stack[m->sp++] = a; break;
    case JUMP_IF: a = m->code[m->pc++]; if (m->stack[--m->sp]) m->pc = a; break;
    case LOAD: m->stack[m->sp++] = m->memory[m->code[m->pc++]]; break;
    case STORE: m->memory[m->code[m->pc++]] = m->stack[--m->sp]; break;
    default: return m->stack[--m->sp];
    }
  }
}

static void push(struct machine *m) { m->stack[m->sp++] = m->code[m->pc++]; }
static void add(struct machine *m) { m->sp--; m->stack[m->sp - 1] += m->stack[m->sp]; }
static void sub(struct machine *m) { m->sp--; m->stack[m->sp - 1] -= m->stack[m->sp]; }
static void mul(struct machine *m) { m->sp--; m->stack[m->sp - 1] = (uint32_t)m->stack[m->sp - 1] * (uint32_t)m->stack[m->sp]; }
static void swap(struct machine *m) { int32_t a = m->stack[m->sp - 1]; m->stack[m->sp - 1] = m->stack[m->sp - 2]; m->stack[m->sp - 2] = a; }
static void dup_top(struct machine *m) { m->stack[m->sp] = m->stack[m->sp - 1]; m->sp++; }
static void jump_if(struct machine *m) { int to = m->code[m->pc++]; if (m->stack[--m->sp]) m->pc = to; }
static void load(struct machine *m) { m->stack[m->sp++] = m->memory[m->code[m->pc++]]; }
static void store(struct machine *m) { m->memory[m->code[m->pc++]] = m->stack[--m->sp]; }
static void halt(struct machine *m) { m->halted = 1; }
static void (*const table[])(struct machine *) = {push, add, sub, mul, swap, dup_top, jump_if, load, store, halt};

int main(void) {
  struct machine one = {.code = program}, two = {.code = program};
  int32_t result = by_switch(&one);
  while (!two.halted) table[two.code[two.pc++]](&two), two.steps++;
  say("%d after %d steps; %d after %d steps", result, one.steps, two.stack[0], two.steps);
  return 0;
}
