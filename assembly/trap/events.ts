// The ring of events: what the machine did, in order, for viewers and traces. Part of the replayable range.
// MACHINE_EVENT_COUNT counts all events ever written; the ring holds the last EVENT_CAPACITY of them.

import { watchEvent } from "../debug/until";
import {
  DEBUG,
  DEBUG_EVENTS,
  EVENTS,
  EVENT_A,
  EVENT_B,
  EVENT_C,
  EVENT_CAPACITY,
  EVENT_HART,
  EVENT_PID,
  EVENT_REASON,
  EVENT_SIZE,
  EVENT_SLOT,
  EVENT_TIME,
  EVENT_TYPE,
  MACHINE,
  MACHINE_EVENT_COUNT,
  MACHINE_HART,
  PCB_PID,
  PCB_SIZE,
  PROCESSES,
} from "../layout";
import { now } from "./clock";

/** Appends an event of the hart whose turn it is, at its clock. For a, b, c see EVENT_* in layout.ts. */
// @ts-ignore: decorator
@inline
export function emit(type: u32, reason: u32, slot: u32, a: u32, b: u32, c: u32): void {
  const count = load<u64>(MACHINE + MACHINE_EVENT_COUNT);
  const event = EVENTS + ((<u32>count) & (EVENT_CAPACITY - 1)) * EVENT_SIZE;
  const hart = load<u32>(MACHINE + MACHINE_HART);
  store<u64>(event, now(), EVENT_TIME);
  store<u8>(event, type, EVENT_TYPE);
  store<u8>(event, hart, EVENT_HART);
  store<u16>(event, reason, EVENT_REASON);
  store<u32>(event, slot, EVENT_SLOT);
  store<u32>(event, load<u32>(PROCESSES + slot * PCB_SIZE, PCB_PID), EVENT_PID);
  store<u32>(event, a, EVENT_A);
  store<u32>(event, b, EVENT_B);
  store<u32>(event, c, EVENT_C);
  if (load<u32>(DEBUG + DEBUG_EVENTS)) watchEvent(type, slot, count);
  store<u64>(MACHINE + MACHINE_EVENT_COUNT, count + 1);
}
