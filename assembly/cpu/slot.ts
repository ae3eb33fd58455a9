// Decoded code in memory: the records of a block and of an instruction slot, and the registers.
//
// A block is a straight run of guest instructions inside one page. It is named by the address of its header;
// a slot is named by the address 16 bytes below it, so that a block's address is also that of its first slot.
//
//  block -4   0        4        8        12       16
//        +--------+--------+--------+--------+--------+---- … ----+---------------+
//        | frame  | length |   pc   | fetch  |  hash  |   slots   | ender's links |  exits
//        |  next  |        |        | entry  |  next  |           |               |
//        +--------+--------+--------+--------+--------+-----------+---------------+
//
//  slot 16  17    18    19    20         24
//       +-----+-----+-----+-----+----------+   rd, rs1, rs2: register number times 4; x0 as a destination is
//       | op  | rd  | rs1 | rs2 |   imm    |   the sink. An ender (branch, jump) is 8 bytes longer: two words
//       +-----+-----+-----+-----+----------+   from 20, see the LINK_* constants.
//
// An exit is a block of length 0 with one slot; the ender's link leads to it until the target is known, and
// for good where the target lies in another page (see control.ts).

import { REGISTERS } from "../layout";

/** Guest instructions in the block: what entering it takes from the budget. */
export const BLOCK_LENGTH = 0;
/** Virtual address of the first instruction. */
export const BLOCK_PC = 4;
/** Entry of the fetch table under which it was decoded; BLOCK_DROPPED when it must not be entered. */
export const BLOCK_FETCH = 8;
/** Next block of the hash bucket. */
export const BLOCK_NEXT = 12;
/** Bytes before the header: the next block of the frame. */
export const BLOCK_FRAME_NEXT = 4;
/** No valid entry of a fetch table, nor an invalid one. */
export const BLOCK_DROPPED = 3;

export const SLOT_OPCODE = 16;
export const SLOT_RD = 17;
export const SLOT_RS1 = 18;
export const SLOT_RS2 = 19;
export const SLOT_IMM = 20;
export const SLOT_SIZE = 8;
/** u16 of a POINT slot, in place of rs1 and rs2: first and last index of its points (see debug/points.ts). */
export const SLOT_POINTS = 18;

/** Branch: block taken, block not taken. */
export const LINK_TAKEN = 20;
export const LINK_NEXT = 24;
/** jal, goto: block of the target; return address. jalr: immediate; return address. */
export const LINK_TARGET = 20;
export const LINK_RETURN = 24;
/** Bytes of an ender that are not in its slot. */
export const ENDER_EXTRA = 8;

/** Exit: target pc; address of the link that led here (0: the target is in another page); block found. */
export const EXIT_PC = 4;
export const EXIT_LINK = 8;
export const EXIT_BLOCK = 12;
export const EXIT_SIZE = 24;

/** Destination offset that stands for x0. */
export const SINK = 128;

/** Value of the register at an offset. */
// @ts-ignore: decorator
@inline
export function register(offset: u32): i32 {
  return load<i32>(offset, REGISTERS);
}

// @ts-ignore: decorator
@inline
export function setRegister(offset: u32, value: i32): void {
  store<i32>(offset, value, REGISTERS);
}

/** Operands of a slot. */
// @ts-ignore: decorator
@inline
export function rs1(p: u32): i32 {
  return register(load<u8>(p, SLOT_RS1));
}

// @ts-ignore: decorator
@inline
export function rs2(p: u32): i32 {
  return register(load<u8>(p, SLOT_RS2));
}

// @ts-ignore: decorator
@inline
export function imm(p: u32): i32 {
  return load<i32>(p, SLOT_IMM);
}

// @ts-ignore: decorator
@inline
export function setRd(p: u32, value: i32): void {
  setRegister(load<u8>(p, SLOT_RD), value);
}
