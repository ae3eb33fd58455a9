// Address spaces: regions and page tables kept in step. What is mapped where is decided by the callers (system
// calls, program loader); here it is carried out. Invariant: a page-table entry exists only inside a region
// and grants no more than the region does.

import { PAGE_SIZE, PTE_COPY, PTE_FRAME_SHIFT, PTE_SHARED } from "../../assembly/layout.ts";
import type { SpaceState } from "../kernel/state.ts";
import { type MappedFiles, type PageCache, releaseObject, retainObject, withEviction } from "./cache.ts";
import { type PageTables, pageEntry, tableProtection } from "./pages.ts";
import {
  insertRegion,
  NO_LIMIT,
  protectRegions,
  type Region,
  type RegionKind,
  type RegionObjects,
  removeRegions,
} from "./region.ts";

/** Everything that operations on address spaces reach. */
export interface VirtualMemory {
  readonly pages: PageTables;
  readonly files: MappedFiles;
  readonly cache: PageCache;
  readonly objects: RegionObjects;
}

export function createVirtualMemory(pages: PageTables, files: MappedFiles, cache: PageCache): VirtualMemory {
  const objects: RegionObjects = {
    retain(region) {
      if (region.kind === "file") files.retain(region.object);
      else if (region.kind === "shared") retainObject(cache, region.object);
    },
    release(region) {
      if (region.kind === "file") files.release(region.object);
      else if (region.kind === "shared") releaseObject(cache, pages, region.object);
    },
  };
  return { pages, files, cache, objects };
}

/** A region without an object (one of kind "shared" is given it by the caller). */
export function plainRegion(
  kind: RegionKind,
  start: number,
  end: number,
  protection: number,
  name = "",
): Region {
  const shared = kind === "shared";
  return { start, end, protection, kind, shared, object: -1, offset: 0, limit: NO_LIMIT, name };
}

/** An empty space with one user, or null when there is no memory. */
export function createSpace(memory: VirtualMemory): SpaceState | null {
  const root = withEviction(memory.cache, memory.pages, () => memory.pages.spaceCreate());
  return root === 0 ? null : { root, users: 1, regions: [], breakStart: 0, break: 0 };
}

/** The regions of `space` over page tables that the core has forked: `root` is the copy's. */
export function forkSpace(memory: VirtualMemory, space: SpaceState, root: number): SpaceState {
  const regions = space.regions.map((region) => ({ ...region }));
  for (const region of regions) memory.objects.retain(region);
  return { root, users: 1, regions, breakStart: space.breakStart, break: space.break };
}

/** Drops all regions and what they refer to; the page tables are the caller's. */
export function clearRegions(memory: VirtualMemory, space: SpaceState): void {
  for (const region of space.regions) memory.objects.release(region);
  space.regions = [];
}

/** Gives back all that a space holds, page tables included. */
export function destroySpace(memory: VirtualMemory, space: SpaceState): void {
  memory.pages.spaceRelease(space.root);
  clearRegions(memory, space);
}

/** Puts a region in place of whatever lies there. Retains the region's object. */
export function mapRegion(memory: VirtualMemory, space: SpaceState, region: Region): void {
  memory.objects.retain(region);
  unmapRange(memory, space, region.start, region.end);
  insertRegion(space.regions, region, memory.objects);
}

export function unmapRange(memory: VirtualMemory, space: SpaceState, start: number, end: number): void {
  if (start >= end) return;
  memory.pages.pagesUnmap(space.root, start, (end - start) / PAGE_SIZE);
  removeRegions(space.regions, start, end, memory.objects);
}

export function protectRange(
  memory: VirtualMemory,
  space: SpaceState,
  start: number,
  end: number,
  protection: number,
): void {
  if (start >= end) return;
  protectRegions(space.regions, start, end, protection, memory.objects);
  memory.pages.pagesProtect(space.root, start, (end - start) / PAGE_SIZE, tableProtection(protection));
}

/**
 * Puts `moved` in place, with the pages of [start, keptEnd) as its first ones, and unmaps [start, oldEnd).
 * False, with the old range as it was, when there is no memory for page tables.
 */
export function moveRange(
  memory: VirtualMemory,
  space: SpaceState,
  start: number,
  keptEnd: number,
  oldEnd: number,
  moved: Region,
): boolean {
  mapRegion(memory, space, moved);
  for (let page = start; page < keptEnd; page += PAGE_SIZE) {
    if (sharePage(memory, space, page, moved.start + (page - start), moved.protection)) continue;
    unmapRange(memory, space, moved.start, moved.end);
    return false;
  }
  unmapRange(memory, space, start, oldEnd);
  return true;
}

/** Maps the page at `from`, if one is present, at `to` as well. */
function sharePage(
  memory: VirtualMemory,
  space: SpaceState,
  from: number,
  to: number,
  protection: number,
): boolean {
  const { pages, cache } = memory;
  const entry = pageEntry(pages, space.root, from);
  if (entry === 0) return true;
  const frame = entry >>> PTE_FRAME_SHIFT;
  const copy = entry & PTE_COPY ? 1 : 0;
  const shared = entry & PTE_SHARED ? 1 : 0;
  pages.frameRetain(frame);
  const map = () => pages.pageMap(space.root, to, frame, tableProtection(protection), copy, shared);
  if (withEviction(cache, pages, map) !== 0) return true;
  pages.frameRelease(frame);
  return false;
}
