// The replayable range of linear memory as checkpoints see it: pages. Frames say by themselves whether they may
// have changed (assembly/mmu/dirty.ts); the few pages of the kernel's tables are compared. What a free frame holds
// matters to nobody and is not kept. The event ring is not here: see event-segments.ts.

import {
  DIRTY_COUNT,
  DIRTY_FRAMES,
  FRAME_RECORD_SIZE,
  FRAME_REFERENCES,
  FRAME_TABLE,
  FRAMES,
  MACHINE,
  MACHINE_FRAME_LIMIT,
  MACHINE_HART_COUNT,
  PAGE_SHIFT,
  PAGE_SIZE,
  REPLAYABLE_BASE,
} from "../../assembly/layout.ts";
import type { Core } from "../machine/core.ts";
import { type MemoryImage, usedKernelPages } from "../machine/snapshot-memory.ts";
import { PageStore, ZEROS } from "./page-store.ts";

/** A page's number is its linear address / 4096. */
const FIRST_FRAME = FRAMES >>> PAGE_SHIFT;
const FIRST_PAGE = REPLAYABLE_BASE >>> PAGE_SHIFT;

/** Pages that changed: those with a copy by number, and the frames among them that are free now. */
export interface PageChanges {
  readonly copies: Map<number, number>;
  readonly freed: readonly number[];
}

export class MemoryPages {
  readonly store = new PageStore();
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  #machine(field: number): number {
    return this.#core.unsigned[(MACHINE + field) >>> 2];
  }

  /** Pages of the kernel's tables as far as they were ever used; the rest of them is zeros. */
  #tablePages(): number[] {
    return usedKernelPages(this.#core.words).map((page) => FIRST_PAGE + page);
  }

  #isFree(frame: number): boolean {
    return this.#core.unsigned[(FRAME_TABLE + frame * FRAME_RECORD_SIZE + FRAME_REFERENCES) >>> 2] === 0;
  }

  #copy(page: number): number {
    return this.store.put(this.#core.words, page << (PAGE_SHIFT - 2));
  }

  /** Everything, as if all had changed. */
  all(): PageChanges {
    const copies = new Map<number, number>();
    for (const page of this.#tablePages()) copies.set(page, this.#copy(page));
    const frames = this.#machine(MACHINE_FRAME_LIMIT);
    for (let frame = 1; frame < frames; frame++) {
      if (!this.#isFree(frame)) copies.set(FIRST_FRAME + frame, this.#copy(FIRST_FRAME + frame));
    }
    return { copies, freed: [] };
  }

  /**
   * Copies of what changed since `forgetChanges`; `known` is the place of a page's copy as it was then. `suspects`: pages
   * of frames that count as changed too.
   */
  changes(known: (page: number) => number | undefined, suspects: Iterable<number> = []): PageChanges {
    const copies = new Map<number, number>();
    const freed: number[] = [];
    for (const page of this.#tablePages()) {
      const before = known(page) ?? ZEROS;
      if (!this.store.equals(before, this.#core.words, page << (PAGE_SHIFT - 2)))
        copies.set(page, this.#copy(page));
    }
    const frames = new Set<number>(this.#dirtyFrames());
    for (const page of suspects) frames.add(page - FIRST_FRAME);
    for (const frame of frames) {
      if (this.#isFree(frame)) freed.push(FIRST_FRAME + frame);
      else copies.set(FIRST_FRAME + frame, this.#copy(FIRST_FRAME + frame));
    }
    return { copies, freed };
  }

  #dirtyFrames(): Uint32Array {
    const start = DIRTY_FRAMES >>> 2;
    return this.#core.unsigned.subarray(start, start + this.#core.unsigned[DIRTY_COUNT >>> 2]);
  }

  /** The state is a checkpoint's: from here on changes are counted. */
  forgetChanges(): void {
    this.#core.dirtyClear();
  }

  /**
   * Makes memory what `wanted` says of each page. `suspects`: the pages of frames that may differ, beside those that
   * have changed by themselves. `changed`: those of them that count as changed afterwards.
   */
  restore(
    wanted: (page: number) => number | undefined,
    tables: Iterable<number>,
    suspects: Iterable<number>,
    changed: Iterable<number>,
  ): void {
    const frames = new Set<number>(this.#dirtyFrames());
    for (const page of suspects) frames.add(page - FIRST_FRAME);
    this.#restoreTables(wanted, tables);
    for (const frame of frames) this.#restoreFrame(frame, wanted);
    for (let hart = 0; hart < this.#machine(MACHINE_HART_COUNT); hart++) this.#core.translationFlush(hart);
    this.#core.dirtyClear();
    for (const page of changed) this.#core.markDirty(page - FIRST_FRAME);
  }

  #restoreTables(wanted: (page: number) => number | undefined, tables: Iterable<number>): void {
    for (const page of new Set([...this.#tablePages(), ...tables])) {
      this.store.copyTo(wanted(page) ?? ZEROS, this.#core.bytes, page << PAGE_SHIFT);
    }
  }

  #restoreFrame(frame: number, wanted: (page: number) => number | undefined): void {
    this.#core.frameReplaced(frame);
    if (this.#isFree(frame)) return;
    const place = wanted(FIRST_FRAME + frame);
    if (place === undefined) throw new Error(`assertion: no checkpoint has frame ${frame}`);
    this.store.copyTo(place, this.#core.bytes, (FIRST_FRAME + frame) * PAGE_SIZE);
  }
}

/** Whether the page is a frame's, not the kernel's. */
export function isFramePage(page: number): boolean {
  return page >= FIRST_FRAME;
}

/** Pages by number as a snapshot has them. */
export function imageOf(pages: ReadonlyMap<number, Uint8Array>): MemoryImage {
  const numbers = Uint32Array.from(pages.keys()).sort();
  const bytes = new Uint8Array(numbers.length * PAGE_SIZE);
  numbers.forEach((page, index) => {
    bytes.set(pages.get(page) as Uint8Array, index * PAGE_SIZE);
  });
  return { numbers: numbers.map((page) => page - FIRST_PAGE), bytes };
}
