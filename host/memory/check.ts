// The invariants of memory, checked from the outside: regions, page tables, frame counts and page cache must
// tell the same story. For tests and for whoever doubts a restored snapshot; slow, and changes nothing.

import {
  PAGE_MASK,
  PAGE_SIZE,
  PROTECT_WRITE,
  PTE_COPY,
  PTE_FRAME_SHIFT,
  PTE_SHARED,
  PTE_WRITE,
} from "../../assembly/layout.ts";
import type { SpaceState } from "../kernel/state.ts";
import { cachedFrames, type PageCache } from "./cache.ts";
import { USER_END, USER_START } from "./layout.ts";
import { entryProtection, type PageTables, tableProtection } from "./pages.ts";
import { findRegion, type Region } from "./region.ts";

/** What the check needs to know of the frames beside `PageTables`. */
export interface FrameTable {
  /** Frames 1 .. limit - 1 have been used at some time. */
  readonly limit: number;
  /** Frames in use, as the allocator counts them. */
  readonly used: number;
}

/** What is wrong, a sentence each; nothing if all is well. `spaces`: every address space there is. */
export function checkMemory(
  spaces: readonly (SpaceState | null)[],
  cache: PageCache,
  pages: PageTables,
  frames: FrameTable,
): string[] {
  const check = new Check(cache, pages);
  for (const [index, space] of spaces.entries()) if (space !== null) check.space(index, space);
  check.frames(frames);
  check.objects(spaces);
  return check.problems;
}

class Check {
  readonly problems: string[] = [];
  readonly #cache: PageCache;
  readonly #pages: PageTables;
  /** References that each frame should have. */
  readonly #expected = new Map<number, number>();
  /** Frames that some page grants writing to, and frames that someone sees as copy-on-write. */
  readonly #written = new Map<number, string>();
  readonly #copied = new Map<number, string>();

  constructor(cache: PageCache, pages: PageTables) {
    this.#cache = cache;
    this.#pages = pages;
    for (const frame of cachedFrames(cache)) this.#count(frame, 1);
  }

  #count(frame: number, references: number): void {
    this.#expected.set(frame, (this.#expected.get(frame) ?? 0) + references);
  }

  space(index: number, space: SpaceState): void {
    const name = `space ${index}`;
    this.#count(space.root, space.users);
    this.#regions(name, space);
    for (const [address, entry] of this.#entries(space.root)) this.#entry(name, space, address, entry);
  }

  #regions(name: string, { regions }: SpaceState): void {
    let end = USER_START;
    for (const region of regions) {
      const at = `${name}: region ${hex(region.start)}`;
      if (region.start < end) this.problems.push(`${at} begins before ${hex(end)}`);
      if (region.end <= region.start) this.problems.push(`${at} is empty`);
      if (region.end > USER_END) this.problems.push(`${at} ends above user space`);
      if ((region.start | region.end) & PAGE_MASK) this.problems.push(`${at} is not page aligned`);
      end = region.end;
    }
  }

  #entry(name: string, space: SpaceState, address: number, entry: number): void {
    const at = `${name}: page ${hex(address)}`;
    const frame = entry >>> PTE_FRAME_SHIFT;
    this.#count(frame, 1);
    const region = findRegion(space.regions, address);
    if (region === null) {
      this.problems.push(`${at} lies in no region`);
      return;
    }
    this.#permissions(at, region, entry);
    if (entry & PTE_WRITE && !(entry & PTE_SHARED)) this.#written.set(frame, at);
    if (entry & PTE_COPY) this.#copied.set(frame, at);
  }

  #permissions(at: string, region: Region, entry: number): void {
    const allowed = tableProtection(region.protection);
    const granted = entryProtection(entry) | (entry & PTE_COPY ? PROTECT_WRITE : 0);
    if (granted & ~allowed) this.problems.push(`${at} grants ${granted}, its region only ${allowed}`);
    if (entry & PTE_WRITE && entry & PTE_COPY) this.problems.push(`${at} is writable and copy-on-write`);
    const shared = (entry & PTE_SHARED) !== 0;
    if (shared !== (region.kind === "shared"))
      this.problems.push(`${at} differs from its region in being shared`);
  }

  /** The pages of a space; counts its page tables. */
  *#entries(root: number): Generator<[number, number]> {
    for (const [high, pointer] of this.#words(root).entries()) {
      if (pointer === 0) continue;
      const table = pointer >>> PTE_FRAME_SHIFT;
      this.#count(table, 1);
      for (const [low, entry] of this.#words(table).entries()) {
        if (entry !== 0) yield [high * 2 ** 22 + low * PAGE_SIZE, entry];
      }
    }
  }

  #words(frame: number): Uint32Array {
    const bytes = this.#pages.frameBytes(frame);
    return new Uint32Array(bytes.buffer, bytes.byteOffset, PAGE_SIZE / 4);
  }

  frames({ limit, used }: FrameTable): void {
    let counted = 0;
    for (let frame = 1; frame < limit; frame++) {
      const references = this.#pages.frameReferences(frame);
      const expected = this.#expected.get(frame) ?? 0;
      if (references !== expected) {
        this.problems.push(`frame ${frame} has ${references} references; ${expected} were found`);
      }
      if (references > 0) counted++;
      this.#expected.delete(frame);
    }
    for (const frame of this.#expected.keys())
      this.problems.push(`frame ${frame} is mapped and was never given out`);
    if (counted !== used) this.problems.push(`${used} frames are said to be in use; ${counted} are`);
    this.#sharing();
  }

  /** A private page that may be written at once is nobody else's. */
  #sharing(): void {
    for (const [frame, at] of this.#written) {
      const other = this.#copied.get(frame);
      if (other !== undefined)
        this.problems.push(`${at} may write frame ${frame}, which ${other} has yet to copy`);
      else if (this.#pages.frameReferences(frame) > 1) {
        this.problems.push(`${at} may write frame ${frame}, which others hold`);
      }
    }
  }

  objects(spaces: readonly (SpaceState | null)[]): void {
    const regions = spaces.flatMap((space) => space?.regions ?? []);
    for (const [index, object] of this.#cache.objects.entries()) {
      const users = regions.filter((region) => region.kind === "shared" && region.object === index).length;
      if ((object?.users ?? 0) !== users) {
        this.problems.push(`shared object ${index} has ${object?.users ?? 0} users; ${users} regions map it`);
      }
    }
  }
}

function hex(address: number): string {
  return `0x${address.toString(16)}`;
}
