// The core's frames and page tables in plain TypeScript, for tests of the rules above them. Page tables lie in
// frames as in the core, so that the same walk reads them.

import {
  PAGE_SIZE,
  PROTECT_EXECUTE,
  PROTECT_READ,
  PROTECT_WRITE,
  PTE_COPY,
  PTE_EXECUTE,
  PTE_FRAME_SHIFT,
  PTE_READ,
  PTE_SHARED,
  PTE_USER,
  PTE_VALID,
  PTE_WRITE,
} from "../../assembly/layout.ts";
import type { PageTables } from "../../host/memory/pages.ts";

/** Page tables as the tests need them: of the model here, or of the core (core-pages.ts). */
export interface TestPages extends PageTables {
  spaceFork(root: number): number;
  /** Frames in use. */
  readonly used: number;
  /** Frames 1 .. limit - 1 have been used at some time. */
  readonly limit: number;
  /** The n-th allocation from now fails; 0: none does. */
  failAfter: number;
}

const PERMISSIONS = PTE_VALID | PTE_READ | PTE_WRITE | PTE_EXECUTE | PTE_COPY;

/** Linear addresses of the model: frame number times the page size. */
export class PageModel implements TestPages {
  readonly #frames: (Uint32Array | null)[] = [null];
  readonly #references: number[] = [0];
  readonly capacity: number;
  failAfter = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get used(): number {
    return this.#references.filter((count) => count > 0).length;
  }

  get limit(): number {
    return this.#references.length;
  }

  frameAllocate(_kind: number): number {
    if (this.failAfter > 0 && --this.failAfter === 0) return 0;
    let frame = this.#references.indexOf(0, 1);
    if (frame < 0) frame = this.#frames.length;
    if (frame >= this.capacity) return 0;
    this.#frames[frame] = new Uint32Array(PAGE_SIZE / 4).fill(_kind === 1 ? 0 : 0xdeadbeef);
    this.#references[frame] = 1;
    return frame;
  }

  frameRetain(frame: number): void {
    this.#check(frame);
    this.#references[frame]++;
  }

