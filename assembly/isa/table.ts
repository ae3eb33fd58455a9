// The instruction table: one row an instruction, from which everything else is derived (decoder,
// interpreter dispatch, disassembler, assembler, reference page, random programs).
// Read by the host and by the generators; imports nothing. Encodings are those of the unprivileged
// specification, version 20191213 (chapters 2, 3, 7, 8, 10, 16 and the tables of chapter 24).
// Every word matches at most one row (`bits` and `where`); what matches none is illegal.

/** Where an instruction comes from: the base or a standard extension. */
export type Extension = "I" | "M" | "A" | "C" | "Zicsr" | "Zifencei";

/** How the operands are packed (unprivileged specification 2.2, 16.2). */
export type Format =
  | "R"
  | "I"
  | "S"
  | "B"
  | "U"
  | "J" // base
  | "shift"
  | "fence"
  | "csr"
  | "csri"
  | "amo"
  | "none"
  | "CR"
  | "CI"
  | "CSS"
  | "CIW"
  | "CL"
  | "CS"
  | "CA"
  | "CB"
  | "CJ";

/** What executing it may do beyond writing its destination: bits for generators and debuggers. */
export type Effect = "load" | "store" | "branch" | "jump" | "trap" | "csr" | "fence" | "reserve";

export interface Instruction {
  /** Mnemonic as GNU as writes it, without the suffixes .aq and .rl. */
  readonly name: string;
  readonly extension: Extension;
  readonly format: Format;
  /**
   * The picture of the bits, most significant first, fields separated by spaces. Widths add up to
   * 32, or to 16 for C. A field is one of:
   * - `0` and `1`: fixed bits; `-`: bits that are ignored (written as 0);
   * - `rd`, `rs1`, `rs2`: 5-bit registers; `rd'`, `rs1'`, `rs2'`: 3-bit ones (n stands for x8 + n);
   *   `rd/rs1`, `rd'/rs1'`: one register that is both, known as operand `rd`;
   * - `imm[11|4:1]`: the bits of the signed immediate that stand there, its highest bit being the
   *   sign; `uimm[…]` likewise of an unsigned one. Bits that stand nowhere are 0;
   * - `shamt`, `zimm` (5 bits, unsigned), `csr` (12), `fm`, `pred`, `succ` (4), `aq`, `rl` (1).
   */
  readonly bits: string;
  /**
   * Operands in assembly order, by the names of the picture without their primes. `imm[31:12]` is
   * written as the immediate shifted right by 12, `pc+imm` as the target, `[imm]` may be left out.
   */
  readonly syntax: string;
  /** For C: the base instruction that it is short for, in that one's syntax: `lw rd, uimm(x2)`. */
  readonly expands?: string;
  /**
   * Conditions that the fields must fulfil; the other encodings of the picture belong to another
   * row or are reserved. Terms `field = n` or `field != n`, joined by ` and `; `n` a number.
   */
  readonly where?: string;
  /**
   * Condition for execution to succeed in user mode on this machine; else it traps as illegal.
   * Terms as in `where`; besides `csr = counter` (any of CSRS) and `never`.
   */
  readonly allowed?: string;
  readonly effects?: readonly Effect[];
  /** One line of meaning; x0 reads as 0 and writes to it are dropped. */
  readonly meaning: string;
}

type Rest = Pick<Instruction, "expands" | "where" | "allowed" | "effects">;

/** A row of `extension`; the order of the columns in the tables below. */
function row(
  extension: Extension,
  name: string,
  format: Format,
  bits: string,
  syntax: string,
  meaning: string,
  rest: Rest = {},
): Instruction {
  return { name, extension, format, bits, syntax, meaning, ...rest };
}

const JUMP: Rest = { effects: ["jump"] };
const BRANCH: Rest = { effects: ["branch"] };
const LOAD: Rest = { effects: ["load"] };
const STORE: Rest = { effects: ["store"] };
const FENCE: Rest = { effects: ["fence"] };
const TRAP: Rest = { effects: ["trap"] };
const AMO: Rest = { effects: ["load", "store"] };

