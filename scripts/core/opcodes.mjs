// The interpreter's opcodes: the base instructions by kind, the fused sequences, and what only `step` executes.
// Their order is their number.

/** Value operations: name of the function in execute/, whether the second operand is the immediate. */
const REGISTER_FORMS = ["ADD", "SUB", "SLL", "SLT", "SLTU", "XOR", "SRL", "SRA", "OR", "AND"];
const IMMEDIATE_FORMS = {
  ADDI: "add",
  SLTI: "slt",
  SLTIU: "sltu",
  XORI: "xor",
  ORI: "or",
  ANDI: "and",
  SLLI: "sll",
  SRLI: "srl",
  SRAI: "sra",
};
const MULTIPLY_FORMS = ["MUL", "MULH", "MULHSU", "MULHU", "DIV", "DIVU", "REM", "REMU"];

function computation(name) {
  if (name in IMMEDIATE_FORMS) {
    return {
      kind: "compute",
      text: (a, b) => `${IMMEDIATE_FORMS[name]}(${a}, ${b})`,
      first: "rs1",
      second: "imm",
    };
  }
  return {
    kind: "compute",
    text: (a, b) => `${name.toLowerCase()}(${a}, ${b})`,
    first: "rs1",
    second: "rs2",
  };
}

function load(size, type) {
  return { kind: "load", size, type, first: "rs1", second: "imm" };
}

function store(size, type) {
  return { kind: "store", size, type, first: "rs1", second: "rs2" };
}

const BRANCHES = ["BEQ", "BNE", "BLT", "BGE", "BLTU", "BGEU"];

/** Opcodes that `dispatch` executes one by one, with what generating their bodies needs. */
export const BASE = new Map([
  ["NOP", { kind: "nop" }],
  ["LI", { kind: "constant" }],
  ["MV", { kind: "move", first: "rs1" }],
  ...[...Object.keys(IMMEDIATE_FORMS), ...REGISTER_FORMS, ...MULTIPLY_FORMS].map((name) => [
    name,
    computation(name),
  ]),
  ["LB", load(1, "i8")],
  ["LBU", load(1, "u8")],
  ["LH", load(2, "i16")],
  ["LHU", load(2, "u16")],
  ["LW", load(4, "i32")],
  ["SB", store(1, "u8")],
  ["SH", store(2, "u16")],
  ["SW", store(4, "i32")],
  ...BRANCHES.map((name) => [
    name,
    { kind: "branch", condition: name.toLowerCase(), first: "rs1", second: "rs2" },
  ]),
  ["GOTO", { kind: "goto" }],
  ["JAL", { kind: "jal" }],
  ["JALR", { kind: "jalr", first: "rs1" }],
  ["EXIT_FAR", { kind: "exitFar" }],
]);

/** Left to `step`. */
export const STEPPED = [
  "EXIT",
  "STRADDLE",
  "POINT",
  "COUNTER",
  "LR",
  "SC",
  "AMOSWAP",
  "AMOADD",
  "AMOXOR",
  "AMOAND",
  "AMOOR",
  "AMOMIN",
  "AMOMAX",
  "AMOMINU",
  "AMOMAXU",
  "ECALL",
  "EBREAK",
  "ILLEGAL",
];

/**
 * A fused sequence "SLLI ADD:1 LW:1" as {name, parts: [{opcode, forward}]}: `forward` names the operands of the
 * part (1: rs1, 2: rs2) that are the result of the part before.
 */
export function parseFusion(text) {
  const parts = text.split(" ").map((part) => {
    const [opcode, forward = ""] = part.split(":");
    if (!BASE.has(opcode)) throw new Error(`${opcode} in the fusion "${text}" is no opcode`);
    return { opcode, forward };
  });
  const name = parts.map(({ opcode, forward }) => opcode + forward).join("_");
  return { name, parts };
}
