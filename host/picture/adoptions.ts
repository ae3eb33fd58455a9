// Whose orphans the processes are that init has adopted, from the log of events: a PCB does not say who its first parent
// was. The log is read once; of one that has dropped its oldest events, adoptions that were read before stay known.

import {
  EVENT_A,
  EVENT_PID,
  EVENT_REPARENT,
  EVENT_SIZE,
  EVENT_SLOT,
  EVENT_TYPE,
} from "../../assembly/layout.ts";
import type { EventBlock, EventLog } from "../history/event-log.ts";

export interface Adoption {
  /** Number of its event. */
  readonly number: number;
  readonly slot: number;
  readonly pid: number;
  /** Pid of the parent that ended. */
  readonly parent: number;
}

interface Known {
  /** In order. */
  readonly adoptions: Adoption[];
  /** Number after the last event that was read. */
  seen: number;
  /** Cuts of the log that were taken notice of. */
  cuts: number;
}

const known = new WeakMap<EventLog, Known>();

/** The adoptions before event number `end`, in order. */
export function adoptionsBefore(log: EventLog, end: number): readonly Adoption[] {
  const all = known.get(log) ?? { adoptions: [], seen: 0, cuts: log.cuts.length };
  known.set(log, all);
  forget(all, log.cuts);
  for (const block of log.blocks(all.seen)) read(all.adoptions, block);
  all.seen = log.end;
  return all.adoptions.filter(({ number }) => number < end);
}

/** The run took another course: what was read of the old one goes. */
function forget(all: Known, cuts: readonly number[]): void {
  const end = Math.min(all.seen, ...cuts.slice(all.cuts));
  while ((all.adoptions.at(-1)?.number ?? -1) >= end) all.adoptions.pop();
  all.seen = end;
  all.cuts = cuts.length;
}

function read(adoptions: Adoption[], { first, end, bytes, words }: EventBlock): void {
  for (let number = first; number < end; number++) {
    const at = (number - first) * EVENT_SIZE;
    if (bytes[at + EVENT_TYPE] !== EVENT_REPARENT) continue;
    const word = (field: number) => words[(at + field) >>> 2];
    adoptions.push({ number, slot: word(EVENT_SLOT), pid: word(EVENT_PID), parent: word(EVENT_A) });
  }
}