// prettier-ignore
const RV32I: readonly Instruction[] = [
  row("I", "lui",    "U", "imm[31:12] rd 0110111", "rd, imm[31:12]", "rd = imm"),
  row("I", "auipc",  "U", "imm[31:12] rd 0010111", "rd, imm[31:12]", "rd = pc + imm"),
  row("I", "jal",    "J", "imm[20|10:1|11|19:12] rd 1101111", "rd, pc+imm", "rd = pc + 4; pc += imm", JUMP),
  row("I", "jalr",   "I", "imm[11:0] rs1 000 rd 1100111", "rd, imm(rs1)", "rd = pc + 4; pc = (rs1 + imm) & ~1, rs1 read first", JUMP),
  row("I", "beq",    "B", "imm[12|10:5] rs2 rs1 000 imm[4:1|11] 1100011", "rs1, rs2, pc+imm", "if (rs1 == rs2) pc += imm", BRANCH),
  row("I", "bne",    "B", "imm[12|10:5] rs2 rs1 001 imm[4:1|11] 1100011", "rs1, rs2, pc+imm", "if (rs1 != rs2) pc += imm", BRANCH),
  row("I", "blt",    "B", "imm[12|10:5] rs2 rs1 100 imm[4:1|11] 1100011", "rs1, rs2, pc+imm", "if (rs1 < rs2, signed) pc += imm", BRANCH),
  row("I", "bge",    "B", "imm[12|10:5] rs2 rs1 101 imm[4:1|11] 1100011", "rs1, rs2, pc+imm", "if (rs1 >= rs2, signed) pc += imm", BRANCH),
  row("I", "bltu",   "B", "imm[12|10:5] rs2 rs1 110 imm[4:1|11] 1100011", "rs1, rs2, pc+imm", "if (rs1 < rs2, unsigned) pc += imm", BRANCH),
  row("I", "bgeu",   "B", "imm[12|10:5] rs2 rs1 111 imm[4:1|11] 1100011", "rs1, rs2, pc+imm", "if (rs1 >= rs2, unsigned) pc += imm", BRANCH),
  row("I", "lb",     "I", "imm[11:0] rs1 000 rd 0000011", "rd, imm(rs1)", "rd = sign-extended byte at rs1 + imm", LOAD),
  row("I", "lh",     "I", "imm[11:0] rs1 001 rd 0000011", "rd, imm(rs1)", "rd = sign-extended halfword at rs1 + imm", LOAD),
  row("I", "lw",     "I", "imm[11:0] rs1 010 rd 0000011", "rd, imm(rs1)", "rd = word at rs1 + imm", LOAD),
  row("I", "lbu",    "I", "imm[11:0] rs1 100 rd 0000011", "rd, imm(rs1)", "rd = zero-extended byte at rs1 + imm", LOAD),
  row("I", "lhu",    "I", "imm[11:0] rs1 101 rd 0000011", "rd, imm(rs1)", "rd = zero-extended halfword at rs1 + imm", LOAD),
  row("I", "sb",     "S", "imm[11:5] rs2 rs1 000 imm[4:0] 0100011", "rs2, imm(rs1)", "byte at rs1 + imm = low byte of rs2", STORE),
  row("I", "sh",     "S", "imm[11:5] rs2 rs1 001 imm[4:0] 0100011", "rs2, imm(rs1)", "halfword at rs1 + imm = low half of rs2", STORE),
  row("I", "sw",     "S", "imm[11:5] rs2 rs1 010 imm[4:0] 0100011", "rs2, imm(rs1)", "word at rs1 + imm = rs2", STORE),
  row("I", "addi",   "I", "imm[11:0] rs1 000 rd 0010011", "rd, rs1, imm", "rd = rs1 + imm"),
  row("I", "slti",   "I", "imm[11:0] rs1 010 rd 0010011", "rd, rs1, imm", "rd = rs1 < imm, signed"),
  row("I", "sltiu",  "I", "imm[11:0] rs1 011 rd 0010011", "rd, rs1, imm", "rd = rs1 < sign-extended imm, unsigned"),
  row("I", "xori",   "I", "imm[11:0] rs1 100 rd 0010011", "rd, rs1, imm", "rd = rs1 ^ imm"),
  row("I", "ori",    "I", "imm[11:0] rs1 110 rd 0010011", "rd, rs1, imm", "rd = rs1 | imm"),
  row("I", "andi",   "I", "imm[11:0] rs1 111 rd 0010011", "rd, rs1, imm", "rd = rs1 & imm"),
  row("I", "slli",   "shift", "0000000 shamt rs1 001 rd 0010011", "rd, rs1, shamt", "rd = rs1 << shamt"),
  row("I", "srli",   "shift", "0000000 shamt rs1 101 rd 0010011", "rd, rs1, shamt", "rd = rs1 >> shamt, zeros shifted in"),
  row("I", "srai",   "shift", "0100000 shamt rs1 101 rd 0010011", "rd, rs1, shamt", "rd = rs1 >> shamt, the sign shifted in"),
  row("I", "add",    "R", "0000000 rs2 rs1 000 rd 0110011", "rd, rs1, rs2", "rd = rs1 + rs2"),
  row("I", "sub",    "R", "0100000 rs2 rs1 000 rd 0110011", "rd, rs1, rs2", "rd = rs1 - rs2"),
  row("I", "sll",    "R", "0000000 rs2 rs1 001 rd 0110011", "rd, rs1, rs2", "rd = rs1 << low 5 bits of rs2"),
  row("I", "slt",    "R", "0000000 rs2 rs1 010 rd 0110011", "rd, rs1, rs2", "rd = rs1 < rs2, signed"),
  row("I", "sltu",   "R", "0000000 rs2 rs1 011 rd 0110011", "rd, rs1, rs2", "rd = rs1 < rs2, unsigned"),
  row("I", "xor",    "R", "0000000 rs2 rs1 100 rd 0110011", "rd, rs1, rs2", "rd = rs1 ^ rs2"),
  row("I", "srl",    "R", "0000000 rs2 rs1 101 rd 0110011", "rd, rs1, rs2", "rd = rs1 >> low 5 bits of rs2, zeros shifted in"),
  row("I", "sra",    "R", "0100000 rs2 rs1 101 rd 0110011", "rd, rs1, rs2", "rd = rs1 >> low 5 bits of rs2, the sign shifted in"),
  row("I", "or",     "R", "0000000 rs2 rs1 110 rd 0110011", "rd, rs1, rs2", "rd = rs1 | rs2"),
  row("I", "and",    "R", "0000000 rs2 rs1 111 rd 0110011", "rd, rs1, rs2", "rd = rs1 & rs2"),
  row("I", "fence",  "fence", "fm pred succ ----- 000 ----- 0001111", "pred, succ", "order the accesses of pred before those of succ; all hints and reserved forms are fences", FENCE),
  row("I", "ecall",  "none", "000000000000 00000 000 00000 1110011", "", "call the kernel: a7 number, a0 to a5 arguments, a0 result", TRAP),
  row("I", "ebreak", "none", "000000000001 00000 000 00000 1110011", "", "trap to the debugger, else SIGTRAP", TRAP),
];

