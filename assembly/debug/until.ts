// Stops that are no points: watched events, a count of events, the user time of a process. The run loop asks
// `takeStop` before each pass.

import {
  DEBUG,
  DEBUG_DUE,
  DEBUG_EVENT_MASK,
  DEBUG_EVENT_PID,
  DEBUG_UNTIL_EVENTS,
  DEBUG_UNTIL_PID,
  DEBUG_UNTIL_USER_TIME,
  EVENT_TRAP,
  HIT_EVENT,
  HIT_EVENT_COUNT,
  HIT_TIME,
  PCB_PC,
  PCB_PID,
  PCB_SIZE,
  PCB_USER_TIME,
  PROCESSES,
  REGISTER_PC,
} from "../layout";
import { hit, isSkipped, stopFor } from "./hit";
import { pidOf, runningSlot } from "./points";

// @ts-ignore: decorator
@inline
export function stopIsDue(): bool {
  return load<u32>(DEBUG + DEBUG_DUE) != 0;
}

/** Whether a stop is due; it is done with that. */
// @ts-ignore: decorator
@inline
export function takeStop(): bool {
  if (!stopIsDue()) return false;
  store<u32>(DEBUG + DEBUG_DUE, 0);
  return true;
}

/** An event is written as number `number` (from 0): is it one that is watched for, or the last one to wait for? */
export function watchEvent(type: u32, slot: u32, number: u64): void {
  const pid = load<u32>(DEBUG + DEBUG_EVENT_PID);
  const isWatched = (load<u32>(DEBUG + DEBUG_EVENT_MASK) >>> type) & 1 && (!pid || pid == pidOf(slot));
  const pc = type == EVENT_TRAP ? load<u32>(REGISTER_PC) : load<u32>(PROCESSES + slot * PCB_SIZE, PCB_PC);
  if (isWatched) hit(HIT_EVENT, 0, slot, pc, type, 0);
  const until = load<u64>(DEBUG + DEBUG_UNTIL_EVENTS);
  if (until && number + 1 >= until) stopFor(HIT_EVENT_COUNT, 0, slot, pc, type, 0);
}

/** Whether a process is to stop at a user time. */
// @ts-ignore: decorator
@inline
export function awaitsUserTime(): bool {
  return load<u32>(DEBUG + DEBUG_UNTIL_PID) != 0;
}

/** Shortens a stretch of the running process so that it ends at the user time that it is to stop at. */
export function untilUserTime(pcb: u32, limit: i32): i32 {
  if (load<u32>(DEBUG + DEBUG_UNTIL_PID) != load<u32>(pcb, PCB_PID)) return limit;
  const time = load<u64>(pcb, PCB_USER_TIME);
  const until = load<u64>(DEBUG + DEBUG_UNTIL_USER_TIME);
  return until > time && until - time < <u64>limit ? <i32>(until - time) : limit;
}

/** The process that is about to execute has been in user mode for as long as was asked: a stop is due. */
export function userTimeReached(): bool {
  const slot = runningSlot();
  if (load<u32>(DEBUG + DEBUG_UNTIL_PID) != pidOf(slot) || isSkipped()) return false;
  const pcb = PROCESSES + slot * PCB_SIZE;
  if (load<u64>(pcb, PCB_USER_TIME) < load<u64>(DEBUG + DEBUG_UNTIL_USER_TIME)) return false;
  return stopFor(HIT_TIME, 0, slot, load<u32>(REGISTER_PC), 0, 0);
}
