// The core as the host sees it: its exports, typed views of its memory, and where the most used fields lie in it.

import {
  HART_CLOCK,
  HART_CONTEXT,
  HART_MODE,
  HART_RAISED,
  HART_SIZE,
  HART_USER,
  HARTS,
  MACHINE,
  MACHINE_HART,
  PCB_CONTEXT,
  PCB_HART,
  PCB_SIZE,
  PROCESSES,
} from "../../assembly/layout.ts";
import type { PageTables } from "../memory/pages.ts";

/** The functions of assembly/index.ts. Slots, frames and addresses are u32 in i32 clothing; 0 is "none". */
export interface CoreExports {
  boot(): void;
  forget(): void;
  layoutHolds(): number;
  run(budget: number): number;
  frameAllocate(kind: number): number;
  frameRetain(frame: number): void;
  frameRelease(frame: number): void;
  spaceCreate(): number;
  spaceFork(root: number): number;
  spaceRelease(root: number): void;
  pageMap(root: number, va: number, frame: number, protection: number, copy: number, shared: number): number;
  pageMapZero(root: number, va: number, protection: number, shared: number): number;
  pagesUnmap(root: number, va: number, count: number): void;
  pagesProtect(root: number, va: number, count: number, protection: number): void;
  translate(root: number, va: number, access: number): number;
  dirtyClear(): void;
  markDirty(frame: number): void;
  /** The host has changed the bytes of a frame behind the core's back. */
  frameReplaced(frame: number): void;
  /** Forgets all translations of a hart. */
  translationFlush(hart: number): void;
  pidSlot(pid: number): number;
  processCreate(parent: number): number;
  processFork(parent: number, share: number): number;
  processDiscard(slot: number): void;
  processRun(slot: number): void;
  processExit(slot: number, status: number): void;
  processReap(slot: number): void;
  setGroup(slot: number, pgid: number): void;
  setSession(slot: number, sid: number): void;
  sleep(slot: number, channel: number, hasDeadline: number, deadline: bigint): void;
  wake(slot: number, reason: number): void;
  wakeup(channel: number): number;
  yieldHart(slot: number, reason: number): void;
  debugChanged(code: number): void;
  accessedByCall(kind: number, va: number, length: number): void;
  emit(type: number, reason: number, slot: number, a: number, b: number, c: number): void;
}

/** The core: its exports, and words and bytes of its memory by linear address. */
export interface Core extends CoreExports, PageTables {
  readonly bytes: Uint8Array;
  /** Index: linear address >> 2. */
  readonly words: Int32Array;
  /** Index: linear address >> 2. */
  readonly unsigned: Uint32Array;
  /** Index: linear address >> 3. */
  readonly doublewords: BigUint64Array;
}

/** Word index (in `words`) of a PCB's field. */
export function pcbWord(slot: number, field: number): number {
  return (PROCESSES + slot * PCB_SIZE + field) >>> 2;
}

/** PCB offset of the saved register x`number`. */
export function contextRegister(number: number): number {
  return PCB_CONTEXT + number * 4;
}

/** Word index of a hart's context (pc, x1..x31); 0 while it holds no registers: idle, or in a trap that saved them. */
export function heldContext(core: Core, hart: number): number {
  const record = HARTS + hart * HART_SIZE;
  const mode = core.words[(record + HART_MODE) >>> 2];
  return mode === HART_USER || mode === HART_RAISED ? (record + HART_CONTEXT) >>> 2 : 0;
}

/** Word index of a process's context: in its PCB, or in the hart that holds it. */
export function contextWord(core: Core, slot: number): number {
  const hart = core.words[pcbWord(slot, PCB_HART)] - 1;
  return (hart >= 0 && heldContext(core, hart)) || pcbWord(slot, PCB_CONTEXT);
}

/** A u64 field as a number; exact up to 2^53. */
export function readTime(core: Core, address: number): number {
  const word = address >>> 2;
  return core.unsigned[word + 1] * 4294967296 + core.unsigned[word];
}

/** Clock of the hart whose turn it is, in ticks. */
export function clock(core: Core): number {
  const hart = core.unsigned[(MACHINE + MACHINE_HART) >>> 2];
  return readTime(core, HARTS + hart * HART_SIZE + HART_CLOCK);
}
