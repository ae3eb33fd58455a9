// Fuses the slots of a block: the opcode of a slot becomes that of a sequence that begins there, so that one
// dispatch executes two or three instructions. The slots that follow keep their own opcodes and operands: a fault
// in the middle of a sequence is left to the slot that it belongs to.
//
// Which slots to fuse is chosen from the end of the block backwards for the fewest dispatches.

import { pairAt, tripleAt } from "./fuse.gen";
import { ADD, AND, BEQ, BNE, MUL, OR, XOR, firstOf } from "./opcodes.gen";
import { SLOT_OPCODE, SLOT_RD, SLOT_RS1, SLOT_RS2, SLOT_SIZE } from "./slot";
import { FUSE_COSTS } from "./state";

/** Fuses the slots from `first` to the block's ender `last`. */
export function fuse(first: u32, last: u32): void {
  let cost = FUSE_COSTS + (last - first) / SLOT_SIZE;
  store<u8>(cost, 1);
  store<u8>(cost, 0, 1);
  for (let p = last - SLOT_SIZE; p >= first; p -= SLOT_SIZE) {
    orderOperands(p, p + SLOT_SIZE);
    cost--;
    store<u8>(cost, fuseSlot(p, cost, p + SLOT_SIZE < last));
  }
}

/** Gives the slot its best opcode and returns the dispatches from it to the block's end; `cost` has those of later ones. */
function fuseSlot(p: u32, cost: u32, hasThree: bool): u32 {
  let best: u32 = load<u8>(cost, 1);
  const pair = pairAt(p);
  if (pair && load<u8>(cost, 2) < best) {
    best = load<u8>(cost, 2);
    store<u8>(p, pair, SLOT_OPCODE);
  }
  const triple = hasThree ? tripleAt(p) : 0;
  if (triple && load<u8>(cost, 3) < best) {
    best = load<u8>(cost, 3);
    store<u8>(p, triple, SLOT_OPCODE);
  }
  return best + 1;
}

/** Where the order of the operands is free, the result of the slot before becomes the first. */
function orderOperands(before: u32, p: u32): void {
  const result = load<u8>(before, SLOT_RD);
  const first = load<u8>(p, SLOT_RS1);
  if (first == result || load<u8>(p, SLOT_RS2) != result || !commutes(opcodeAt(p, 0))) return;
  store<u8>(p, result, SLOT_RS1);
  store<u8>(p, first, SLOT_RS2);
}

function commutes(opcode: u32): bool {
  return (
    opcode == ADD ||
    opcode == AND ||
    opcode == OR ||
    opcode == XOR ||
    opcode == MUL ||
    opcode == BEQ ||
    opcode == BNE
  );
}

/** Base opcode of the slot `at` bytes after `p`. */
export function opcodeAt(p: u32, at: u32): u32 {
  return firstOf(load<u8>(p + at, SLOT_OPCODE));
}

/** The slot's first operand is the result of the one before. */
export function takesFirst(p: u32, at: u32): bool {
  return load<u8>(p + at, SLOT_RS1) == load<u8>(p + at - SLOT_SIZE, SLOT_RD);
}

export function takesSecond(p: u32, at: u32): bool {
  return load<u8>(p + at, SLOT_RS2) == load<u8>(p + at - SLOT_SIZE, SLOT_RD);
}
