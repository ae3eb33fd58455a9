// The hit record: where the machine was when a point was met or a watched thing happened. It is exact also in the
// middle of `execute`. What it says is known before the instruction has any effect.

import { ELAPSED } from "../cpu/state";
import {
  DEBUG,
  DEBUG_DUE,
  DEBUG_HITS,
  DEBUG_MODE,
  DEBUG_NOTED,
  DEBUG_SKIP_RETIRED,
  DEBUG_SKIP_SLOT,
  DEBUG_STOP,
  DEBUG_STOPPED,
  HIT_ADDRESS,
  HIT_BY_CALL,
  HIT_EVENTS,
  HIT_HART,
  HIT_KIND,
  HIT_LENGTH,
  HIT_PC,
  HIT_PID,
  HIT_POINT,
  HIT_RETIRED,
  HIT_SLOT,
  HIT_USER_TIME,
  MACHINE,
  MACHINE_EVENT_COUNT,
  MACHINE_HART,
  MACHINE_RETIRED,
  PCB_SIZE,
  PCB_USER_TIME,
  PROCESSES,
} from "../layout";
import { pidOf, runningSlot } from "./points";

/** Instructions retired by all harts. */
function retired(): u64 {
  return load<u64>(MACHINE + MACHINE_RETIRED) + load<u32>(ELAPSED);
}

/** The host asked to pass over what this process meets before it has retired an instruction. */
export function isSkipped(): bool {
  const slot = load<u32>(DEBUG + DEBUG_SKIP_SLOT);
  return slot && slot == runningSlot() && retired() == load<u64>(DEBUG + DEBUG_SKIP_RETIRED);
}

/**
 * Counts a hit of the process in `slot` at `pc` and writes it down; of those before a stop the first one stays.
 * True where the run must stop.
 */
export function hit(kind: u32, point: u32, slot: u32, pc: u32, address: u32, length: u32): bool {
  store<u64>(DEBUG + DEBUG_HITS, load<u64>(DEBUG + DEBUG_HITS) + 1);
  if (load<u32>(DEBUG + DEBUG_MODE) == DEBUG_STOP) return stopFor(kind, point, slot, pc, address, length);
  writeRecord(DEBUG + DEBUG_NOTED, kind, point, slot, pc, address, length);
  return false;
}

/** The run must stop before its next pass, or before the next instruction: true. */
export function stopFor(kind: u32, point: u32, slot: u32, pc: u32, address: u32, length: u32): bool {
  if (load<u32>(DEBUG + DEBUG_DUE)) return true;
  store<u32>(DEBUG + DEBUG_DUE, 1);
  writeRecord(DEBUG + DEBUG_STOPPED, kind, point, slot, pc, address, length);
  return true;
}

function writeRecord(
  record: u32,
  kind: u32,
  point: u32,
  slot: u32,
  pc: u32,
  address: u32,
  length: u32,
): void {
  const userTime = load<u64>(PROCESSES + slot * PCB_SIZE, PCB_USER_TIME);
  store<u64>(record, retired(), HIT_RETIRED);
  store<u64>(record, load<u64>(MACHINE + MACHINE_EVENT_COUNT), HIT_EVENTS);
  store<u64>(record, userTime + (slot == runningSlot() ? load<u32>(ELAPSED) : 0), HIT_USER_TIME);
  store<u32>(record, kind, HIT_KIND);
  store<u32>(record, point, HIT_POINT);
  store<u32>(record, load<u32>(MACHINE + MACHINE_HART), HIT_HART);
  store<u32>(record, slot, HIT_SLOT);
  store<u32>(record, pidOf(slot), HIT_PID);
  store<u32>(record, pc, HIT_PC);
  store<u32>(record, address, HIT_ADDRESS);
  store<u32>(record, length, HIT_LENGTH);
  store<u32>(record, 0, HIT_BY_CALL);
}

export function forgetHits(): void {
  store<u64>(DEBUG + DEBUG_HITS, 0);
  store<u32>(DEBUG + DEBUG_DUE, 0);
  store<u32>(DEBUG + DEBUG_NOTED, 0, HIT_KIND);
  store<u32>(DEBUG + DEBUG_STOPPED, 0, HIT_KIND);
}
