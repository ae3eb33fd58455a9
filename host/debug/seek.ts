// To events: traps, switches, system calls, or any that are named.

import { EVENT_CALL, EVENT_DECIDE, EVENT_EXIT, EVENT_TRAP } from "../../assembly/layout.ts";
import type { DebugHit } from "../machine/debugging.ts";
import { callTable } from "../syscalls/table.ts";
import { nearest } from "../toolchain/diagnostics.ts";
import type { Command, Direction } from "./command.ts";
import { DebugError } from "./errors.ts";
import { isSwitch, type NumberedEvent } from "./judgement.ts";
import { type Aim, back, type Debuggee, forward } from "./movement.ts";
import type { Stop } from "./stop.ts";
import type { Movement } from "./travel.ts";

/** Commands that look for an event, by `kind`. */
export type Search = Extract<Command, { kind: "nextTrap" | "nextSwitch" | "nextCall" | "nextEvent" }>;

interface Wanted {
  readonly types: readonly number[];
  accepts(event: NumberedEvent): boolean;
}

/** Highest number of a type of event. */
const LAST_TYPE = 31;

/** To the next event that is looked for, or the last one. `pid` is whose: 0 for anybody's. */
export function* seek(
  debuggee: Debuggee,
  command: Search,
  pid: number,
  direction: Direction,
): Movement<Stop> {
  const wanted = wantedBy(command, pid);
  const aim: Aim = {
    events: wanted.types,
    reached(hit) {
      if (hit.kind !== "event" || !wanted.types.includes(hit.address))
        return endOf(debuggee, hit, pid, direction);
      const event = debuggee.judgement.eventOf(hit);
      if (!wanted.accepts(event)) return endOf(debuggee, hit, pid, direction);
      return { reason: "event", event, ...(event.pid !== 0 && { pid: event.pid }) };
    },
  };
  const withEnd: Aim =
    pid === 0 || direction === "back" ? aim : { ...aim, events: [...wanted.types, EVENT_EXIT] };
  return yield* direction === "forward" ? forward(debuggee, withEnd) : back(debuggee, withEnd);
}

/** The process whose event is waited for has ended. */
function endOf(debuggee: Debuggee, hit: DebugHit, pid: number, direction: Direction): Partial<Stop> | null {
  const ends =
    hit.kind === "event" && hit.address === EVENT_EXIT && hit.pid === pid && direction === "forward";
  return ends ? { reason: "process-ended", pid, status: debuggee.judgement.eventOf(hit).a } : null;
}

function wantedBy(command: Search, pid: number): Wanted {
  const isOurs = (event: NumberedEvent) => pid === 0 || event.pid === pid;
  switch (command.kind) {
    case "nextTrap":
      return { types: [EVENT_TRAP], accepts: isOurs };
    case "nextSwitch":
      return { types: [EVENT_DECIDE], accepts: isSwitch };
    case "nextCall": {
      const number = command.name === undefined ? undefined : callNumber(command.name);
      return {
        types: [EVENT_CALL],
        accepts: (event) => isOurs(event) && (number === undefined || event.a === number),
      };
    }
    case "nextEvent": {
      const bad = command.types.find((type) => !(Number.isInteger(type) && type > 0 && type <= LAST_TYPE));
      if (bad !== undefined || command.types.length === 0) {
        throw new DebugError("range", `${bad ?? "none"} is no type of event; say one or more of EVENT_*`);
      }
      return { types: command.types, accepts: isOurs };
    }
  }
}

function callNumber(name: string): number {
  const row = callTable.find((one) => one.name === name);
  if (row !== undefined) return row.number;
  const meant = nearest(
    name,
    callTable.map((one) => one.name),
  );
  throw new DebugError("syntax", `there is no system call ${name}${meant ? `; did you mean ${meant}?` : ""}`);
}
