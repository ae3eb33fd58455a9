// Demand paging: brings in the page that an access needs. The kernel calls it when the core reports a page
// fault or when a system call touches the program's memory.

import { PAGE_MASK, PAGE_SIZE, PROTECT_READ, PROTECT_WRITE } from "../../assembly/layout.ts";
import type { SpaceState } from "../kernel/state.ts";
import { filePage, objectPage, pageOf, withEviction } from "./cache.ts";
import { pageBytes, pageEntry, tableProtection } from "./pages.ts";
import { findRegion, offsetAt, type Region } from "./region.ts";
import type { VirtualMemory } from "./space.ts";

/**
 * "segv-maperr": nothing is mapped there (SIGSEGV, SEGV_MAPERR); "segv-accerr": the protection forbids it
 * (SEGV_ACCERR); "bus": beyond the end of the mapped file (SIGBUS, BUS_ADRERR); "no-memory": no frame is left.
 */
export type Populated = "ok" | "segv-maperr" | "segv-accerr" | "bus" | "no-memory";

/** Makes the page of `address` (u32) present for an access (one PROTECT_* bit), so that a retry succeeds. */
export function populate(
  memory: VirtualMemory,
  space: SpaceState,
  address: number,
  access: number,
): Populated {
  const region = findRegion(space.regions, address);
  if (region === null) return "segv-maperr";
  if ((tableProtection(region.protection) & access) === 0) return "segv-accerr";
  const page = address - (address & PAGE_MASK);
  if (pageEntry(memory.pages, space.root, page) === 0) {
    const brought = bringIn(memory, space, region, page);
    if (brought !== "ok") return brought;
  }
  return access === PROTECT_WRITE ? makeWritable(memory, space, page) : "ok";
}

/** Resolves copy-on-write at once, which saves the retried store a second fault. */
function makeWritable(memory: VirtualMemory, space: SpaceState, page: number): Populated {
  const { pages, cache } = memory;
  const linear = withEviction(cache, pages, () => pages.translate(space.root, page, PROTECT_WRITE));
  return linear === 0 ? "no-memory" : "ok";
}

function bringIn(memory: VirtualMemory, space: SpaceState, region: Region, page: number): Populated {
  switch (region.kind) {
    case "file":
      return bringFilePage(memory, space, region, page);
    case "shared":
      return bringSharedPage(memory, space, region, page);
    default:
      return zeroPage(memory, space, region, page) === 0 ? "no-memory" : "ok";
  }
}

/** Linear address of the new page, or 0. */
function zeroPage(memory: VirtualMemory, space: SpaceState, region: Region, page: number): number {
  const { pages, cache } = memory;
  const protection = tableProtection(region.protection);
  return withEviction(cache, pages, () => pages.pageMapZero(space.root, page, protection, 0));
}

/** Whole pages come from the cache; a page that ends in bss, or lies askew in the file, is the process's own. */
function bringFilePage(memory: VirtualMemory, space: SpaceState, region: Region, page: number): Populated {
  const { pages, cache, files } = memory;
  const offset = offsetAt(region, page);
  if (offset >= region.limit) return zeroPage(memory, space, region, page) === 0 ? "no-memory" : "ok";
  if (offset >= files.size(region.object)) return "bus";
  if (offset % PAGE_SIZE !== 0 || offset + PAGE_SIZE > region.limit) {
    return bringOwnPage(memory, space, region, page, offset);
  }
  const frame = withEviction(cache, pages, () =>
    filePage(cache, pages, files, region.object, pageOf(offset)),
  );
  return mapCached(memory, space, region, page, frame, region.protection & PROTECT_WRITE ? 1 : 0, 0);
}

function bringSharedPage(memory: VirtualMemory, space: SpaceState, region: Region, page: number): Populated {
  const { pages, cache } = memory;
  const number = pageOf(offsetAt(region, page));
  const frame = withEviction(cache, pages, () => objectPage(cache, pages, region.object, number));
  return mapCached(memory, space, region, page, frame, 0, 1);
}

function mapCached(
  memory: VirtualMemory,
  space: SpaceState,
  region: Region,
  page: number,
  frame: number,
  copy: number,
  shared: number,
): Populated {
  const { pages, cache } = memory;
  if (frame === 0) return "no-memory";
  pages.frameRetain(frame); // for the mapping; it also keeps the frame from eviction here
  const protection = tableProtection(region.protection);
  const mapped = withEviction(cache, pages, () =>
    pages.pageMap(space.root, page, frame, protection, copy, shared),
  );
  if (mapped !== 0) return "ok";
  pages.frameRelease(frame);
  return "no-memory";
}

/** A private page with the file's bytes up to the limit, then zeros. */
function bringOwnPage(
  memory: VirtualMemory,
  space: SpaceState,
  region: Region,
  page: number,
  offset: number,
): Populated {
  if (zeroPage(memory, space, region, page) === 0) return "no-memory";
  const from = Math.max(offset, 0);
  const to = Math.min(offset + PAGE_SIZE, region.limit);
  const bytes = pageBytes(memory.pages, space.root, page);
  memory.files.read(region.object, from, bytes.subarray(from - offset, to - offset));
  return "ok";
}

/** Brings in every page of [start, end), for reading at least. Stops at the first that fails. */
export function populateRange(
  memory: VirtualMemory,
  space: SpaceState,
  start: number,
  end: number,
): Populated {
  for (let page = start - (start & PAGE_MASK); page < end; page += PAGE_SIZE) {
    const result = populate(memory, space, page, PROTECT_READ);
    if (result !== "ok") return result;
  }
  return "ok";
}
