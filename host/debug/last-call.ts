// The system call that a process made last, from the events that the machine still has: what it was given, and what came
// of it. a0 is both, one after the other; where a call is caught its result may be there already.

import { EVENT_CALL, EVENT_LOAD, EVENT_RETURN } from "../../assembly/layout.ts";
import type { Machine } from "../machine.ts";
import type { MachineEvent } from "../trace/events.ts";

export interface LastCall {
  readonly number: number;
  /** a0 to a5 as they were given; undefined where the process has run on and the register may be another's. */
  readonly args: readonly (number | undefined)[];
  /** Undefined while it has none: it waits, or does not return. */
  readonly result: number | undefined;
}

const ARGUMENTS = 6;
const A0 = 10;
/** Events that are looked at first, and how many times as many after that. */
const FIRST = 64;
const GROWTH = 16;

/** `register`: x10 to x15 as they are now. Null: the process has made no call that is known. */
export function lastCallOf(
  machine: Machine,
  pid: number,
  register: (number: number) => number | undefined,
): LastCall | null {
  const own = eventsSinceCall(machine, pid);
  const [call] = own;
  if (call === undefined) return null;
  const hasRunOn = own.some(({ type }) => type === EVENT_LOAD);
  const args = Array.from({ length: ARGUMENTS }, (_, index) => {
    if (index < 2) return index === 0 ? call.b : call.c;
    return hasRunOn ? undefined : register(A0 + index);
  });
  return { number: call.a, args, result: own.find(({ type }) => type === EVENT_RETURN)?.b };
}

/** The process's last call and its events since; none if it is not known. */
function eventsSinceCall(machine: Machine, pid: number): MachineEvent[] {
  const end = machine.eventCount;
  for (let count = FIRST; ; count *= GROWTH) {
    const { events } = machine.events(Math.max(0, end - count));
    const own = events.filter((event) => event.pid === pid);
    const last = own.map(({ type }) => type).lastIndexOf(EVENT_CALL);
    if (last >= 0) return own.slice(last);
    if (events.length < count) return [];
  }
}
