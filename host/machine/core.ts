// The instance of the core: its exports and typed views of its memory. The only file that knows the loader.
// All memory is reserved at once and never grows, so the views stay valid.

import { instantiateSync } from "@assemblyscript/loader";
import {
  FRAME_RECORD_SIZE,
  FRAME_REFERENCES,
  FRAME_TABLE,
  FRAMES,
  HART_CLOCK,
  HART_CONTEXT,
  HART_MODE,
  HART_SIZE,
  HART_USER,
  HARTS,
  MACHINE,
  MACHINE_CLOCK_HZ,
  MACHINE_FRAME_COUNT,
  MACHINE_HART,
  MACHINE_HART_COUNT,
  MACHINE_POLICY,
  MACHINE_QUANTUM,
  MACHINE_SEED,
  MACHINE_TURN,
  PAGE_SIZE,
  PCB_CONTEXT,
  PCB_HART,
  PCB_SIZE,
  PROCESSES,
} from "../../assembly/layout.ts";
import type { PageTables } from "../memory/pages.ts";
import { type Configuration, frameCount, POLICIES, reservedPages } from "./configuration.ts";

/** The functions of assembly/index.ts. Slots, frames and addresses are u32 in i32 clothing; 0 is "none". */
interface CoreExports {
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

/** Instantiates the core and boots it with the configuration. */
export async function createCore(module: WebAssembly.Module, configuration: Configuration): Promise<Core> {
  const pages = reservedPages(configuration);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  // The loader's other form asks whether it was given a Response: at that name Node loads all of fetch.
  const { exports } = instantiateSync(module, { env: { memory } });
  const core = bind(exports as unknown as CoreExports, memory);
  if (!core.layoutHolds()) throw new Error("assertion: the core's static data runs into its first region");
  writeConfiguration(core, configuration);
  core.boot();
  return core;
}

function bind(exports: CoreExports, memory: WebAssembly.Memory): Core {
  const bytes = new Uint8Array(memory.buffer);
  const unsigned = new Uint32Array(memory.buffer);
  return {
    ...exports,
    bytes,
    unsigned,
    words: new Int32Array(memory.buffer),
    doublewords: new BigUint64Array(memory.buffer),
    frameReferences: (frame) => unsigned[(FRAME_TABLE + frame * FRAME_RECORD_SIZE + FRAME_REFERENCES) >>> 2],
    frameWord: (frame, index) => unsigned[((FRAMES + frame * PAGE_SIZE) >>> 2) + index],
    frameBytes: (frame) => bytes.subarray(FRAMES + frame * PAGE_SIZE, FRAMES + (frame + 1) * PAGE_SIZE),
    translate: (root, va, access) => exports.translate(root, va, access) >>> 0,
    pageMapZero: (root, va, protection, shared) => exports.pageMapZero(root, va, protection, shared) >>> 0,
  };
}

function writeConfiguration(core: Core, configuration: Configuration): void {
  const set = (field: number, value: number) => {
    core.unsigned[(MACHINE + field) >>> 2] = value;
  };
  set(MACHINE_HART_COUNT, configuration.harts);
  set(MACHINE_FRAME_COUNT, frameCount(configuration));
  set(MACHINE_TURN, configuration.turn);
  set(MACHINE_QUANTUM, configuration.quantum);
  set(MACHINE_POLICY, POLICIES[configuration.scheduler]);
  set(MACHINE_CLOCK_HZ, configuration.clockHz);
  core.doublewords[(MACHINE + MACHINE_SEED) >>> 3] = BigInt(configuration.seed);
}

/** Word index (in `words`) of a PCB's field. */
export function pcbWord(slot: number, field: number): number {
  return (PROCESSES + slot * PCB_SIZE + field) >>> 2;
}

/** Word index of a process's context (pc, x1..x31): in its PCB, or in the hart that executes it. */
export function contextWord(core: Core, slot: number): number {
  const hart = core.words[pcbWord(slot, PCB_HART)] - 1;
  const record = HARTS + hart * HART_SIZE;
  const isInHart = hart >= 0 && core.words[(record + HART_MODE) >>> 2] === HART_USER;
  return isInHart ? (record + HART_CONTEXT) >>> 2 : pcbWord(slot, PCB_CONTEXT);
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
