// The instruction table: one row an instruction, from which everything else is derived (decoder,
// interpreter dispatch, disassembler, assembler, reference page, random programs).
// Read by the host and by the generator; imports nothing.

/** Where an instruction comes from: the base, a standard extension, or a pseudo-extension. */
export type Extension = "I" | "M" | "A" | "C" | "Zicsr" | "Zifencei";

/** How the operands are packed (unprivileged specification 2.2, 16.2). */
export type Format =
  | "R" | "I" | "S" | "B" | "U" | "J" // base
  | "shift" | "fence" | "csr" | "csri" | "amo" | "none"
  | "CR" | "CI" | "CSS" | "CIW" | "CL" | "CS" | "CA" | "CB" | "CJ";

/** What executing it may do beyond writing its destination: bits for generators and debuggers. */
export type Effect = "load" | "store" | "branch" | "jump" | "trap" | "csr" | "fence" | "reserve";

export interface Instruction {
  /** Mnemonic as GNU as writes it. */
  readonly name: string;
  readonly extension: Extension;
  readonly format: Format;
  /**
   * The picture of the bits, most significant first, fields separated by spaces: 0 and 1 are fixed;
   * `rd`, `rs1`, `rs2` are 5-bit registers; `rd'`, `rs1'`, `rs2'` 3-bit ones (x8 + n); `rd/rs1` both;
   * `imm[11:0]` and `imm[4|9:8|10|…]` say which bits of the immediate stand there; `csr`, `zimm`,
   * `shamt`, `aq`, `rl`, `fm`, `pred`, `succ` by name. Widths add up to 32, or 16 for C.
   */
  readonly bits: string;
  /** Operands in assembly order, as in `rd, imm(rs1)`. */
  readonly syntax: string;
  /** For C: the base instruction that it is short for, as in `lw rd', imm(rs1')`. */
  readonly expands?: string;
  /** Encodings of the picture that are reserved, as conditions on its fields (`rd != 0`). */
  readonly where?: string;
  readonly effects?: readonly Effect[];
  /** One line of meaning in the specification's terms. */
  readonly meaning: string;
}
