// One chronicle for each log of events: all parts of a picture read the same one.

import type { EventLog } from "../../history/event-log.ts";
import { Chronicle } from "./chronicle.ts";

const known = new WeakMap<EventLog, Chronicle>();

/** The chronicle of a log, as far as it was followed. */
export function chronicleOf(log: EventLog, harts: number): Chronicle {
  const chronicle = known.get(log) ?? new Chronicle(log, harts);
  known.set(log, chronicle);
  return chronicle;
}
