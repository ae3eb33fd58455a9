// Spellings that assemble to one instruction but that a disassembler does not write: the rest of the
// pseudo-instructions (assembly programmer's manual), in the notation of the ISA's table of aliases.

import type { Alias } from "../isa/aliases.ts";

// biome-ignore format: a table
export const ASSEMBLER_ALIASES: readonly Alias[] = [
  { name: "add", of: "addi", where: "", syntax: "rd, rs1, imm" },
  { name: "and", of: "andi", where: "", syntax: "rd, rs1, imm" },
  { name: "or", of: "ori", where: "", syntax: "rd, rs1, imm" },
  { name: "xor", of: "xori", where: "", syntax: "rd, rs1, imm" },
  { name: "slt", of: "slti", where: "", syntax: "rd, rs1, imm" },
  { name: "sltu", of: "sltiu", where: "", syntax: "rd, rs1, imm" },
  { name: "sll", of: "slli", where: "", syntax: "rd, rs1, shamt" },
  { name: "srl", of: "srli", where: "", syntax: "rd, rs1, shamt" },
  { name: "sra", of: "srai", where: "", syntax: "rd, rs1, shamt" },
  { name: "move", of: "addi", where: "imm = 0", syntax: "rd, rs1" },
  { name: "sgt", of: "slt", where: "", syntax: "rd, rs2, rs1" },
  { name: "sgtu", of: "sltu", where: "", syntax: "rd, rs2, rs1" },
  { name: "bgt", of: "blt", where: "", syntax: "rs2, rs1, pc+imm" },
  { name: "ble", of: "bge", where: "", syntax: "rs2, rs1, pc+imm" },
  { name: "bgtu", of: "bltu", where: "", syntax: "rs2, rs1, pc+imm" },
  { name: "bleu", of: "bgeu", where: "", syntax: "rs2, rs1, pc+imm" },
  { name: "jr", of: "jalr", where: "rd = 0", syntax: "rs1, imm" },
  { name: "jalr", of: "jalr", where: "rd = 1", syntax: "rs1, imm" },
  { name: "jalr", of: "jalr", where: "", syntax: "rd, rs1, imm" },
  { name: "csrrw", of: "csrrwi", where: "", syntax: "rd, csr, zimm" },
  { name: "csrrs", of: "csrrsi", where: "", syntax: "rd, csr, zimm" },
  { name: "csrrc", of: "csrrci", where: "", syntax: "rd, csr, zimm" },
  { name: "csrw", of: "csrrwi", where: "rd = 0", syntax: "csr, zimm" },
  { name: "csrs", of: "csrrsi", where: "rd = 0", syntax: "csr, zimm" },
  { name: "csrc", of: "csrrci", where: "rd = 0", syntax: "csr, zimm" },
  { name: "scall", of: "ecall", where: "", syntax: "" },
  { name: "sbreak", of: "ebreak", where: "", syntax: "" },
  { name: "fence.tso", of: "fence", where: "fm = 8 and pred = 3 and succ = 3", syntax: "" },
  { name: "pause", of: "fence", where: "pred = 1", syntax: "" },
];