// prettier-ignore
const ZIFENCEI: readonly Instruction[] = [
  row("Zifencei", "fence.i", "fence", "------------ ----- 001 ----- 0001111", "", "later fetches of this hart see its earlier stores", FENCE),
];

const READ_BY_REGISTER: Rest = { effects: ["csr"], allowed: "csr = counter and rs1 = 0" };
const READ_BY_IMMEDIATE: Rest = { effects: ["csr"], allowed: "csr = counter and zimm = 0" };
const WRITES_CSR: Rest = { effects: ["csr"], allowed: "never" };

// Only the counters of user mode exist, and they are read-only: whatever would write traps, also with an
// unchanged value (Zicsr, 9.1: csrrs and csrrc do not write if rs1 is x0).
// prettier-ignore
const ZICSR: readonly Instruction[] = [
  row("Zicsr", "csrrw",  "csr",  "csr rs1 001 rd 1110011", "rd, csr, rs1", "rd = csr; csr = rs1", WRITES_CSR),
  row("Zicsr", "csrrs",  "csr",  "csr rs1 010 rd 1110011", "rd, csr, rs1", "rd = csr; csr |= rs1", READ_BY_REGISTER),
  row("Zicsr", "csrrc",  "csr",  "csr rs1 011 rd 1110011", "rd, csr, rs1", "rd = csr; csr &= ~rs1", READ_BY_REGISTER),
  row("Zicsr", "csrrwi", "csri", "csr zimm 101 rd 1110011", "rd, csr, zimm", "rd = csr; csr = zimm", WRITES_CSR),
  row("Zicsr", "csrrsi", "csri", "csr zimm 110 rd 1110011", "rd, csr, zimm", "rd = csr; csr |= zimm", READ_BY_IMMEDIATE),
  row("Zicsr", "csrrci", "csri", "csr zimm 111 rd 1110011", "rd, csr, zimm", "rd = csr; csr &= ~zimm", READ_BY_IMMEDIATE),
];

