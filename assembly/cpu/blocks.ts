// The block cache: where decoded blocks lie, how they are found, and when they are dropped.
//
// A block is keyed by its physical address and its virtual page; with its pc given, that is its pc and its fetch
// entry. It is in one bucket of BLOCK_HASH and in the list of its frame. Memory is handed out upwards and comes
// back only when everything is dropped. A dropped block keeps its bytes, for it may be running, but its fetch
// entry fits no page: links from other pages and the jump cache test that before they enter. Links within a page
// need no test, since the blocks of a frame are dropped together.
//
// A store to a frame with code drops its blocks only if it meets a line that holds some. Others go the slow way, up to
// a number: then the code may be done with, so it is dropped, and stores are fast until it runs again.

import {
  BLOCKS,
  BLOCKS_SIZE,
  BLOCK_HASH,
  BLOCK_HASH_BUCKETS,
  FRAME_BLOCKS,
  FRAME_CODE,
  FRAME_FLAGS,
  FRAME_HAS_CODE,
  FRAME_STORES,
  JUMP_CACHE,
  JUMP_CACHE_SIZE,
  MACHINE,
  MACHINE_HART_COUNT,
  PAGE_MASK,
  PAGE_SHIFT,
} from "../layout";
import { frameOf, translationDropFrameWrites } from "../mmu/translation";
import { BLOCK_DROPPED, BLOCK_FETCH, BLOCK_FRAME_NEXT, BLOCK_NEXT, BLOCK_PC } from "./slot";
import { BLOCKS_GENERATION, BLOCKS_TOP } from "./state";

/** The block that holds the end of a budget: decoded for one use, known to no one. */
export const PARTIAL_BLOCK = BLOCKS + 8;
const FIRST_BLOCK = BLOCKS + 4096;
/** No block with its exits is larger. */
export const BLOCK_BYTES_MAX: u32 = 2048;
/** FRAME_CODE has a bit for each line of 64 bytes. */
const CODE_LINE_SHIFT = 6;
/** So many stores beside the code of a frame cost about as much as to decode it again. */
const STORES_MAX: u32 = 64;
/** Stands for "no block" and passes every test of a dropped one; lies below the static data. */
export const NO_BLOCK: u32 = 0;

/** Bucket of the block at `pc` under a fetch entry. */
function bucketOf(pc: u32, fetch: u32): u32 {
  const hash = ((pc + fetch) >>> 1) ^ ((pc >>> PAGE_SHIFT) * 0x9e35);
  return BLOCK_HASH + ((hash & (BLOCK_HASH_BUCKETS - 1)) << 2);
}

/** The block at `pc` under a fetch entry, or NO_BLOCK. */
export function blockFind(pc: u32, fetch: u32): u32 {
  let block = load<u32>(bucketOf(pc, fetch));
  while (block) {
    if (load<u32>(block, BLOCK_PC) == pc && load<u32>(block, BLOCK_FETCH) == fetch) return block;
    block = load<u32>(block, BLOCK_NEXT);
  }
  return NO_BLOCK;
}

/** Room for a block of any size; drops all blocks if there is none. `blockKeep` makes it last. */
export function blockAllocate(): u32 {
  if (load<u32>(BLOCKS_TOP) + BLOCK_BYTES_MAX > <u32>(BLOCKS + BLOCKS_SIZE)) blocksDropAll();
  return load<u32>(BLOCKS_TOP) + 8;
}

/** Enters a decoded block, whose bytes end at `end`, into the cache. */
export function blockKeep(block: u32, end: u32): void {
  store<u32>(BLOCKS_TOP, (end + 7) & ~7);
  const pc = load<u32>(block, BLOCK_PC);
  const fetch = load<u32>(block, BLOCK_FETCH);
  const bucket = bucketOf(pc, fetch);
  store<u32>(block, load<u32>(bucket), BLOCK_NEXT);
  store<u32>(bucket, block);
  const list = listOf(frameOf(pc + fetch));
  store<u32>(block - BLOCK_FRAME_NEXT, load<u32>(list));
  store<u32>(list, block);
}

