// Regions: what an address space promises at which address, as plain records in an array that is sorted by
// start and disjoint. The operations here know nothing of page tables; space.ts keeps both in step.
// Each record with an `object` holds one reference to it: whoever splits or copies a record retains, whoever
// drops one releases, through `RegionObjects`.

import { MMAP_BASE, USER_END, USER_START } from "./layout.ts";

/**
 * What a page of the region is before its first write: zeros (anonymous, stack, break), bytes of a file
 * (object: inode), or a page of a shared-memory object (object: its index in the page cache).
 */
export type RegionKind = "anonymous" | "stack" | "break" | "file" | "shared";

export interface Region {
  /** First address and the one after the last: multiples of 4096, `end` at most 2^32. */
  start: number;
  end: number;
  /** PROTECT_* bits; 0 is a guard. */
  protection: number;
  kind: RegionKind;
  /** Writes would be seen by all who map the object; a file's such region can never be made writable. */
  shared: boolean;
  /** Inode or shared object that it maps and holds a reference to; -1 for none. */
  object: number;
  /** Byte of the object that `start` maps. A multiple of 4096, but for programs with unaligned segments. */
  offset: number;
  /** Byte of the file at which zeros begin (a segment's bss), or NO_LIMIT. */
  limit: number;
  /** For people: path of the file, "[stack]", "[heap]". A byte string. */
  name: string;
}

/** No bss: beyond the file's last page there is nothing, and touching it is a bus error. */
export const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** Counts the references that regions hold. */
export interface RegionObjects {
  retain(region: Region): void;
  release(region: Region): void;
}

/** Index of the first region that ends above `address`: the one that holds it, if any does. */
export function regionIndex(regions: readonly Region[], address: number): number {
  let low = 0;
  let high = regions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (regions[middle].end <= address) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The region that holds `address` (0 .. 2^32-1), or null. */
export function findRegion(regions: readonly Region[], address: number): Region | null {
  const region = regions[regionIndex(regions, address)];
  return region !== undefined && region.start <= address ? region : null;
}

/** Whether no region touches [start, end). */
export function isFree(regions: readonly Region[], start: number, end: number): boolean {
  const next = regions[regionIndex(regions, start)];
  return next === undefined || next.start >= end;
}

/** Whether regions cover [start, end) without a hole. */
export function isCovered(regions: readonly Region[], start: number, end: number): boolean {
  let reached = start;
  for (let index = regionIndex(regions, start); reached < end; index++) {
    const region = regions[index];
    if (region === undefined || region.start > reached) return false;
    reached = region.end;
  }
  return true;
}

/** Total of the regions' lengths in bytes. */
export function mappedBytes(regions: readonly Region[]): number {
  return regions.reduce((sum, region) => sum + region.end - region.start, 0);
}

/** Adds a region to a free place and merges it with equal neighbours; takes over its reference. */
export function insertRegion(regions: Region[], region: Region, objects: RegionObjects): void {
  const index = regionIndex(regions, region.start);
  regions.splice(index, 0, region);
  mergeAt(regions, index + 1, objects);
  mergeAt(regions, index, objects);
}

/**
 * Cuts [start, end) out. The records that lay inside are returned; the caller releases them or puts them
 * back changed.
 */
export function cutRegions(regions: Region[], start: number, end: number, objects: RegionObjects): Region[] {
  splitAt(regions, start, objects);
  splitAt(regions, end, objects);
  const first = regionIndex(regions, start);
  let last = first;
  while (last < regions.length && regions[last].start < end) last++;
  return regions.splice(first, last - first);
}

/** Takes [start, end) out and drops what it referred to. */
export function removeRegions(regions: Region[], start: number, end: number, objects: RegionObjects): void {
  for (const region of cutRegions(regions, start, end, objects)) objects.release(region);
}

/** Gives all of [start, end) that is mapped a new protection. */
export function protectRegions(
  regions: Region[],
  start: number,
  end: number,
  protection: number,
  objects: RegionObjects,
): void {
  for (const region of cutRegions(regions, start, end, objects)) {
    region.protection = protection;
    insertRegion(regions, region, objects);
  }
}

/**
 * Start of the highest free range of `length` bytes (a multiple of 4096) below MMAP_BASE, or above it when
 * nothing is free there; -1 when there is none.
 */
export function findFreeRange(regions: readonly Region[], length: number): number {
  const below = highestGap(regions, length, USER_START, MMAP_BASE);
  return below >= 0 ? below : highestGap(regions, length, MMAP_BASE, USER_END);
}

function highestGap(regions: readonly Region[], length: number, floor: number, ceiling: number): number {
  let top = ceiling;
  let index = regionIndex(regions, ceiling - 1);
  if (index < regions.length && regions[index].start < top) top = regions[index].start;
  for (index--; index >= 0 && top - length >= floor; index--) {
    if (top - regions[index].end >= length) return top - length;
    top = regions[index].start;
  }
  return top - length >= floor ? top - length : -1;
}

/** Makes `address` a boundary between records. */
function splitAt(regions: Region[], address: number, objects: RegionObjects): void {
  const index = regionIndex(regions, address);
  const region = regions[index];
  if (region === undefined || region.start >= address) return;
  const upper = { ...region, start: address, offset: offsetAt(region, address) };
  objects.retain(upper);
  region.end = address;
  regions.splice(index + 1, 0, upper);
}

/** Byte of the region's object that `address` maps; 0 for regions without one. */
export function offsetAt(region: Region, address: number): number {
  return region.object < 0 ? 0 : region.offset + (address - region.start);
}

/** Joins the records before and at `index` if together they are one. */
function mergeAt(regions: Region[], index: number, objects: RegionObjects): void {
  const lower = regions[index - 1];
  const upper = regions[index];
  if (lower === undefined || upper === undefined || !continues(lower, upper)) return;
  lower.end = upper.end;
  regions.splice(index, 1);
  objects.release(upper);
}

function continues(lower: Region, upper: Region): boolean {
  return (
    lower.end === upper.start &&
    lower.protection === upper.protection &&
    lower.kind === upper.kind &&
    lower.shared === upper.shared &&
    lower.object === upper.object &&
    lower.limit === upper.limit &&
    lower.name === upper.name &&
    offsetAt(lower, upper.start) === upper.offset
  );
}
