// Address spaces: regions and page tables kept in step. What is mapped where is decided by the callers (system
// calls, program loader); here it is carried out. Invariant: a page-table entry exists only inside a region
// and grants no more than the region does.

import { PAGE_SIZE } from "../../assembly/layout.ts";
import type { SpaceState } from "../kernel/state.ts";
import { type MappedFiles, type PageCache, releaseObject, retainObject, withEviction } from "./cache.ts";
import { type PageTables, tableProtection } from "./pages.ts";
import {
  insertRegion,
  protectRegions,
  removeRegions,
  NO_LIMIT,
  type Region,
  type RegionKind,
  type RegionObjects,
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

/** A region without an object. */
export function plainRegion(
  kind: RegionKind,
  start: number,
  end: number,
  protection: number,
  name = "",
): Region {
  return { start, end, protection, kind, object: -1, offset: 0, limit: NO_LIMIT, name };
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