/** Before code is decoded from a frame: from now on every store to it is noticed. */
export function blocksWatchFrame(frame: u32): void {
  const flags = load<u8>(FRAME_FLAGS + frame);
  if (flags & FRAME_HAS_CODE) return;
  store<u8>(FRAME_FLAGS + frame, flags | FRAME_HAS_CODE);
  store<u8>(FRAME_STORES + frame, 0);
  store<u64>(codeOf(frame), 0);
  translationDropFrameWrites(frame);
}

/** The bytes from `linear` on were decoded; those beyond the page are no part of it. */
export function blocksMarkCode(linear: u32, length: u32): void {
  const last = min<u32>(linear + length - 1, linear | PAGE_MASK);
  const code = codeOf(frameOf(linear));
  store<u64>(code, load<u64>(code) | lines(linear, last));
}

/** Whether a store of up to four bytes at `linear`, in a frame with code, leaves all of it as it was decoded. */
export function blocksAreSpared(linear: u32): bool {
  const frame = frameOf(linear);
  if (load<u64>(codeOf(frame)) & lines(linear, min<u32>(linear + 3, linear | PAGE_MASK))) return false;
  const stores: u32 = load<u8>(FRAME_STORES + frame) + 1;
  store<u8>(FRAME_STORES + frame, stores);
  return stores != STORES_MAX;
}

/** The lines from that of `first` to that of `last`, both in one page, as bits. */
function lines(first: u32, last: u32): u64 {
  const low: u64 = (first & PAGE_MASK) >>> CODE_LINE_SHIFT;
  const high: u64 = (last & PAGE_MASK) >>> CODE_LINE_SHIFT;
  return (((<u64>2) << high) - 1) & ~(((<u64>1) << low) - 1);
}

/** Drops what was decoded from a frame: it is written to, or belongs to someone else now. */
export function blocksDropFrame(frame: u32): void {
  const flags = load<u8>(FRAME_FLAGS + frame);
  if (!(flags & FRAME_HAS_CODE)) return;
  const list = listOf(frame);
  let block = load<u32>(list);
  while (block) {
    unhash(block);
    store<u32>(block, BLOCK_DROPPED, BLOCK_FETCH);
    block = load<u32>(block - BLOCK_FRAME_NEXT);
  }
  store<u32>(list, 0);
  store<u8>(FRAME_FLAGS + frame, flags & ~FRAME_HAS_CODE);
}

/** The empty cache; must also follow when the frames were replaced as a whole. */
export function blocksInitialize(): void {
  blocksDropAll();
}

/** Drops all blocks and takes their memory back. No block may be running, unless it is left at once. */
export function blocksDropAll(): void {
  store<u32>(NO_BLOCK, BLOCK_DROPPED, BLOCK_FETCH);
  for (let bucket = BLOCK_HASH; bucket < BLOCK_HASH + BLOCK_HASH_BUCKETS * 4; bucket += 4) {
    for (let block = load<u32>(bucket); block; block = load<u32>(block, BLOCK_NEXT)) forgetFrame(block);
    store<u32>(bucket, 0);
  }
  memory.fill(JUMP_CACHE, 0, load<u32>(MACHINE + MACHINE_HART_COUNT) * JUMP_CACHE_SIZE);
  store<u32>(BLOCKS_TOP, FIRST_BLOCK);
  store<u32>(BLOCKS_GENERATION, load<u32>(BLOCKS_GENERATION) + 1);
}

function forgetFrame(block: u32): void {
  const frame = frameOf(load<u32>(block, BLOCK_PC) + load<u32>(block, BLOCK_FETCH));
  store<u8>(FRAME_FLAGS + frame, load<u8>(FRAME_FLAGS + frame) & ~FRAME_HAS_CODE);
  store<u32>(listOf(frame), 0);
}

function unhash(block: u32): void {
  let place = bucketOf(load<u32>(block, BLOCK_PC), load<u32>(block, BLOCK_FETCH));
  while (load<u32>(place) != block) place = load<u32>(place) + BLOCK_NEXT;
  store<u32>(place, load<u32>(block, BLOCK_NEXT));
}

// @ts-ignore: decorator
@inline
function codeOf(frame: u32): u32 {
  return FRAME_CODE + (frame << 3);
}

// @ts-ignore: decorator
@inline
function listOf(frame: u32): u32 {
  return FRAME_BLOCKS + (frame << 2);
}