  frameRelease(frame: number): void {
    this.#check(frame);
    if (--this.#references[frame] === 0) this.#frames[frame] = null;
  }

  frameReferences(frame: number): number {
    return this.#references[frame];
  }

  frameBytes(frame: number): Uint8Array {
    return new Uint8Array(this.#words(frame).buffer);
  }

  frameWord(frame: number, index: number): number {
    return this.#words(frame)[index];
  }

  spaceCreate(): number {
    return this.frameAllocate(1);
  }

  spaceRelease(root: number): void {
    for (const pointer of this.#words(root))
      if (pointer !== 0) this.#releaseTable(pointer >>> PTE_FRAME_SHIFT);
    this.frameRelease(root);
  }

  #releaseTable(table: number): void {
    for (const entry of this.#words(table)) if (entry !== 0) this.frameRelease(entry >>> PTE_FRAME_SHIFT);
    this.frameRelease(table);
  }

  spaceFork(root: number): number {
    const copy = this.spaceCreate();
    for (const [address, entry] of this.entries(root)) {
      const copied =
        (entry & (PTE_WRITE | PTE_SHARED)) === PTE_WRITE ? (entry & ~PTE_WRITE) | PTE_COPY : entry;
      this.#setEntry(root, address, copied);
      this.frameRetain(entry >>> PTE_FRAME_SHIFT);
      this.#setEntry(copy, address, copied);
    }
    return copy;
  }

  /** Address and entry of each page. */
  *entries(root: number): Generator<[number, number]> {
    for (const [high, pointer] of this.#words(root).entries()) {
      if (pointer === 0) continue;
      for (const [low, entry] of this.#words(pointer >>> PTE_FRAME_SHIFT).entries()) {
        if (entry !== 0) yield [high * 2 ** 22 + low * PAGE_SIZE, entry];
      }
    }
  }

  pageMap(
    root: number,
    address: number,
    frame: number,
    protection: number,
    copy: number,
    shared: number,
  ): number {
    const tables = this.#words(root);
    if (tables[address >>> 22] === 0) {
      const table = this.frameAllocate(1);
      if (table === 0) return 0;
      tables[address >>> 22] = (table << PTE_FRAME_SHIFT) | PTE_VALID;
    }
    if (this.#entry(root, address) !== 0) throw new Error("a mapped page was mapped again");
    const flags = PTE_USER | permissions(protection, copy !== 0) | (shared ? PTE_SHARED : 0);
    this.#setEntry(root, address, (frame << PTE_FRAME_SHIFT) | flags);
    return 1;
  }

  pageMapZero(root: number, address: number, protection: number, shared: number): number {
    const frame = this.frameAllocate(2);
    if (frame === 0) return 0;
    this.#words(frame).fill(0);
    if (this.pageMap(root, address, frame, protection, 0, shared)) return frame * PAGE_SIZE;
    this.frameRelease(frame);
    return 0;
  }

  pagesUnmap(root: number, address: number, count: number): void {
    for (const [page, entry] of [...this.entries(root)]) {
      if (page < address || page >= address + count * PAGE_SIZE) continue;
      this.#setEntry(root, page, 0);
      this.frameRelease(entry >>> PTE_FRAME_SHIFT);
    }
  }

  pagesProtect(root: number, address: number, count: number, protection: number): void {
    for (const [page, entry] of [...this.entries(root)]) {
      if (page < address || page >= address + count * PAGE_SIZE) continue;
      this.#setEntry(root, page, (entry & ~PERMISSIONS) | permissions(protection, !(entry & PTE_SHARED)));
    }
  }

  translate(root: number, address: number, access: number): number {
    let entry = this.#entry(root, address);
    if (access & PROTECT_WRITE && entry & PTE_COPY) {
      const frame = entry >>> PTE_FRAME_SHIFT;
      let target = frame;
      if (this.#references[frame] > 1) {
        target = this.frameAllocate(2);
        if (target === 0) return 0;
        this.#words(target).set(this.#words(frame));
        this.frameRelease(frame);
      }
      entry = (target << PTE_FRAME_SHIFT) | (entry & 1023 & ~PTE_COPY) | PTE_WRITE;
      this.#setEntry(root, address, entry);
    }
    const granted = (entry & PTE_VALID) === 0 ? 0 : (entry >>> 1) & 7;
    return (granted & access) === access ? (entry >>> PTE_FRAME_SHIFT) * PAGE_SIZE + (address & 4095) : 0;
  }

  #entry(root: number, address: number): number {
    const pointer = this.#words(root)[address >>> 22];
    return pointer === 0 ? 0 : this.#words(pointer >>> PTE_FRAME_SHIFT)[(address >>> 12) & 1023];
  }

  #setEntry(root: number, address: number, entry: number): void {
    const tables = this.#words(root);
    if (tables[address >>> 22] === 0) {
      tables[address >>> 22] = (this.frameAllocate(1) << PTE_FRAME_SHIFT) | PTE_VALID;
    }
    this.#words(tables[address >>> 22] >>> PTE_FRAME_SHIFT)[(address >>> 12) & 1023] = entry;
  }

  #words(frame: number): Uint32Array {
    this.#check(frame);
    return this.#frames[frame] as Uint32Array;
  }

  #check(frame: number): void {
    if (!(this.#references[frame] > 0)) throw new Error(`frame ${frame} is not in use`);
  }
}

function permissions(protection: number, copy: boolean): number {
  if (protection === 0) return 0;
  let bits = PTE_VALID;
  if (protection & (PROTECT_READ | PROTECT_WRITE)) bits |= PTE_READ;
  if (protection & PROTECT_WRITE) bits |= copy ? PTE_COPY : PTE_WRITE;
  if (protection & PROTECT_EXECUTE) bits |= PTE_EXECUTE;
  return bits;
}
