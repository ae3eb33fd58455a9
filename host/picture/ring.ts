// The events that the core's ring still holds, read where they lie: they are part of the machine's state, so what
// is said from them is exact at every moment that one goes to.

import { EVENT_CAPACITY, EVENT_SIZE, EVENTS, MACHINE, MACHINE_EVENT_COUNT } from "../../assembly/layout.ts";
import { type Core, readTime } from "../machine/core.ts";

/** Number of the oldest event in the ring: those before it are forgotten. */
export function firstInRing(core: Core): number {
  return Math.max(0, readTime(core, MACHINE + MACHINE_EVENT_COUNT) - EVENT_CAPACITY);
}

/** Shows each event in the ring, oldest first: its linear address, fields at EVENT_*; and its number. */
export function visitRing(core: Core, visit: (address: number, number: number) => void): void {
  const end = readTime(core, MACHINE + MACHINE_EVENT_COUNT);
  for (let number = firstInRing(core); number < end; number++) {
    visit(EVENTS + (number % EVENT_CAPACITY) * EVENT_SIZE, number);
  }
}
