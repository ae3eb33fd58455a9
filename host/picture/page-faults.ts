// The page faults of a process, from the log of events: how each page came to the frame that it has. The log is gone
// through once for a process, as long as the machine goes forwards.

import {
  EVENT_A,
  EVENT_B,
  EVENT_C,
  EVENT_CREATE,
  EVENT_FAULT,
  EVENT_PID,
  EVENT_SIZE,
  EVENT_SLOT,
  EVENT_TYPE,
  PAGE_SHIFT,
} from "../../assembly/layout.ts";
import type { EventBlock, EventLog } from "../history/event-log.ts";
import type { Focus } from "./focus.ts";

export interface PageFault {
  /** FAULT_*. */
  readonly kind: number;
  readonly frame: number;
  /** Number of the event. */
  readonly event: number;
}

interface Known {
  readonly slot: number;
  readonly pid: number;
  readonly faults: Map<number, PageFault>;
  /** Number after the last event that was read. */
  seen: number;
  /** Cuts that the log had then. */
  readonly cuts: number;
}

const known = new WeakMap<EventLog, Known>();

/** The last fault of each page before event number `end`, by page number. */
export function pageFaults(log: EventLog, end: number, { slot, pid }: Focus): ReadonlyMap<number, PageFault> {
  const before = known.get(log);
  const isSame = before?.slot === slot && before.pid === pid && before.cuts === log.cuts.length;
  const own =
    isSame && before.seen <= end
      ? before
      : { slot, pid, faults: new Map<number, PageFault>(), seen: 0, cuts: log.cuts.length };
  for (const block of log.blocks(own.seen, end)) read(own, block);
  own.seen = end;
  known.set(log, own);
  return own.faults;
}

function read({ slot, pid, faults }: Known, { first, end, bytes, words }: EventBlock): void {
  for (let number = first; number < end; number++) {
    const at = (number - first) * EVENT_SIZE;
    const type = bytes[at + EVENT_TYPE];
    if (type !== EVENT_FAULT && type !== EVENT_CREATE) continue;
    const word = (field: number) => words[(at + field) >>> 2];
    if (word(EVENT_SLOT) !== slot || word(EVENT_PID) !== pid) continue;
    // A pid is used again in time: what was before is another process's.
    if (type === EVENT_CREATE) faults.clear();
    else {
      const fault = { kind: word(EVENT_B), frame: word(EVENT_C), event: number };
      faults.set(word(EVENT_A) >>> PAGE_SHIFT, fault);
    }
  }
}
