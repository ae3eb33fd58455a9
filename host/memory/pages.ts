// What address spaces need of the core: frames and page tables. The machine gives the core's exports; tests
// give a model in plain TypeScript. Frames and roots are frame numbers, 0 means "none"; addresses are u32.

import {
  PROTECT_READ,
  PROTECT_WRITE,
  PTE_EXECUTE,
  PTE_FRAME_SHIFT,
  PTE_READ,
  PTE_VALID,
  PTE_WRITE,
} from "../../assembly/layout.ts";

export interface PageTables {
  /** A frame of FRAME_* kind with one reference and unspecified bytes, or 0. */
  frameAllocate(kind: number): number;
  frameRetain(frame: number): void;
  frameRelease(frame: number): void;
  frameReferences(frame: number): number;
  /** The 4096 bytes of a frame. Valid until the next call of the core. */
  frameBytes(frame: number): Uint8Array;
  /** A word of a frame, unsigned; `index` 0 .. 1023. */
  frameWord(frame: number, index: number): number;
  /** Root of an empty space, or 0. */
  spaceCreate(): number;
  spaceRelease(root: number): void;
  /**
   * Maps `frame` and takes over one reference of it; 0 (and no reference taken) if a page table cannot be had.
   * `copy`: writes get a copy first. `shared`: never copied, also not by fork.
   */
  pageMap(
    root: number,
    address: number,
    frame: number,
    protection: number,
    copy: number,
    shared: number,
  ): number;
  /** Maps a new zeroed frame; its linear address, or 0. */
  pageMapZero(root: number, address: number, protection: number, shared: number): number;
  pagesUnmap(root: number, address: number, count: number): void;
  /** Changes present pages; private ones with other users become copy-on-write instead of writable. */
  pagesProtect(root: number, address: number, count: number, protection: number): void;
  /** Linear address for the access (PROTECT_*), after resolving copy-on-write; 0 if it is not possible. */
  translate(root: number, address: number, access: number): number;
}

/**
 * The page-table entry of an address, 0 if no page is there (Sv32, privileged specification 4.3.2). A page
 * without any permission has an entry that is not VALID but holds its frame.
 */
export function pageEntry(pages: PageTables, root: number, address: number): number {
  const pointer = pages.frameWord(root, address >>> 22);
  if ((pointer & PTE_VALID) === 0) return 0;
  return pages.frameWord(pointer >>> PTE_FRAME_SHIFT, (address >>> 12) & 1023);
}

/** What a page table can hold of a protection: there is no "write only", so write implies read. */
export function tableProtection(protection: number): number {
  return protection & PROTECT_WRITE ? protection | PROTECT_READ : protection;
}

/** The PROTECT_* bits that an entry grants now (a copy-on-write page does not grant writing). */
export function entryProtection(entry: number): number {
  return (entry & (PTE_READ | PTE_WRITE | PTE_EXECUTE)) >>> 1;
}

/** The bytes of the present page that holds `address`. Valid until the next call of the core. */
export function pageBytes(pages: PageTables, root: number, address: number): Uint8Array {
  return pages.frameBytes(pageEntry(pages, root, address) >>> PTE_FRAME_SHIFT);
}
