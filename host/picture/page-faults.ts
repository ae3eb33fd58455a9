// The page faults of a process, from the ring of events: how each page came to the frame that it has.

import {
  EVENT_A,
  EVENT_B,
  EVENT_C,
  EVENT_FAULT,
  EVENT_PID,
  EVENT_SLOT,
  EVENT_TYPE,
  PAGE_SHIFT,
} from "../../assembly/layout.ts";
import type { Core } from "../machine/core.ts";
import type { Focus } from "./focus.ts";
import { visitRing } from "./ring.ts";

export interface PageFault {
  /** FAULT_*. */
  readonly kind: number;
  readonly frame: number;
  /** Number of the event. */
  readonly event: number;
}

/** The last fault of each page, by page number. */
export function pageFaults(core: Core, { slot, pid }: Focus): Map<number, PageFault> {
  const { bytes, unsigned } = core;
  const faults = new Map<number, PageFault>();
  visitRing(core, (at, event) => {
    if (bytes[at + EVENT_TYPE] !== EVENT_FAULT || unsigned[(at + EVENT_SLOT) >>> 2] !== slot) return;
    if (unsigned[(at + EVENT_PID) >>> 2] !== pid) return;
    const page = unsigned[(at + EVENT_A) >>> 2] >>> PAGE_SHIFT;
    faults.set(page, {
      kind: unsigned[(at + EVENT_B) >>> 2],
      frame: unsigned[(at + EVENT_C) >>> 2],
      event,
    });
  });
  return faults;
}
