// From an ELF file to an address space: which region maps which bytes of the program's inode. Pages come in on
// demand through the page cache, so nothing is copied here and two runs of a program share its text.

import { PAGE_MASK, PAGE_SIZE, PROTECT_EXECUTE, PROTECT_READ, PROTECT_WRITE } from "../../assembly/layout.ts";
import type { SpaceState } from "../kernel/state.ts";
import { STACK_LIMIT_MAX, STACK_TOP } from "../memory/layout.ts";
import { NO_LIMIT, type Region } from "../memory/region.ts";
import { mapRegion, plainRegion, type VirtualMemory } from "../memory/space.ts";
import type { ElfFile, ElfSegment } from "./elf.ts";

/**
 * The regions of a program's segments, sorted and disjoint. `inode` is the program's, `name` its path. Where
 * two segments share a page, that page is a region of its own with the rights of both.
 */
export function planImage(elf: ElfFile, inode: number, name: string): Region[] {
  const plan: Region[] = [];
  for (const segment of elf.segments) {
    for (const region of segmentRegions(segment, inode, name)) addRegion(plan, region);
  }
  return plan;
}

/** File pages, the last of which may end in zeros; then pages of zeros. */
function segmentRegions(segment: ElfSegment, inode: number, name: string): Region[] {
  const { address, fileSize, memorySize, offset, protection } = segment;
  const inPage = address & PAGE_MASK;
  const start = address - inPage;
  const end = pageUp(address + memorySize);
  const fileEnd = fileSize === 0 ? start : pageUp(address + fileSize);
  const limit = memorySize > fileSize ? offset + fileSize : NO_LIMIT;
  const regions: Region[] = [];
  if (fileEnd > start) {
    const place = { start, end: fileEnd, protection, offset: offset - inPage, limit };
    regions.push({ ...place, kind: "file", shared: false, object: inode, name });
  }
  if (end > fileEnd) regions.push(plainRegion("anonymous", fileEnd, end, protection, name));
  return regions;
}

/** The parser has made sure that regions overlap by one page at most, whose file page has the bytes of both. */
function addRegion(plan: Region[], region: Region): void {
  const last = plan[plan.length - 1];
  if (last === undefined || last.end <= region.start) {
    plan.push(region);
    return;
  }
  const sharedEnd = last.end;
  const shared = { ...region, end: sharedEnd, protection: last.protection | region.protection };
  last.end = region.start;
  if (last.end === last.start) plan.pop();
  plan.push(shared);
  if (region.end > sharedEnd) {
    plan.push({ ...region, start: sharedEnd, offset: region.offset + (sharedEnd - region.start) });
  }
}

/** Maps the program into an empty space and puts its break behind it. */
export function mapImage(memory: VirtualMemory, space: SpaceState, plan: readonly Region[]): void {
  for (const region of plan) mapRegion(memory, space, { ...region });
  const below = plan.filter((region) => region.end <= STACK_TOP - STACK_LIMIT_MAX);
  space.breakStart = (below[below.length - 1] ?? plan[plan.length - 1]).end;
  space.break = space.breakStart;
}

/** A smaller stack could not hold the arguments that execve always accepts. */
const STACK_SIZE_MIN = 256 * 1024;

/** Maps the stack: as large as its limit (bytes; -1 for none) says, filled on demand. */
export function mapStack(memory: VirtualMemory, space: SpaceState, limit: number, executable: boolean): void {
  const wanted = limit < 0 ? STACK_LIMIT_MAX : Math.min(limit, STACK_LIMIT_MAX);
  const size = Math.max(wanted - (wanted % PAGE_SIZE), STACK_SIZE_MIN);
  const protection = PROTECT_READ | PROTECT_WRITE | (executable ? PROTECT_EXECUTE : 0);
  mapRegion(memory, space, plainRegion("stack", STACK_TOP - size, STACK_TOP, protection, "[stack]"));
}

function pageUp(address: number): number {
  return Math.ceil(address / PAGE_SIZE) * PAGE_SIZE;
}
