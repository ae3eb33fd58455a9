// One passage of a hart through a trap, found in the log of events: from where it was raised (or an idle hart found
// something to do) to where registers were loaded again. Of harts in between only the one is looked at.

import { EVENT_LOAD, EVENT_TRAP } from "../../assembly/layout.ts";
import type { EventLog } from "../history/event-log.ts";
import type { MachineEvent } from "../trace/events.ts";

export interface PassageEvent {
  readonly number: number;
  readonly event: MachineEvent;
}

export interface Passage {
  /** In order; those from now on are known from a run that went further. */
  readonly events: readonly PassageEvent[];
}

/** Events that are looked at in each direction. */
const REACH = 512;
/** Events of a passage that are told. */
const MOST = 64;

/** The passage that the hart is in, or the last one that it went through, at the moment before event number `now`. */
export function passageAround(log: EventLog, now: number, hart: number): Passage {
  const before = walk(log, hart, now - 1, -1, (event, count) => {
    if (event.type === EVENT_TRAP) return "include";
    return event.type === EVENT_LOAD && count > 0 ? "exclude" : "go";
  }).reverse();
  const isOver = before[before.length - 1]?.event.type === EVENT_LOAD;
  const after = isOver
    ? []
    : walk(log, hart, now, 1, (event, count) => {
        if (event.type === EVENT_LOAD) return "include";
        return event.type === EVENT_TRAP && (count > 0 || before.length > 0) ? "exclude" : "go";
      });
  return { events: [...before, ...after] };
}

type Verdict = "go" | "include" | "exclude";

function walk(
  log: EventLog,
  hart: number,
  from: number,
  step: number,
  judge: (event: MachineEvent, count: number) => Verdict,
): PassageEvent[] {
  const found: PassageEvent[] = [];
  for (let number = from; Math.abs(number - from) < REACH && found.length < MOST; number += step) {
    const event = log.at(number);
    if (event === undefined) break;
    if (event.hart !== hart) continue;
    const verdict = judge(event, found.length);
    if (verdict === "exclude") break;
    found.push({ number, event });
    if (verdict === "include") break;
  }
  return found;
}
