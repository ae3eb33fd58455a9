// Deadlines of sleeping processes: a binary heap of slots, earliest deadline first, the lower slot first among
// equals. PCB_TIMER_INDEX is a process's place in the heap plus 1, so that a wake-up can take it out.

import { MACHINE, MACHINE_TIMER_COUNT, PCB_DEADLINE, PCB_TIMER_INDEX, TIMERS } from "../layout";
import { pcbOf } from "./table";

/** Later than any clock: what timerNext gives when no timer is set. */
export const NEVER: u64 = u64.MAX_VALUE;

// @ts-ignore: decorator
@inline
function slotAt(index: u32): u32 {
  return load<u32>(TIMERS + (index << 2));
}

function place(index: u32, slot: u32): void {
  store<u32>(TIMERS + (index << 2), slot);
  store<u32>(pcbOf(slot), index + 1, PCB_TIMER_INDEX);
}

function earlier(a: u32, b: u32): bool {
  const left = load<u64>(pcbOf(a), PCB_DEADLINE);
  const right = load<u64>(pcbOf(b), PCB_DEADLINE);
  return left < right || (left == right && a < b);
}

/** Deadline of the earliest timer, or NEVER. */
export function timerNext(): u64 {
  return load<u32>(MACHINE + MACHINE_TIMER_COUNT) ? load<u64>(pcbOf(slotAt(0)), PCB_DEADLINE) : NEVER;
}

/** Process of the earliest timer; there must be one. */
export function timerFirst(): u32 {
  return slotAt(0);
}

export function timerSet(slot: u32, deadline: u64): void {
  const count = load<u32>(MACHINE + MACHINE_TIMER_COUNT);
  store<u32>(MACHINE + MACHINE_TIMER_COUNT, count + 1);
  store<u64>(pcbOf(slot), deadline, PCB_DEADLINE);
  place(count, slot);
  siftUp(count);
}

export function timerCancel(slot: u32): void {
  const index = load<u32>(pcbOf(slot), PCB_TIMER_INDEX) - 1;
  const last = load<u32>(MACHINE + MACHINE_TIMER_COUNT) - 1;
  const moved = slotAt(last);
  store<u32>(MACHINE + MACHINE_TIMER_COUNT, last);
  store<u32>(TIMERS + (last << 2), 0);
  store<u32>(pcbOf(slot), 0, PCB_TIMER_INDEX);
  if (moved == slot) return;
  place(index, moved);
  siftUp(index);
  siftDown(load<u32>(pcbOf(moved), PCB_TIMER_INDEX) - 1);
}

function siftUp(start: u32): void {
  let index = start;
  const slot = slotAt(index);
  while (index) {
    const parent = (index - 1) >>> 1;
    if (!earlier(slot, slotAt(parent))) break;
    place(index, slotAt(parent));
    index = parent;
  }
  place(index, slot);
}

function siftDown(start: u32): void {
  let index = start;
  const slot = slotAt(index);
  const count = load<u32>(MACHINE + MACHINE_TIMER_COUNT);
  for (;;) {
    let child: u32 = 2 * index + 1;
    if (child >= count) break;
    if (child + 1 < count && earlier(slotAt(child + 1), slotAt(child))) child++;
    if (!earlier(slotAt(child), slot)) break;
    place(index, slotAt(child));
    index = child;
  }
  place(index, slot);
}
