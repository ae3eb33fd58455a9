// Entering and leaving blocks, with the budget: who enters a block pays for all of it, who leaves it early is
// refunded what has not retired. Functions that return a slot or block return 0 where the hart must stop.

import { CAUSE_DEBUG, CAUSE_FETCH_PAGE_FAULT, DEBUG, DEBUG_DUE, REGISTER_PC } from "../layout";
import { translateFetch } from "../mmu/access";
import { isValid } from "../mmu/translation";
import { blockFind } from "./blocks";
import { ORIGIN_SECOND, buildBlock, buildPartial } from "./build";
import { BLOCK_FETCH, BLOCK_LENGTH, BLOCK_PC, SLOT_SIZE } from "./slot";
import { BUDGET, EXECUTED, FAULT_ADDRESS, STRETCH, TRAP_CAUSE, TRAP_VALUE, originOf } from "./state";

/** Stops at `pc` without a trap. */
export function stopAt(pc: u32): u32 {
  store<u32>(REGISTER_PC, pc);
  return 0;
}

/** Stops at `pc` with a trap. */
export function trapAt(pc: u32, cause: u32, value: u32): u32 {
  store<u32>(TRAP_CAUSE, cause + 1);
  store<u32>(TRAP_VALUE, value);
  return stopAt(pc);
}

/** The block at `pc`, decoded if need be; 0 after a fetch fault. */
export function blockAt(pc: u32): u32 {
  const fetch = translateFetch(pc);
  if (isValid(fetch)) {
    const block = blockFind(pc, fetch) || buildBlock(pc, fetch);
    if (block) return block;
  }
  return trapAt(pc, CAUSE_FETCH_PAGE_FAULT, load<u32>(FAULT_ADDRESS));
}

/** Goes on at `pc`. With nothing left of the budget not even the fetch is tried. */
export function enterAt(pc: u32): u32 {
  if (load<i32>(BUDGET) == 0) return stopAt(pc);
  const block = blockAt(pc);
  return block ? enter(block) : 0;
}

/** Pays for the block; where the budget does not reach to its end, for the part that it reaches. */
export function enter(block: u32): u32 {
  const budget = load<i32>(BUDGET);
  const length = load<i32>(block, BLOCK_LENGTH);
  if (length <= budget) {
    store<i32>(BUDGET, budget - length);
    return block;
  }
  const pc = load<u32>(block, BLOCK_PC);
  if (budget == 0) return stopAt(pc);
  store<i32>(BUDGET, 0);
  return buildPartial(pc, load<u32>(block, BLOCK_FETCH), budget);
}

/** The block that the slot belongs to. */
export function blockOf(p: u32): u32 {
  const index: u32 = load<u8>(originOf(p));
  const slots = index & ORIGIN_SECOND ? 1 : index;
  return p - slots * SLOT_SIZE;
}

/** Instructions of the block before the one of the slot. */
export function indexOf(p: u32): u32 {
  return load<u8>(originOf(p)) & (ORIGIN_SECOND - 1);
}

/** Virtual address of the slot's instruction. */
export function pcOf(p: u32): u32 {
  return load<u32>(blockOf(p), BLOCK_PC) + distanceOf(p);
}

/** Virtual address of what follows the slot's instruction, which is not the block's ender. */
export function pcAfter(p: u32): u32 {
  return load<u32>(blockOf(p), BLOCK_PC) + distanceOf(p + SLOT_SIZE);
}

/** Bytes from the block's pc to the slot's instruction. */
function distanceOf(p: u32): u32 {
  return (<u32>load<u8>(originOf(p), 1)) << 1;
}

/** Instructions that this call of `execute` has retired before the slot's. */
export function executedBefore(p: u32): u32 {
  const paid = load<u32>(EXECUTED) + load<u32>(STRETCH) - load<u32>(BUDGET);
  return paid - load<u32>(blockOf(p), BLOCK_LENGTH) + indexOf(p);
}

/** Refunds what the block has not executed when `retired` of its instructions have retired. */
function refund(p: u32, retired: u32): void {
  store<i32>(BUDGET, load<i32>(BUDGET) + load<u32>(blockOf(p), BLOCK_LENGTH) - retired);
}

/** Stops with a trap of the slot's instruction, which does not retire. */
export function trapBefore(p: u32, cause: u32, value: u32): u32 {
  refund(p, indexOf(p));
  return trapAt(pcOf(p), cause, value);
}

/** Leaves the block after the slot's instruction has retired, and goes on at `pc` unless a stop is due. */
export function leaveTo(p: u32, pc: u32): u32 {
  refund(p, indexOf(p) + 1);
  return load<u32>(DEBUG + DEBUG_DUE) ? trapAt(pc, CAUSE_DEBUG, 0) : enterAt(pc);
}
