// Writes slots, and picks the cheaper opcode where the operands allow one: constants, moves, plain jumps.
// Registers are given as offsets (number times 4), destinations with x0 as such.

import { ADD, ADDI, GOTO, JAL, LI, MV, NOP } from "./opcodes.gen";
import { SINK, SLOT_IMM, SLOT_OPCODE, SLOT_RD, SLOT_RS1, SLOT_RS2 } from "./slot";

export function writeSlot(p: u32, opcode: u32, rd: u32, rs1: u32, rs2: u32, imm: i32): void {
  store<u8>(p, opcode, SLOT_OPCODE);
  store<u8>(p, rd ? rd : SINK, SLOT_RD);
  store<u8>(p, rs1, SLOT_RS1);
  store<u8>(p, rs2, SLOT_RS2);
  store<i32>(p, imm, SLOT_IMM);
}

export function writeAddi(p: u32, rd: u32, rs1: u32, imm: i32): void {
  const opcode = rd == 0 ? NOP : rs1 == 0 ? LI : imm == 0 ? MV : ADDI;
  writeSlot(p, opcode, rd, rs1, 0, imm);
}

export function writeAdd(p: u32, rd: u32, rs1: u32, rs2: u32): void {
  if (rs1 == 0) writeSlot(p, MV, rd, rs2, 0, 0);
  else writeSlot(p, rs2 ? ADD : MV, rd, rs1, rs2, 0);
}

export function writeJal(p: u32, rd: u32, target: u32): void {
  writeSlot(p, rd ? JAL : GOTO, rd, 0, 0, target);
}
