// The five moments of a trap, one by one: raised, registers saved, decided, registers loaded, resumed. The first four are
// events; a process has resumed when it has executed one instruction, unless a moment of another trap comes before.

import {
  EVENT_DECIDE,
  EVENT_LOAD,
  EVENT_SAVE,
  EVENT_TRAP,
  HART_CLOCK,
  HART_SIZE,
  HARTS,
} from "../../assembly/layout.ts";
import { compareMoments, type Moment } from "../history/moment.ts";
import { readTime } from "../machine/core.ts";
import type { Machine } from "../machine.ts";
import type { MachineEvent } from "../trace/events.ts";
import { type Aim, back, type Debuggee, forward } from "./movement.ts";
import { processOf } from "./process.ts";
import type { Stop } from "./stop.ts";
import type { Movement } from "./travel.ts";

const TYPES: readonly number[] = [EVENT_TRAP, EVENT_SAVE, EVENT_DECIDE, EVENT_LOAD];

/** How far back in the log it is looked for the last of these events. */
const REACH = 65_536;

/** Somebody's registers have just been loaded, with so much user time. */
interface Loaded {
  readonly pid: number;
  readonly userTime: number;
}

/** To the next of these moments; breakpoints stop it on the way. */
export function* nextPhase(debuggee: Debuggee): Movement<Stop> {
  return yield* forward(debuggee, aimFrom(debuggee, loadedAt(debuggee)));
}

/** To the last of these moments before now. */
export function* lastPhase(debuggee: Debuggee): Movement<Stop> {
  const { travel } = debuggee;
  const now = travel.now;
  const stop = yield* back(debuggee, aimFrom(debuggee, null));
  return (yield* resumedAfter(debuggee, now)) ?? stop;
}

function aimFrom(debuggee: Debuggee, loaded: Loaded | null): Aim {
  return {
    events: TYPES,
    ...(loaded && { untilUserTime: { pid: loaded.pid, time: loaded.userTime + 1 } }),
    reached(hit) {
      if (hit.kind === "time") return { reason: "step", pid: hit.pid };
      if (hit.kind !== "event" || !TYPES.includes(hit.address)) return null;
      const event = debuggee.judgement.eventOf(hit);
      return { reason: "step", event, ...(event.pid !== 0 && { pid: event.pid }) };
    },
  };
}

/** Where registers have been loaded and nothing executed, from here to where one instruction has been, before `end`. */
function* resumedAfter(debuggee: Debuggee, end: Moment): Movement<Stop | null> {
  const { travel } = debuggee;
  const loaded = loadedAt(debuggee);
  if (loaded === null) return null;
  const begin = travel.now;
  const stop = yield* forward(debuggee, aimFrom(debuggee, loaded));
  if (stop.event === undefined && stop.reason === "step" && compareMoments(travel.now, end) < 0) return stop;
  yield* travel.goTo(begin);
  return null;
}

/** Whose registers have been loaded in the last of these events, if that process has not executed anything since. */
function loadedAt({ travel, programs }: Debuggee): Loaded | null {
  const { events, machine } = travel.history;
  const { now } = travel;
  const least = Math.max(events.first, now.events - REACH);
  for (let number = now.events - 1; number >= least; number--) {
    const event = events.at(number);
    if (event === undefined || !TYPES.includes(event.type)) continue;
    if (event.type !== EVENT_LOAD || hasExecuted(machine, event)) return null;
    return { pid: event.pid, userTime: processOf(machine, event.pid, programs).userTime };
  }
  return null;
}

/** Whether the hart of an event has gone on in time since. */
function hasExecuted({ kernel }: Machine, { hart, time }: MachineEvent): boolean {
  return readTime(kernel.core, HARTS + hart * HART_SIZE + HART_CLOCK) !== time;
}