// prettier-ignore
const M: readonly Instruction[] = [
  row("M", "mul",    "R", "0000001 rs2 rs1 000 rd 0110011", "rd, rs1, rs2", "rd = low word of rs1 * rs2"),
  row("M", "mulh",   "R", "0000001 rs2 rs1 001 rd 0110011", "rd, rs1, rs2", "rd = high word of rs1 * rs2, both signed"),
  row("M", "mulhsu", "R", "0000001 rs2 rs1 010 rd 0110011", "rd, rs1, rs2", "rd = high word of rs1 * rs2, rs1 signed, rs2 unsigned"),
  row("M", "mulhu",  "R", "0000001 rs2 rs1 011 rd 0110011", "rd, rs1, rs2", "rd = high word of rs1 * rs2, both unsigned"),
  row("M", "div",    "R", "0000001 rs2 rs1 100 rd 0110011", "rd, rs1, rs2", "rd = rs1 / rs2, signed, toward zero; x / 0 = -1, -2^31 / -1 = -2^31"),
  row("M", "divu",   "R", "0000001 rs2 rs1 101 rd 0110011", "rd, rs1, rs2", "rd = rs1 / rs2, unsigned; x / 0 = 2^32 - 1"),
  row("M", "rem",    "R", "0000001 rs2 rs1 110 rd 0110011", "rd, rs1, rs2", "rd = rs1 % rs2, signed, the sign of rs1; x % 0 = x, -2^31 % -1 = 0"),
  row("M", "remu",   "R", "0000001 rs2 rs1 111 rd 0110011", "rd, rs1, rs2", "rd = rs1 % rs2, unsigned; x % 0 = x"),
];

// prettier-ignore
const A: readonly Instruction[] = [
  row("A", "lr.w",      "amo", "00010 aq rl 00000 rs1 010 rd 0101111", "rd, (rs1)", "rd = word at rs1; reserve it", { effects: ["load", "reserve"] }),
  row("A", "sc.w",      "amo", "00011 aq rl rs2 rs1 010 rd 0101111", "rd, rs2, (rs1)", "if reserved, word at rs1 = rs2 and rd = 0, else rd = 1; the reservation ends", { effects: ["store", "reserve"] }),
  row("A", "amoswap.w", "amo", "00001 aq rl rs2 rs1 010 rd 0101111", "rd, rs2, (rs1)", "rd = word at rs1; that word = rs2", AMO),
  row("A", "amoadd.w",  "amo", "00000 aq rl rs2 rs1 010 rd 0101111", "rd, rs2, (rs1)", "rd = word at rs1; that word = rd + rs2", AMO),
  row("A", "amoxor.w",  "amo", "00100 aq rl rs2 rs1 010 rd 0101111", "rd, rs2, (rs1)", "rd = word at rs1; that word = rd ^ rs2", AMO),
  row("A", "amoand.w",  "amo", "01100 aq rl rs2 rs1 010 rd 0101111", "rd, rs2, (rs1)", "rd = word at rs1; that word = rd & rs2", AMO),
  row("A", "amoor.w",   "amo", "01000 aq rl rs2 rs1 010 rd 0101111", "rd, rs2, (rs1)", "rd = word at rs1; that word = rd | rs2", AMO),
  row("A", "amomin.w",  "amo", "10000 aq rl rs2 rs1 010 rd 0101111", "rd, rs2, (rs1)", "rd = word at rs1; that word = the smaller of rd and rs2, signed", AMO),
  row("A", "amomax.w",  "amo", "10100 aq rl rs2 rs1 010 rd 0101111", "rd, rs2, (rs1)", "rd = word at rs1; that word = the larger of rd and rs2, signed", AMO),
  row("A", "amominu.w", "amo", "11000 aq rl rs2 rs1 010 rd 0101111", "rd, rs2, (rs1)", "rd = word at rs1; that word = the smaller of rd and rs2, unsigned", AMO),
  row("A", "amomaxu.w", "amo", "11100 aq rl rs2 rs1 010 rd 0101111", "rd, rs2, (rs1)", "rd = word at rs1; that word = the larger of rd and rs2, unsigned", AMO),
];

