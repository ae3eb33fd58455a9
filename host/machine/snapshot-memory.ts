// The replayable range of the core's memory as the pages that matter: those of zeros only are left out, and so
// is what free frames still hold, since nothing can read it before it is overwritten.

import {
  FRAME_RECORD_SIZE,
  FRAME_REFERENCES,
  FRAME_TABLE,
  FRAMES,
  MACHINE,
  MACHINE_FRAME_LIMIT,
  PAGE_SHIFT,
  PAGE_SIZE,
  REPLAYABLE_BASE,
} from "../../assembly/layout.ts";

const WORDS_PER_PAGE = PAGE_SIZE / 4;
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
  const total = replayablePages(words);
  for (let page = 0; page < total; page++) if (matters(words, page)) numbers.push(page);
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
