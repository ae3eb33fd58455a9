// A moment of a run: how much has been executed, and how much has happened. Neither ever decreases.

import type { Machine } from "../machine.ts";

export interface Moment {
  /** Instructions retired by all harts. */
  readonly retired: number;
  /** Events ever written. */
  readonly events: number;
}

/** The machine's moment. */
export function momentOf(machine: Machine): Moment {
  return { retired: machine.instructions, events: machine.eventCount };
}

/** Negative where `a` is before `b`, 0 where they are the same moment. */
export function compareMoments(a: Moment, b: Moment): number {
  return a.retired - b.retired || a.events - b.events;
}
