// The table of points, as the host wrote it, and which of them an instruction or an access meets.

import {
  DEBUG,
  DEBUG_POINTS,
  DEBUG_POINT_COUNT,
  DEBUG_WATCHED_SLOTS,
  HART_SLOT,
  PAGE_MASK,
  PAGE_SIZE,
  PCB_PID,
  PCB_SIZE,
  POINT_ADDRESS,
  POINT_EXECUTE,
  POINT_KIND,
  POINT_LENGTH,
  POINT_PID,
  POINT_REGISTER,
  POINT_SIZE,
  PROCESSES,
} from "../layout";
import { currentHart } from "../trap/clock";

/** Index that no point has. */
export const NO_POINT: u32 = 0xffffffff;

export function pidOf(slot: u32): u32 {
  return load<u32>(PROCESSES + slot * PCB_SIZE, PCB_PID);
}

/** Slot of the process on the hart whose turn it is. */
export function runningSlot(): u32 {
  return load<u32>(currentHart(), HART_SLOT);
}

// @ts-ignore: decorator
@inline
function pointAt(index: u32): u32 {
  return DEBUG_POINTS + index * POINT_SIZE;
}

export function kindOf(index: u32): u32 {
  return load<u32>(pointAt(index), POINT_KIND);
}

/** Points without a process are everyone's. */
function concerns(point: u32, pid: u32): bool {
  const wanted = load<u32>(point, POINT_PID);
  return wanted == 0 || wanted == pid;
}

/** Whether the point is at the instruction at `pc` that writes the register at offset `rd`. */
function isAtCode(point: u32, pc: u32, rd: u32): bool {
  const kind = load<u32>(point, POINT_KIND);
  const address = load<u32>(point, POINT_ADDRESS);
  return (kind == POINT_EXECUTE && address == pc) || (kind == POINT_REGISTER && address << 2 == rd);
}

/** Of the points at that instruction, whosoever's, the first and the last one << 8; or NO_POINT. */
export function codePoints(pc: u32, rd: u32): u32 {
  const count = load<u32>(DEBUG + DEBUG_POINT_COUNT);
  let range = NO_POINT;
  for (let index: u32 = 0; index < count; index++) {
    if (isAtCode(pointAt(index), pc, rd)) range = (range == NO_POINT ? index : range & 255) | (index << 8);
  }
  return range;
}

/** First point of such a range that the process has there, or NO_POINT. */
export function codePoint(range: u32, pc: u32, rd: u32, pid: u32): u32 {
  for (let index = range & 255; index <= range >>> 8; index++) {
    const point = pointAt(index);
    if (isAtCode(point, pc, rd) && concerns(point, pid)) return index;
  }
  return NO_POINT;
}

/** First point of the kind that meets `length` bytes at `va` of the process, or NO_POINT. */
export function memoryPoint(kind: u32, va: u32, length: u32, pid: u32): u32 {
  const count = load<u32>(DEBUG + DEBUG_POINT_COUNT);
  for (let index: u32 = 0; index < count; index++) {
    const point = pointAt(index);
    if (load<u32>(point, POINT_KIND) != kind) continue;
    const address = load<u32>(point, POINT_ADDRESS);
    const meets = va - address < load<u32>(point, POINT_LENGTH) || address - va < length;
    if (meets && concerns(point, pid)) return index;
  }
  return NO_POINT;
}

/** Whether the running process has a point of the kind in the page of `va`. */
export function pageHasPoint(kind: u32, va: u32): bool {
  return memoryPoint(kind, va & ~PAGE_MASK, PAGE_SIZE, pidOf(runningSlot())) != NO_POINT;
}

/** Whether the hart's translations may respect the watches of another process in the same space; from now on, `slot`'s. */
export function watcherChanges(hart: u32, slot: u32): bool {
  const place = DEBUG + DEBUG_WATCHED_SLOTS + (hart << 2);
  if (load<u32>(place) == slot) return false;
  store<u32>(place, slot);
  return true;
}

/** Whether the table has a point of one of two kinds. */
export function hasKind(first: u32, second: u32): bool {
  const count = load<u32>(DEBUG + DEBUG_POINT_COUNT);
  for (let index: u32 = 0; index < count; index++) {
    const kind = load<u32>(pointAt(index), POINT_KIND);
    if (kind == first || kind == second) return true;
  }
  return false;
}
