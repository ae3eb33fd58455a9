// Pseudo-instructions that stand for one instruction, as a disassembler prefers to write them
// (assembly programmer's handbook, unprivileged specification chapter 25).

export interface Alias {
  readonly name: string;
  /** The instruction that it is a form of, and the condition on its operands, as in the table. */
  readonly of: string;
  readonly where: string;
  /** Its operands, in the notation of the table. */
  readonly syntax: string;
}

/** The first one whose condition holds is the one to write. */
// biome-ignore format: a table
export const ALIASES: readonly Alias[] = [
  { name: "nop", of: "addi", where: "rd = 0 and rs1 = 0 and imm = 0", syntax: "" },
  { name: "li", of: "addi", where: "rs1 = 0", syntax: "rd, imm" },
  { name: "mv", of: "addi", where: "imm = 0", syntax: "rd, rs1" },
  { name: "mv", of: "c.mv", where: "rd != 0", syntax: "rd, rs2" },
  { name: "not", of: "xori", where: "imm = -1", syntax: "rd, rs1" },
  { name: "zext.b", of: "andi", where: "imm = 255", syntax: "rd, rs1" },
  { name: "neg", of: "sub", where: "rs1 = 0", syntax: "rd, rs2" },
  { name: "seqz", of: "sltiu", where: "imm = 1", syntax: "rd, rs1" },
  { name: "snez", of: "sltu", where: "rs1 = 0", syntax: "rd, rs2" },
  { name: "sltz", of: "slt", where: "rs2 = 0", syntax: "rd, rs1" },
  { name: "sgtz", of: "slt", where: "rs1 = 0", syntax: "rd, rs2" },
  { name: "j", of: "jal", where: "rd = 0", syntax: "pc+imm" },
  { name: "jal", of: "jal", where: "rd = 1", syntax: "pc+imm" },
  { name: "ret", of: "jalr", where: "rd = 0 and rs1 = 1 and imm = 0", syntax: "" },
  { name: "jr", of: "jalr", where: "rd = 0 and imm = 0", syntax: "rs1" },
  { name: "jr", of: "jalr", where: "rd = 0", syntax: "imm(rs1)" },
  { name: "jalr", of: "jalr", where: "rd = 1 and imm = 0", syntax: "rs1" },
  { name: "jalr", of: "jalr", where: "rd = 1", syntax: "imm(rs1)" },
  { name: "jalr", of: "jalr", where: "imm = 0", syntax: "rd, rs1" },
  { name: "beqz", of: "beq", where: "rs2 = 0", syntax: "rs1, pc+imm" },
  { name: "bnez", of: "bne", where: "rs2 = 0", syntax: "rs1, pc+imm" },
  { name: "blez", of: "bge", where: "rs1 = 0", syntax: "rs2, pc+imm" },
  { name: "bgez", of: "bge", where: "rs2 = 0", syntax: "rs1, pc+imm" },
  { name: "bltz", of: "blt", where: "rs2 = 0", syntax: "rs1, pc+imm" },
  { name: "bgtz", of: "blt", where: "rs1 = 0", syntax: "rs2, pc+imm" },
  { name: "fence", of: "fence", where: "pred = 15 and succ = 15", syntax: "" },
  { name: "unimp", of: "csrrw", where: "rd = 0 and csr = cycle and rs1 = 0", syntax: "" },
  { name: "csrw", of: "csrrw", where: "rd = 0", syntax: "csr, rs1" },
  { name: "rdcycle", of: "csrrs", where: "rs1 = 0 and csr = cycle", syntax: "rd" },
  { name: "rdtime", of: "csrrs", where: "rs1 = 0 and csr = time", syntax: "rd" },
  { name: "rdinstret", of: "csrrs", where: "rs1 = 0 and csr = instret", syntax: "rd" },
  { name: "rdcycleh", of: "csrrs", where: "rs1 = 0 and csr = cycleh", syntax: "rd" },
  { name: "rdtimeh", of: "csrrs", where: "rs1 = 0 and csr = timeh", syntax: "rd" },
  { name: "rdinstreth", of: "csrrs", where: "rs1 = 0 and csr = instreth", syntax: "rd" },
  { name: "csrr", of: "csrrs", where: "rs1 = 0", syntax: "rd, csr" },
  { name: "csrs", of: "csrrs", where: "rd = 0", syntax: "csr, rs1" },
  { name: "csrc", of: "csrrc", where: "rd = 0", syntax: "csr, rs1" },
  { name: "csrwi", of: "csrrwi", where: "rd = 0", syntax: "csr, zimm" },
  { name: "csrsi", of: "csrrsi", where: "rd = 0", syntax: "csr, zimm" },
  { name: "csrci", of: "csrrci", where: "rd = 0", syntax: "csr, zimm" },
];