/** A row of C, whose base instruction is a column of its own. */
function short(
  name: string,
  format: Format,
  bits: string,
  syntax: string,
  expands: string,
  meaning: string,
  rest: Rest = {},
): Instruction {
  return row("C", name, format, bits, syntax, meaning, { expands, ...rest });
}

// Hints (writes to x0, shifts by 0, c.nop with an immediate) execute as what they expand to. With
// shamt[5] = 1, c.slli, c.srli and c.srai are for custom extensions on RV32: illegal here.
// prettier-ignore
const C: readonly Instruction[] = [
  short("c.addi4spn", "CIW", "000 uimm[5:4|9:6|2|3] rd' 00", "rd, x2, uimm", "addi rd, x2, uimm", "rd = sp + uimm", { where: "uimm != 0" }),
  short("c.lw",       "CL",  "010 uimm[5:3] rs1' uimm[2|6] rd' 00", "rd, uimm(rs1)", "lw rd, uimm(rs1)", "rd = word at rs1 + uimm", LOAD),
  short("c.sw",       "CS",  "110 uimm[5:3] rs1' uimm[2|6] rs2' 00", "rs2, uimm(rs1)", "sw rs2, uimm(rs1)", "word at rs1 + uimm = rs2", STORE),
  short("c.nop",      "CI",  "000 imm[5] 00000 imm[4:0] 01", "[imm]", "addi x0, x0, imm", "nothing; a hint if imm is not 0"),
  short("c.addi",     "CI",  "000 imm[5] rd/rs1 imm[4:0] 01", "rd, imm", "addi rd, rd, imm", "rd += imm", { where: "rd != 0" }),
  short("c.jal",      "CJ",  "001 imm[11|4|9:8|10|6|7|3:1|5] 01", "pc+imm", "jal x1, pc+imm", "ra = pc + 2; pc += imm", JUMP),
  short("c.li",       "CI",  "010 imm[5] rd imm[4:0] 01", "rd, imm", "addi rd, x0, imm", "rd = imm"),
  short("c.addi16sp", "CI",  "011 imm[9] 00010 imm[4|6|8:7|5] 01", "x2, imm", "addi x2, x2, imm", "sp += imm", { where: "imm != 0" }),
  short("c.lui",      "CI",  "011 imm[17] rd imm[16:12] 01", "rd, imm[31:12]", "lui rd, imm[31:12]", "rd = imm", { where: "rd != 2 and imm != 0" }),
  short("c.srli",     "CB",  "100 0 00 rd'/rs1' shamt 01", "rd, shamt", "srli rd, rd, shamt", "rd >>= shamt, zeros shifted in"),
  short("c.srai",     "CB",  "100 0 01 rd'/rs1' shamt 01", "rd, shamt", "srai rd, rd, shamt", "rd >>= shamt, the sign shifted in"),
  short("c.andi",     "CB",  "100 imm[5] 10 rd'/rs1' imm[4:0] 01", "rd, imm", "andi rd, rd, imm", "rd &= imm"),
  short("c.sub",      "CA",  "100 0 11 rd'/rs1' 00 rs2' 01", "rd, rs2", "sub rd, rd, rs2", "rd -= rs2"),
  short("c.xor",      "CA",  "100 0 11 rd'/rs1' 01 rs2' 01", "rd, rs2", "xor rd, rd, rs2", "rd ^= rs2"),
  short("c.or",       "CA",  "100 0 11 rd'/rs1' 10 rs2' 01", "rd, rs2", "or rd, rd, rs2", "rd |= rs2"),
  short("c.and",      "CA",  "100 0 11 rd'/rs1' 11 rs2' 01", "rd, rs2", "and rd, rd, rs2", "rd &= rs2"),
  short("c.j",        "CJ",  "101 imm[11|4|9:8|10|6|7|3:1|5] 01", "pc+imm", "jal x0, pc+imm", "pc += imm", JUMP),
  short("c.beqz",     "CB",  "110 imm[8|4:3] rs1' imm[7:6|2:1|5] 01", "rs1, pc+imm", "beq rs1, x0, pc+imm", "if (rs1 == 0) pc += imm", BRANCH),
  short("c.bnez",     "CB",  "111 imm[8|4:3] rs1' imm[7:6|2:1|5] 01", "rs1, pc+imm", "bne rs1, x0, pc+imm", "if (rs1 != 0) pc += imm", BRANCH),
  short("c.slli",     "CI",  "000 0 rd/rs1 shamt 10", "rd, shamt", "slli rd, rd, shamt", "rd <<= shamt"),
  short("c.lwsp",     "CI",  "010 uimm[5] rd uimm[4:2|7:6] 10", "rd, uimm(x2)", "lw rd, uimm(x2)", "rd = word at sp + uimm", { where: "rd != 0", effects: ["load"] }),
  short("c.jr",       "CR",  "100 0 rs1 00000 10", "rs1", "jalr x0, 0(rs1)", "pc = rs1 & ~1", { where: "rs1 != 0", effects: ["jump"] }),
  short("c.mv",       "CR",  "100 0 rd rs2 10", "rd, rs2", "add rd, x0, rs2", "rd = rs2", { where: "rs2 != 0" }),
  short("c.ebreak",   "CR",  "100 1 00000 00000 10", "", "ebreak", "trap to the debugger, else SIGTRAP", TRAP),
  short("c.jalr",     "CR",  "100 1 rs1 00000 10", "rs1", "jalr x1, 0(rs1)", "ra = pc + 2; pc = rs1 & ~1, rs1 read first", { where: "rs1 != 0", effects: ["jump"] }),
  short("c.add",      "CR",  "100 1 rd/rs1 rs2 10", "rd, rs2", "add rd, rd, rs2", "rd += rs2", { where: "rs2 != 0" }),
  short("c.swsp",     "CSS", "110 uimm[5:2|7:6] rs2 10", "rs2, uimm(x2)", "sw rs2, uimm(x2)", "word at sp + uimm = rs2", STORE),
];

/** All instructions, in the order of the specification. */
export const INSTRUCTIONS: readonly Instruction[] = [...RV32I, ...ZIFENCEI, ...ZICSR, ...M, ...A, ...C];

export interface ControlRegister {
  readonly name: string;
  readonly number: number;
  readonly meaning: string;
}

/** The control and status registers that exist: the read-only counters of user mode. */
export const CSRS: readonly ControlRegister[] = [
  { name: "cycle", number: 0xc00, meaning: "clock ticks of this hart, low word" },
  { name: "time", number: 0xc01, meaning: "ticks of the virtual clock, low word" },
  { name: "instret", number: 0xc02, meaning: "instructions retired by this hart, low word" },
  { name: "cycleh", number: 0xc80, meaning: "high word of cycle" },
  { name: "timeh", number: 0xc81, meaning: "high word of time" },
  { name: "instreth", number: 0xc82, meaning: "high word of instret" },
];

/** ABI names of x0..x31 (psABI, integer register convention); x8 is also called fp. */
// prettier-ignore
export const REGISTER_NAMES: readonly string[] = [
  "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5",
  "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6",
];
