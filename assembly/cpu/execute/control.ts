// Branch conditions, links between blocks, indirect jumps and the counters.

import {
  HART_CLOCK,
  HART_RETIRED,
  JUMP_CACHE,
  JUMP_CACHE_ENTRIES,
  JUMP_CACHE_SIZE,
  TRANSLATION_FETCH,
} from "../../layout";
import { entryOf } from "../../mmu/translation";
import { blockAt, enter, executedBefore, stopAt } from "../enter";
import {
  BLOCK_FETCH,
  BLOCK_PC,
  EXIT_BLOCK,
  EXIT_LINK,
  EXIT_PC,
  LINK_RETURN,
  SLOT_SIZE,
  imm,
  rs1,
  setRd,
} from "../slot";
import { BLOCKS_GENERATION, BUDGET, HART, hartRecord } from "../state";

// @ts-ignore: decorator
@inline
export function beq(a: i32, b: i32): bool {
  return a == b;
}

// @ts-ignore: decorator
@inline
export function bne(a: i32, b: i32): bool {
  return a != b;
}

// @ts-ignore: decorator
@inline
export function blt(a: i32, b: i32): bool {
  return a < b;
}

// @ts-ignore: decorator
@inline
export function bge(a: i32, b: i32): bool {
  return a >= b;
}

// @ts-ignore: decorator
@inline
export function bltu(a: i32, b: i32): bool {
  return <u32>a < <u32>b;
}

// @ts-ignore: decorator
@inline
export function bgeu(a: i32, b: i32): bool {
  return <u32>a >= <u32>b;
}

/** True if the block may be entered at `pc` now: it is that pc's, and the page is mapped as it was. */
// @ts-ignore: decorator
@inline
export function isCurrent(block: u32, pc: u32, tables: u32): bool {
  return (
    load<u32>(block, BLOCK_PC) == pc &&
    load<u32>(block, BLOCK_FETCH) == entryOf(tables, pc, TRANSLATION_FETCH)
  );
}

/** Where the executing hart's jump cache keeps the block at `pc`. */
// @ts-ignore: decorator
@inline
export function jumpCachePlace(jumpCache: u32, pc: u32): u32 {
  return jumpCache + ((pc >>> 1) & (JUMP_CACHE_ENTRIES - 1)) * 4;
}

/** Follows an exit: finds or decodes its block, and spares the next one the search. */
export function stepExit(p: u32): u32 {
  const pc = load<u32>(p, EXIT_PC);
  if (load<i32>(BUDGET) == 0) return stopAt(pc);
  const generation = load<u32>(BLOCKS_GENERATION);
  const block = blockAt(pc);
  if (!block) return 0;
  if (generation == load<u32>(BLOCKS_GENERATION)) {
    const link = load<u32>(p, EXIT_LINK);
    if (link) store<u32>(link, block);
    else store<u32>(p, block, EXIT_BLOCK);
  }
  return enter(block);
}

/** Executes a jalr whose target the jump cache does not know. */
export function stepJump(p: u32): u32 {
  const pc = (rs1(p) + imm(p)) & ~1;
  setRd(p, load<u32>(p, LINK_RETURN));
  if (load<i32>(BUDGET) == 0) return stopAt(pc);
  const block = blockAt(pc);
  if (!block) return 0;
  store<u32>(jumpCachePlace(JUMP_CACHE + load<u32>(HART) * JUMP_CACHE_SIZE, pc), block);
  return enter(block);
}

/** Executes a read of a counter: exact at this instruction, however far the budget is paid ahead. */
export function stepCounter(p: u32): u32 {
  const hart = hartRecord(load<u32>(HART));
  const number = imm(p);
  const isRetired = (number & 0x7f) == 2;
  const count = load<u64>(hart + (isRetired ? HART_RETIRED : HART_CLOCK)) + executedBefore(p);
  setRd(p, <i32>(number & 0x80 ? count >> 32 : count));
  return p + SLOT_SIZE;
}

/** The counters of user mode: cycle, time, instret and their high words. */
export function isCounter(number: u32): bool {
  return (number & ~0x80) >= 0xc00 && (number & ~0x80) <= 0xc02;
}
