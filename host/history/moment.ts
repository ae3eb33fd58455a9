// Moments: the names of the states that a run passes through. Whatever the machine does, it retires an
// instruction or writes an event, and whatever the outside does to it writes one: no two states have one name.

import { MACHINE, MACHINE_EVENT_COUNT, MACHINE_RETIRED } from "../../assembly/layout.ts";
import { type Core, readTime } from "../machine/core.ts";

export interface Moment {
  /** Instructions retired by all harts. */
  readonly retired: number;
  /** Events ever written. */
  readonly events: number;
}

/** Negative where `a` is earlier, 0 where both are the same. */
export function compareMoments(a: Moment, b: Moment): number {
  return a.retired - b.retired || a.events - b.events;
}

/** Where the machine stands. */
export function momentOf(core: Core): Moment {
  return {
    retired: readTime(core, MACHINE + MACHINE_RETIRED),
    events: readTime(core, MACHINE + MACHINE_EVENT_COUNT),
  };
}

/** Index of the first item whose moment is not before `moment`; `items` are in order of moments. */
export function firstFrom(items: readonly { readonly moment: Moment }[], moment: Moment): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareMoments(items[middle].moment, moment) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
