// The interpreter's scratch words: what one call of `execute` and the slow paths tell each other.
// Derived range: nothing here survives a call.

import { BLOCKS, BLOCK_ORIGINS, HARTS, HART_SIZE, SCRATCH, TRANSLATION, TRANSLATION_SIZE } from "../layout";

/** Instructions left of the current stretch, the entered block already paid. */
export const BUDGET = SCRATCH;
/** Instructions that the current stretch began with. */
export const STRETCH = SCRATCH + 4;
/** Instructions executed by this call of `execute` before the current stretch; at its end, by all of it. */
export const EXECUTED = SCRATCH + 8;
/** Trap cause plus 1, or 0. */
export const TRAP_CAUSE = SCRATCH + 12;
/** Trap value: address of the fault, encoding of the illegal instruction. */
export const TRAP_VALUE = SCRATCH + 16;
/** Number of the executing hart. */
export const HART = SCRATCH + 20;
/** First free byte of BLOCKS. */
export const BLOCKS_TOP = SCRATCH + 24;
/** Counts the times that all blocks were dropped: links found before are void after. */
export const BLOCKS_GENERATION = SCRATCH + 28;
/** Set by the translations that fail: the faulting address. */
export const FAULT_ADDRESS = SCRATCH + 32;
/** Set by a store that may have changed the running block: it is left after the store. */
export const CODE_CHANGED = SCRATCH + 36;
/** What a slow load has loaded, zero-extended. */
export const LOADED = SCRATCH + 40;
/** Instructions that this call of `execute` has retired before the one whose slow path runs; 0 outside of it. */
export const ELAPSED = SCRATCH + 44;
/** Dispatches needed from each slot of the block under construction, bytes: see fuse.ts. */
export const FUSE_COSTS = SCRATCH + 256;

// @ts-ignore: decorator
@inline
export function currentHartNumber(): u32 {
  return load<u32>(HART);
}

/** Translation tables of a hart. */
// @ts-ignore: decorator
@inline
export function translationOf(hart: u32): u32 {
  return TRANSLATION + hart * TRANSLATION_SIZE;
}

// @ts-ignore: decorator
@inline
export function hartRecord(hart: u32): u32 {
  return HARTS + hart * HART_SIZE;
}

/** Where the origin of slot `p` is kept: its instruction's index, then its distance from the block's pc / 2. */
// @ts-ignore: decorator
@inline
export function originOf(p: u32): u32 {
  return BLOCK_ORIGINS + ((p - BLOCKS) >>> 2);
}
