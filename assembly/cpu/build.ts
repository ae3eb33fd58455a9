// Decodes a block: guest instructions from one page into slots, an ender with its links, and the exits.
//
// Ends of a block: a branch or jump; what traps (ecall, ebreak, illegal); the page's end; LENGTH_MAX. Where no
// instruction ends it, a goto that is not counted follows. A 4-byte instruction that straddles two pages is a
// block of its own, whose first slot, STRADDLE, checks each time that the second page still holds the same half.
// An instruction that a debugger has a point at is a block of its own too, whose first slot, POINT, asks about it.

import { NO_POINT, codePoints } from "../debug/points";
import { DEBUG, DEBUG_CODE, PAGE_MASK, PAGE_SIZE } from "../layout";
import { translateFetch } from "../mmu/access";
import { frameOf, isValid } from "../mmu/translation";
import { PARTIAL_BLOCK, blockAllocate, blockKeep, blocksMarkCode, blocksWatchFrame } from "./blocks";
import { decode } from "./decode.gen";
import { fuse } from "./fuse";
import { EXIT, EXIT_FAR, GOTO, JAL, POINT, STRADDLE, isBranch, isEnder } from "./opcodes.gen";
import {
  BLOCK_FETCH,
  BLOCK_LENGTH,
  BLOCK_PC,
  ENDER_EXTRA,
  EXIT_BLOCK,
  EXIT_LINK,
  EXIT_PC,
  EXIT_SIZE,
  LINK_NEXT,
  LINK_RETURN,
  LINK_TAKEN,
  LINK_TARGET,
  SLOT_IMM,
  SLOT_OPCODE,
  SLOT_POINTS,
  SLOT_RD,
  SLOT_SIZE,
} from "./slot";
import { originOf } from "./state";

/** Instructions of a block at the most: an origin keeps the index in seven bits. */
const LENGTH_MAX: u32 = 120;
/** Origin's index of an instruction that follows a STRADDLE or POINT slot. */
export const ORIGIN_SECOND = 128;

/** Decodes and keeps the block at `pc`; 0 if its first instruction needs a second page that must not be fetched. */
export function buildBlock(pc: u32, fetch: u32): u32 {
  const block = blockAllocate();
  const end = build(block, pc, fetch, LENGTH_MAX);
  if (!end) return 0;
  blockKeep(block, end);
  return block;
}

/** Decodes the first `length` instructions at `pc` for one use; 0 as above. */
export function buildPartial(pc: u32, fetch: u32, length: u32): u32 {
  return build(PARTIAL_BLOCK, pc, fetch, length) ? PARTIAL_BLOCK : 0;
}

/** Writes a block of at most `limit` instructions and returns where its bytes end. */
function build(block: u32, pc: u32, fetch: u32, limit: u32): u32 {
  blocksWatchFrame(frameOf(pc + fetch));
  store<u32>(block, pc, BLOCK_PC);
  store<u32>(block, fetch, BLOCK_FETCH);
  if (straddles(pc, fetch)) return buildStraddle(block, pc, fetch);
  let p = block;
  let at = pc;
  for (let index: u32 = 0; index < limit; index++) {
    if (index && (isPageStart(at) || straddles(at, fetch))) break;
    const word = wordAt(at, fetch);
    const size = sizeOf(word);
    place(p, index, at - pc);
    decode(word, at, p);
    const points = pointsAt(p, at);
    if (points != NO_POINT)
      return index ? finishWithGoto(block, p, at) : buildPoint(block, points, word, at + size);
    at += size;
    store<u32>(block, index + 1, BLOCK_LENGTH);
    if (isEnder(load<u8>(p, SLOT_OPCODE))) return finish(block, p, at);
    p += SLOT_SIZE;
  }
  return finishWithGoto(block, p, at);
}

/** The points at the instruction of a slot, which is at `pc`; or NO_POINT. */
// @ts-ignore: decorator
@inline
function pointsAt(p: u32, pc: u32): u32 {
  return load<u32>(DEBUG + DEBUG_CODE) ? codePoints(pc, load<u8>(p, SLOT_RD)) : NO_POINT;
}

/** Writes the block of the first instruction alone, behind a POINT slot; `next` follows it in the code. */
function buildPoint(block: u32, points: u32, word: u32, next: u32): u32 {
  store<u8>(block, POINT, SLOT_OPCODE);
  store<u16>(block, points, SLOT_POINTS);
  store<u32>(block, 1, BLOCK_LENGTH);
  return finishOne(block, word, next);
}

