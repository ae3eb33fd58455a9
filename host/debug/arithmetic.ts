// What the computing instructions compute, in words and in numbers: a row each, by the names of the instruction table.
// The core has its own, fast form of this; a test holds the two together.

/** Operands as signed 32-bit numbers; the result is taken modulo 2^32. */
type Computation = (a: number, b: number) => number;

interface Row {
  /** `A` and `B` stand for the operands with their values. */
  readonly words: string;
  readonly compute: Computation;
}

function highWord(a: bigint, b: bigint): number {
  return Number(BigInt.asIntN(32, (a * b) >> 32n));
}

const unsigned = (value: number) => value >>> 0;
const wide = (value: number) => BigInt(value);
const wideUnsigned = (value: number) => BigInt(value >>> 0);

const ADD: Row = { words: "adds B to A", compute: (a, b) => a + b };
const LESS: Row = { words: "compares whether A < B, signed", compute: (a, b) => (a < b ? 1 : 0) };
const LESS_UNSIGNED: Row = {
  words: "compares whether A < B, unsigned",
  compute: (a, b) => (unsigned(a) < unsigned(b) ? 1 : 0),
};
const XOR: Row = { words: "takes A exclusive-or B", compute: (a, b) => a ^ b };
const OR: Row = { words: "takes A or B", compute: (a, b) => a | b };
const AND: Row = { words: "takes A and B", compute: (a, b) => a & b };
const LEFT: Row = { words: "shifts A left by B bits", compute: (a, b) => a << b };
const RIGHT: Row = { words: "shifts A right by B bits, zeros shifted in", compute: (a, b) => a >>> b };
const RIGHT_SIGNED: Row = {
  words: "shifts A right by B bits, the sign shifted in",
  compute: (a, b) => a >> b,
};

/** Instructions with a destination, a first operand rs1, and rs2, imm or shamt as the second. */
export const COMPUTATIONS: Readonly<Record<string, Row>> = {
  addi: ADD,
  add: ADD,
  sub: { words: "subtracts B from A", compute: (a, b) => a - b },
  slti: LESS,
  slt: LESS,
  sltiu: LESS_UNSIGNED,
  sltu: LESS_UNSIGNED,
  xori: XOR,
  xor: XOR,
  ori: OR,
  or: OR,
  andi: AND,
  and: AND,
  slli: LEFT,
  sll: LEFT,
  srli: RIGHT,
  srl: RIGHT,
  srai: RIGHT_SIGNED,
  sra: RIGHT_SIGNED,
  mul: { words: "multiplies A by B", compute: (a, b) => Math.imul(a, b) },
  mulh: {
    words: "multiplies A by B, both signed, and keeps the high word",
    compute: (a, b) => highWord(wide(a), wide(b)),
  },
  mulhsu: {
    words: "multiplies A, signed, by B, unsigned, and keeps the high word",
    compute: (a, b) => highWord(wide(a), wideUnsigned(b)),
  },
  mulhu: {
    words: "multiplies A by B, both unsigned, and keeps the high word",
    compute: (a, b) => highWord(wideUnsigned(a), wideUnsigned(b)),
  },
  div: { words: "divides A by B, signed", compute: (a, b) => (b === 0 ? -1 : Math.trunc(a / b)) },
  divu: {
    words: "divides A by B, unsigned",
    compute: (a, b) => (b === 0 ? -1 : Math.trunc(unsigned(a) / unsigned(b))),
  },
  rem: { words: "takes the remainder of A divided by B, signed", compute: (a, b) => (b === 0 ? a : a % b) },
  remu: {
    words: "takes the remainder of A divided by B, unsigned",
    compute: (a, b) => (b === 0 ? a : unsigned(a) % unsigned(b)),
  },
};

interface Test {
  readonly words: string;
  readonly holds: (a: number, b: number) => boolean;
}

/** Conditional branches. */
export const TESTS: Readonly<Record<string, Test>> = {
  beq: { words: "A == B", holds: (a, b) => a === b },
  bne: { words: "A != B", holds: (a, b) => a !== b },
  blt: { words: "A < B, signed", holds: (a, b) => a < b },
  bge: { words: "A >= B, signed", holds: (a, b) => a >= b },
  bltu: { words: "A < B, unsigned", holds: (a, b) => unsigned(a) < unsigned(b) },
  bgeu: { words: "A >= B, unsigned", holds: (a, b) => unsigned(a) >= unsigned(b) },
};

/** Loads and stores: how much, and how a load is extended. */
export const ACCESSES: Readonly<Record<string, { words: string; size: 1 | 2 | 4; signed: boolean }>> = {
  lb: { words: "byte", size: 1, signed: true },
  lbu: { words: "byte", size: 1, signed: false },
  lh: { words: "halfword", size: 2, signed: true },
  lhu: { words: "halfword", size: 2, signed: false },
  lw: { words: "word", size: 4, signed: true },
  sb: { words: "byte", size: 1, signed: true },
  sh: { words: "halfword", size: 2, signed: true },
  sw: { words: "word", size: 4, signed: true },
};

/** Atomic memory operations: A is the word in memory, B is rs2. */
export const ATOMICS: Readonly<Record<string, Row>> = {
  "amoswap.w": { words: "puts B in place of A", compute: (_, b) => b },
  "amoadd.w": ADD,
  "amoxor.w": XOR,
  "amoand.w": AND,
  "amoor.w": OR,
  "amomin.w": { words: "takes the smaller of A and B, signed", compute: (a, b) => Math.min(a, b) },
  "amomax.w": { words: "takes the larger of A and B, signed", compute: (a, b) => Math.max(a, b) },
  "amominu.w": {
    words: "takes the smaller of A and B, unsigned",
    compute: (a, b) => Math.min(unsigned(a), unsigned(b)),
  },
  "amomaxu.w": {
    words: "takes the larger of A and B, unsigned",
    compute: (a, b) => Math.max(unsigned(a), unsigned(b)),
  },
};
