// What limits a process's memory: RLIMIT_AS and RLIMIT_DATA, counted as Linux counts them (mm/mmap.c,
// may_expand_vm), but that the stack counts in full from the start.

import { PAGE_SIZE, PROTECT_WRITE } from "../../assembly/layout.ts";
import type { SpaceState } from "../kernel/state.ts";
import { mappedBytes, type Region, regionIndex } from "../memory/region.ts";
import type { Call } from "./call.ts";

export const RLIMIT_DATA = 2;
export const RLIMIT_AS = 9;

/** Length rounded up to pages, as a number that may reach 2^32. */
export function pageLength(length: number): number {
  return Math.ceil((length >>> 0) / PAGE_SIZE) * PAGE_SIZE;
}

export function spaceOf(call: Call): SpaceState {
  const space = call.kernel.spaces[call.process.space] ?? null;
  if (space === null) throw new Error(`assertion: process ${call.process.pid} has no address space`);
  return space;
}

export function withinLimit(call: Call, resource: number, bytes: number): boolean {
  const soft = call.process.limits[resource]?.[0] ?? -1;
  return soft < 0 || bytes <= soft;
}

/** Whether RLIMIT_DATA counts the region: private memory that can be written, the stack apart. */
export function isData(region: Region): boolean {
  return (region.protection & PROTECT_WRITE) !== 0 && region.kind !== "shared" && region.kind !== "stack";
}

export function dataBytes(space: SpaceState): number {
  return mappedBytes(space.regions.filter(isData));
}

/** Bytes of [start, end) that are mapped. */
export function mappedWithin(space: SpaceState, start: number, end: number): number {
  let bytes = 0;
  for (let index = regionIndex(space.regions, start); index < space.regions.length; index++) {
    const region = space.regions[index];
    if (region.start >= end) break;
    bytes += Math.min(region.end, end) - Math.max(region.start, start);
  }
  return bytes;
}

/** Whether the limits of address space and data allow the new region in place of what it replaces. */
export function mayExpand(call: Call, space: SpaceState, region: Region): boolean {
  const bytes = region.end - region.start;
  const total = mappedBytes(space.regions) - mappedWithin(space, region.start, region.end) + bytes;
  if (!withinLimit(call, RLIMIT_AS, total)) return false;
  return !isData(region) || withinLimit(call, RLIMIT_DATA, dataBytes(space) + bytes);
}