/** Writes the one instruction of a block that follows the slot at its start. */
function finishOne(block: u32, word: u32, next: u32): u32 {
  place(block, 0, 0);
  const p = block + SLOT_SIZE;
  place(p, ORIGIN_SECOND, 0);
  decode(word, load<u32>(block, BLOCK_PC), p);
  if (isEnder(load<u8>(p, SLOT_OPCODE))) return finish(block, p, next);
  return finishWithGoto(block, p + SLOT_SIZE, next);
}

/** Bytes of a straddling instruction's block with two exits: enough for whatever it becomes. */
const STRADDLE_BYTES = SLOT_OPCODE + 3 * SLOT_SIZE + ENDER_EXTRA + 2 * EXIT_SIZE;

/** Writes, or writes again in its place, the block of an instruction that straddles two pages. */
export function buildStraddle(block: u32, pc: u32, fetch: u32): u32 {
  const second = translateFetch(pc + 2);
  if (!isValid(second)) return 0;
  const half: u32 = load<u16>(pc + 2 + second);
  store<u8>(block, STRADDLE, SLOT_OPCODE);
  store<u32>(block, half, SLOT_IMM);
  store<u32>(block, 1, BLOCK_LENGTH);
  finishOne(block, load<u16>(pc + fetch) | (half << 16), pc + 4);
  return block + STRADDLE_BYTES;
}

function place(p: u32, index: u32, distance: u32): void {
  store<u8>(originOf(p), index);
  store<u8>(originOf(p), distance >>> 1, 1);
}

/** The instruction at `pc`; of a 2-byte one the high half is what follows, or 0 at the page's end. */
function wordAt(pc: u32, fetch: u32): u32 {
  const linear = pc + fetch;
  const low: u32 = load<u16>(linear);
  return (pc & PAGE_MASK) == PAGE_SIZE - 2 ? low : low | ((<u32>load<u16>(linear, 2)) << 16);
}

// @ts-ignore: decorator
@inline
function sizeOf(word: u32): u32 {
  return (word & 3) == 3 ? 4 : 2;
}

// @ts-ignore: decorator
@inline
function isPageStart(pc: u32): bool {
  return (pc & PAGE_MASK) == 0;
}

function straddles(pc: u32, fetch: u32): bool {
  return (pc & PAGE_MASK) == PAGE_SIZE - 2 && (load<u16>(pc + fetch) & 3) == 3;
}

function finishWithGoto(block: u32, p: u32, next: u32): u32 {
  place(p, 0, next - load<u32>(block, BLOCK_PC));
  store<u8>(p, GOTO, SLOT_OPCODE);
  store<u32>(p, next, SLOT_IMM);
  return finish(block, p, next);
}

/** Gives the ender at `p` its links, which lead to exits, and fuses what can be. `next` follows it in the code. */
function finish(block: u32, p: u32, next: u32): u32 {
  const opcode: u32 = load<u8>(p, SLOT_OPCODE);
  const target = load<u32>(p, SLOT_IMM);
  let end = p + SLOT_OPCODE + SLOT_SIZE + ENDER_EXTRA;
  if (isBranch(opcode)) {
    end = link(block, p + LINK_TAKEN, target, end);
    end = link(block, p + LINK_NEXT, next, end);
  } else if (opcode == JAL || opcode == GOTO) {
    end = link(block, p + LINK_TARGET, target, end);
    store<u32>(p, next, LINK_RETURN);
  } else {
    store<u32>(p, next, LINK_RETURN);
  }
  fuse(block, p);
  const pc = load<u32>(block, BLOCK_PC);
  blocksMarkCode(pc + load<u32>(block, BLOCK_FETCH), next - pc);
  return end;
}

/** Writes an exit to `target` at `exit`, lets the link lead to it and returns the end. */
function link(block: u32, place: u32, target: u32, exit: u32): u32 {
  const isNear = ((target ^ load<u32>(block, BLOCK_PC)) & ~PAGE_MASK) == 0;
  store<u32>(place, exit);
  store<u32>(exit, 0, BLOCK_LENGTH);
  store<u32>(exit, target, EXIT_PC);
  store<u32>(exit, isNear ? place : 0, EXIT_LINK);
  store<u32>(exit, 0, EXIT_BLOCK);
  store<u8>(exit, isNear ? EXIT : EXIT_FAR, SLOT_OPCODE);
  return exit + EXIT_SIZE;
}
