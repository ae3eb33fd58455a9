// The replayable range of the core's memory as the pages that matter: those of zeros only are left out, and so
// is what free frames still hold, since nothing can read it before it is overwritten.

import {
  EVENT_CAPACITY,
  EVENT_SIZE,
  EVENTS,
  FRAME_RECORD_SIZE,
  FRAME_REFERENCES,
  FRAME_TABLE,
  FRAMES,
  MACHINE,
  MACHINE_EVENT_COUNT,
  MACHINE_FRAME_LIMIT,
  MACHINE_LAST_PID,
  MACHINE_PID_WRAPPED,
  MACHINE_SLOT_LIMIT,
  PAGE_SHIFT,
  PAGE_SIZE,
  PCB_SIZE,
  PID_LIMIT,
  PID_SLOTS,
  PID_USES,
  PROCESSES,
  REPLAYABLE_BASE,
  TIMERS,
  WAIT_BUCKET_COUNT,
  WAIT_BUCKETS,
} from "../../assembly/layout.ts";

const WORDS_PER_PAGE = PAGE_SIZE / 4;
const FRAME_LIMIT_WORD = (MACHINE + MACHINE_FRAME_LIMIT) >>> 2;
/** Page numbers count from the start of the replayable range. It is page aligned, as are the frames. */
const FIRST_FRAME_PAGE = (FRAMES - REPLAYABLE_BASE) / PAGE_SIZE;

export interface MemoryImage {
  /** Pages of the replayable range that are in the image, ascending. */
  numbers: Uint32Array;
  /** PAGE_SIZE bytes for each of them. */
  bytes: Uint8Array;
}

/** The words of the core's memory. */
export function memoryWords(memory: Uint8Array): Int32Array {
  return new Int32Array(memory.buffer, memory.byteOffset, memory.length >>> 2);
}

/** Pages of the replayable range: up to the highest frame ever used. */
export function replayablePages(words: Int32Array): number {
  return FIRST_FRAME_PAGE + words[(MACHINE + MACHINE_FRAME_LIMIT) >>> 2];
}

/**
 * The pages of the replayable range that can have anything, ascending: of the tables as much as was ever used, then
 * the frames. All others are zeros.
 */
export function usedPages(words: Int32Array): number[] {
  return [...usedTablePages(words), ...range(FRAMES, words[FRAME_LIMIT_WORD] * PAGE_SIZE)];
}

/** The same without the event ring and the frames. */
export function usedKernelPages(words: Int32Array): number[] {
  const first = (EVENTS - REPLAYABLE_BASE) / PAGE_SIZE;
  const end = first + (EVENT_CAPACITY * EVENT_SIZE) / PAGE_SIZE;
  return usedTablePages(words).filter((page) => page < first || page >= end);
}

function usedTablePages(words: Int32Array): number[] {
  const machine = (field: number) => words[(MACHINE + field) >>> 2] >>> 0;
  const slots = machine(MACHINE_SLOT_LIMIT);
  const pids = machine(MACHINE_PID_WRAPPED) !== 0 ? PID_LIMIT : machine(MACHINE_LAST_PID) + 1;
  const events = machine(MACHINE_EVENT_COUNT + 4) !== 0 ? EVENT_CAPACITY : machine(MACHINE_EVENT_COUNT);
  return [
    ...range(MACHINE, PAGE_SIZE),
    ...range(PROCESSES, slots * PCB_SIZE),
    ...range(PID_SLOTS, pids * 2),
    ...range(PID_USES, pids * 2),
    ...range(WAIT_BUCKETS, WAIT_BUCKET_COUNT * 4),
    ...range(TIMERS, slots * 4),
    ...range(EVENTS, Math.min(events, EVENT_CAPACITY) * EVENT_SIZE),
    ...range(FRAME_TABLE, words[FRAME_LIMIT_WORD] * FRAME_RECORD_SIZE),
  ];
}

/** Numbers of the pages of `bytes` bytes from a linear address on. */
function range(start: number, bytes: number): number[] {
  const first = (start - REPLAYABLE_BASE) / PAGE_SIZE;
  return Array.from({ length: Math.ceil(bytes / PAGE_SIZE) }, (_, index) => first + index);
}

/** Pages that the replayable range can have at the most, by the number of frames. */
export function replayablePageLimit(frames: number): number {
  return FIRST_FRAME_PAGE + frames;
}

/** First word of a page. */
export function pageStart(page: number): number {
  return (REPLAYABLE_BASE + page * PAGE_SIZE) >>> 2;
}

/** Whether the page has anything that a run could depend on. */
export function matters(words: Int32Array, page: number): boolean {
  if (page >= FIRST_FRAME_PAGE && isFree(words, page - FIRST_FRAME_PAGE)) return false;
  const start = pageStart(page);
  const end = start + WORDS_PER_PAGE;
  for (let i = start; i < end; i += 4) {
    if ((words[i] | words[i + 1] | words[i + 2] | words[i + 3]) !== 0) return true;
  }
  return false;
}

function isFree(words: Int32Array, frame: number): boolean {
  return words[(FRAME_TABLE + frame * FRAME_RECORD_SIZE + FRAME_REFERENCES) >>> 2] === 0;
}

export function captureMemory(memory: Uint8Array): MemoryImage {
  const words = memoryWords(memory);
  const numbers: number[] = [];
  for (const page of usedPages(words)) if (matters(words, page)) numbers.push(page);
  const bytes = new Uint8Array(numbers.length * PAGE_SIZE);
  for (const [index, page] of numbers.entries()) {
    const from = REPLAYABLE_BASE + page * PAGE_SIZE;
    bytes.set(memory.subarray(from, from + PAGE_SIZE), index << PAGE_SHIFT);
  }
  return { numbers: Uint32Array.from(numbers), bytes };
}

/**
 * Makes the replayable range what it was when captured. The derived range must then be dropped. RangeError, with
 * nothing changed, if the image is of a machine with more memory.
 */
export function restoreMemory(memory: Uint8Array, image: MemoryImage): void {
  const last = image.numbers[image.numbers.length - 1] ?? 0;
  if (REPLAYABLE_BASE + (last + 1) * PAGE_SIZE > memory.length) {
    throw new RangeError(`page ${last} of the snapshot lies outside the machine's memory`);
  }
  const used = replayablePages(memoryWords(memory));
  memory.fill(0, REPLAYABLE_BASE, REPLAYABLE_BASE + used * PAGE_SIZE);
  for (let index = 0; index < image.numbers.length; index++) {
    const from = index * PAGE_SIZE;
    memory.set(
      image.bytes.subarray(from, from + PAGE_SIZE),
      REPLAYABLE_BASE + image.numbers[index] * PAGE_SIZE,
    );
  }
}
