// What limits a process's memory: RLIMIT_AS and RLIMIT_DATA, counted as Linux counts them (mm/mmap.c,
// may_expand_vm), and the machine's RAM (mm/util.c, __vm_enough_memory).

import { PAGE_MASK, PAGE_SIZE, PROTECT_WRITE } from "../../assembly/layout.ts";
import type { SpaceState } from "../kernel/state.ts";
import { STACK_TOP } from "../memory/layout.ts";
import { type PageTables, pageEntry } from "../memory/pages.ts";
import { findRegion, mappedBytes, type Region, regionIndex } from "../memory/region.ts";
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

/** Whether the region may need RAM of its own, so that Linux asks first whether there is enough. */
export function isAccounted(region: Region): boolean {
  return region.kind === "shared" || (!region.shared && (region.protection & PROTECT_WRITE) !== 0);
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

/** What a stack has at the least: Linux gives it 128 KiB below the arguments (fs/exec.c, setup_arg_pages). */
const STACK_BEGINNING = 33 * PAGE_SIZE;

/** Lowest address that the stack has grown to: its region is there in full from the start. */
function stackReach(pages: PageTables, space: SpaceState, start: number): number {
  const highest = STACK_TOP - STACK_BEGINNING;
  let page = start;
  while (page < highest && pageEntry(pages, space.root, page) === 0) page += PAGE_SIZE;
  return page;
}

/** Bytes that RLIMIT_AS counts: of the stack only what it has grown to. */
function addressSpaceBytes(pages: PageTables, space: SpaceState): number {
  const stack = space.regions.find(({ kind }) => kind === "stack");
  const ahead = stack ? Math.min(stackReach(pages, space, stack.start), stack.end) - stack.start : 0;
  return mappedBytes(space.regions) - ahead;
}

/** Whether RLIMIT_AS (bytes, -1 for none) lets the address space grow by `bytes`. */
export function mayGrow(limit: number, pages: PageTables, space: SpaceState, bytes: number): boolean {
  return limit < 0 || addressSpaceBytes(pages, space) + bytes <= limit;
}

/** Whether the limit lets the stack grow down to the page of `address`; true for addresses elsewhere. */
export function mayReach(limit: number, pages: PageTables, space: SpaceState, address: number): boolean {
  if (limit < 0 || findRegion(space.regions, address)?.kind !== "stack") return true;
  const stack = space.regions.find(({ kind }) => kind === "stack");
  const reach = stack ? stackReach(pages, space, stack.start) : 0;
  const growth = reach - (address - (address & PAGE_MASK));
  return growth <= 0 || mayGrow(limit, pages, space, growth);
}

/** RLIMIT_AS of the calling process: bytes, or -1. */
export function addressLimit(call: Call): number {
  return call.process.limits[RLIMIT_AS]?.[0] ?? -1;
}

/** Linux's heuristic overcommit refuses only what could never fit: more than all RAM at once. There is no swap. */
export function exceedsMemory(call: Call, bytes: number): boolean {
  return bytes > call.services.processes.frames().total * PAGE_SIZE;
}

/** Whether the limits of address space and data allow the new region in place of what it replaces. */
export function mayExpand(call: Call, space: SpaceState, region: Region): boolean {
  const bytes = region.end - region.start;
  const { pages } = call.services.virtualMemory;
  const growth = bytes - mappedWithin(space, region.start, region.end);
  if (!mayGrow(addressLimit(call), pages, space, growth)) return false;
  return !isData(region) || withinLimit(call, RLIMIT_DATA, dataBytes(space) + bytes);
}
