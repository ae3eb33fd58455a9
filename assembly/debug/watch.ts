// READ and WRITE points. A page with such a point has no entry in the flat translation tables (mmu/access.ts), so
// every access to it comes to the slow paths, which ask here before it has an effect. An access that will fault
// is no hit: when the fault has been served, it comes again. Nothing here changes the replayable range.

import {
  DEBUG,
  DEBUG_DUE,
  DEBUG_NOTED,
  DEBUG_STOPPED,
  HIT_BY_CALL,
  MACHINE,
  MACHINE_STOP_SLOT,
  PAGE_MASK,
  PCB_PC,
  PCB_SIZE,
  POINT_READ,
  POINT_WRITE,
  PROCESSES,
} from "../layout";
import { mayWrite, translateRead } from "../mmu/access";
import { hit, isSkipped } from "./hit";
import { NO_POINT, memoryPoint, pidOf, runningSlot } from "./points";

/** The running process reads: true where it must stop before it. */
export function readIsHit(pc: u32, va: u32, size: u32): bool {
  const point = memoryPoint(POINT_READ, va, size, pidOf(runningSlot()));
  if (point == NO_POINT || isSkipped() || !canRead(va, size)) return false;
  return hit(POINT_READ, point, runningSlot(), pc, va, size);
}

/** The running process writes. */
export function writeIsHit(pc: u32, va: u32, size: u32): bool {
  const point = memoryPoint(POINT_WRITE, va, size, pidOf(runningSlot()));
  if (point == NO_POINT || isSkipped() || !canWrite(va, size)) return false;
  return hit(POINT_WRITE, point, runningSlot(), pc, va, size);
}

/** The running process reads and writes a word at once: one hit, of the write if both are watched. */
export function updateIsHit(pc: u32, va: u32): bool {
  const pid = pidOf(runningSlot());
  const write = memoryPoint(POINT_WRITE, va, 4, pid);
  const point = write != NO_POINT ? write : memoryPoint(POINT_READ, va, 4, pid);
  if (point == NO_POINT || isSkipped() || !canWrite(va, 4)) return false;
  return hit(write != NO_POINT ? POINT_WRITE : POINT_READ, point, runningSlot(), pc, va, 4);
}

function canRead(va: u32, size: u32): bool {
  return translateRead(va) && translateRead(va + size - 1);
}

function canWrite(va: u32, size: u32): bool {
  return mayWrite(va) && (((va + size - 1) ^ va) <= <u32>PAGE_MASK || mayWrite(va + size - 1));
}

/** The system call that is being served has read (POINT_READ) or written (POINT_WRITE) the process's memory. */
export function accessedByCall(kind: u32, va: u32, length: u32): void {
  const slot = load<u32>(MACHINE + MACHINE_STOP_SLOT);
  const point = memoryPoint(kind, va, length, pidOf(slot));
  if (point == NO_POINT) return;
  const isDue = load<u32>(DEBUG + DEBUG_DUE) != 0;
  const stops = hit(kind, point, slot, load<u32>(PROCESSES + slot * PCB_SIZE, PCB_PC), va, length);
  if (!stops) store<u32>(DEBUG + DEBUG_NOTED, 1, HIT_BY_CALL);
  else if (!isDue) store<u32>(DEBUG + DEBUG_STOPPED, 1, HIT_BY_CALL);
}
