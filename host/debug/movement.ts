// The two ways through time that every command is made of: forward to the first, back to the last moment at which
// a breakpoint stops or the command's own aim is reached.

import { EVENT_EXEC } from "../../assembly/layout.ts";
import { compareMoments, type Moment } from "../history/moment.ts";
import type { DebugHit, DebugPoint, DebugSetup } from "../machine/debugging.ts";
import type { RunResult } from "../machine.ts";
import type { BreakpointTable } from "./breakpoint-table.ts";
import { DebugError } from "./errors.ts";
import type { Judgement, TrueHit } from "./judgement.ts";
import { nextPid } from "./process.ts";
import type { Programs } from "./program.ts";
import type { Stop, StopReason } from "./stop.ts";
import type { Movement, Travel } from "./travel.ts";

/** What a command looks for besides breakpoints. */
export interface Aim {
  readonly points?: readonly DebugPoint[];
  /** Types of events. */
  readonly events?: readonly number[];
  /** Forward only. */
  readonly untilUserTime?: { readonly pid: number; readonly time: number };
  /** Whether a hit is it: what to stop with; the machine stands at the hit. */
  reached(hit: DebugHit): Partial<Stop> | null;
}

/** What commands share. */
export interface Debuggee {
  readonly travel: Travel;
  readonly table: BreakpointTable;
  readonly judgement: Judgement;
  readonly programs: Programs;
}

/** Points that the machine can watch. */
const MOST_POINTS = 256;
/** Instructions of the first stretch that is gone through hit by hit; each further one is so many times longer. */
const FIRST_WINDOW = 100_000;
const WINDOW_GROWTH = 8;
/** So many hits that are no stops are looked at one by one, before that is done. */
const SINGLE_TRIES = 4;

/** A stop where the machine stands. */
export function stopHere({ travel }: Debuggee, reason: StopReason, also: Partial<Stop> = {}): Stop {
  const { machine } = travel.history;
  const pid = also.pid ?? nextPid(machine);
  const pc = pid === 0 ? null : machine.pc(pid);
  return { reason, moment: travel.now, ...(pid !== 0 && { pid }), ...(pc !== null && { pc }), ...also };
}

/** A stop because of what a run came to that is no hit. */
export function stopForEnd(debuggee: Debuggee, result: RunResult): Stop {
  switch (result.reason) {
    case "ended":
      return stopHere(debuggee, "ended", { status: result.status });
    case "deadlock":
      return stopHere(debuggee, "deadlock", { waiting: result.waiting });
    case "input":
      return stopHere(debuggee, "input");
    default:
      return stopHere(debuggee, "moment");
  }
}

function setupFor({ table }: Debuggee, aim: Aim): DebugSetup {
  const points = [...table.points(), ...(aim.points ?? [])];
  if (points.length > MOST_POINTS) {
    throw new DebugError(
      "too-many",
      `the breakpoints stand at ${points.length} places; the machine can watch ${MOST_POINTS}: delete or disable some`,
    );
  }
  const types = [...table.eventTypes(), ...(aim.events ?? []), EVENT_EXEC];
  return {
    points,
    events: { types: [...new Set(types)] },
    ...(aim.untilUserTime && { untilUserTime: aim.untilUserTime }),
  };
}

/**
 * To the first moment after now at which the aim is reached, a breakpoint stops, or nothing goes on; "paused" once
 * `count` instructions were executed.
 */
export function* forward(debuggee: Debuggee, aim: Aim, count = Number.POSITIVE_INFINITY): Movement<Stop> {
  const { travel, programs } = debuggee;
  let setup = setupFor(debuggee, aim);
  let known = programs.count;
  const end = travel.now.retired + count;
  let skip = travel.wasMetHere;
  for (;;) {
    const result = yield* runOn(travel, setup, skip, Math.max(0, end - travel.now.retired));
    if (result.reason === "budget") {
      travel.unmetAt = travel.now;
      return stopHere(debuggee, "paused");
    }
    if (result.reason !== "debug") return stopForEnd(debuggee, result);
    const { hit } = result;
    const reached = aim.reached(hit);
    if (reached !== null) return stopHere(debuggee, "step", { pid: hit.pid, ...reached });
    const before = travel.now;
    const stop = yield* judged(debuggee, hit);
    if (stop !== null) return stop;
    skip = compareMoments(before, travel.now) === 0;
    if (hit.kind === "event") programs.look(travel.history.machine, hit.pid);
    if (programs.count === known) continue;
    // Breakpoints may stand in a program that was not known before.
    setup = setupFor(debuggee, aim);
    known = programs.count;
  }
}

/** Runs on; `skip`: not to stop again at the address where the machine stands. What is done there counts all the same. */
function* runOn(
  travel: Travel,
  setup: DebugSetup,
  skip: boolean,
  maxInstructions = Number.POSITIVE_INFINITY,
): Movement<RunResult> {
  const accesses = accessesOf(setup);
  if (!skip || accesses.length === 0 || maxInstructions < 1) {
    return yield* travel.run(setup, { skipFirst: skip, maxInstructions });
  }
  const first = yield* travel.run({ ...setup, points: accesses }, { maxInstructions: 1 });
  return first.reason === "budget"
    ? yield* travel.run(setup, { maxInstructions: maxInstructions - 1 })
    : first;
}

function* judged(debuggee: Debuggee, hit: DebugHit): Movement<Stop | null> {
  const { judgement, travel } = debuggee;
  const found = yield* judgement.test(hit);
  const entry = found && judgement.count(found, true);
  if (!entry) return null;
  if (found?.access) travel.unmetAt = travel.now;
  return stopAt(debuggee, found!, entry);
}

function stopAt(debuggee: Debuggee, found: TrueHit, entry: TrueHit["entries"][number]): Stop {
  const reason = ({ breakpoint: "breakpoint", watchpoint: "watchpoint", catchpoint: "event" } as const)[
    entry.specification.kind
  ];
  const stop = stopHere(debuggee, reason, {
    pid: found.pid,
    breakpoint: entry.number,
    ...(found.access && { access: found.access }),
    ...(found.event && { event: found.event }),
    ...(found.problem !== undefined && { problem: found.problem }),
  });
  if (entry.specification.temporary) debuggee.table.remove(entry.number);
  return stop;
}

/** A hit that is a stop, and its moment. */
interface Found {
  readonly moment: Moment;
  readonly reached: Partial<Stop> | null;
  readonly found: TrueHit | null;
}

/** To the last moment before now at which the aim is reached or a breakpoint stops, or to the start. */
export function* back(debuggee: Debuggee, aim: Aim): Movement<Stop> {
  const { travel } = debuggee;
  const setup = setupFor(debuggee, aim);
  let to = travel.now;
  let window = FIRST_WINDOW;
  for (let tries = 1; ; tries++) {
    const hit = yield* travel.searchBack(setup, to);
    if (hit === null) {
      yield* travel.goTo(travel.history.start);
      return stopHere(debuggee, "start");
    }
    const last = travel.now;
    const isSingle = tries <= SINGLE_TRIES;
    const from = isSingle ? last : yield* windowBefore(travel, last, window);
    const found = isSingle
      ? yield* look(debuggee, aim, setup, hit)
      : yield* lookThrough(debuggee, aim, setup, to);
    for (const one of found.reverse()) {
      const stop = yield* settleOn(debuggee, one);
      if (stop !== null) return stop;
    }
    to = from;
    if (!isSingle) window *= WINDOW_GROWTH;
  }
}

/** Goes to where a stretch of so many instructions before a moment begins. */
function* windowBefore(travel: Travel, moment: Moment, length: number): Movement<Moment> {
  yield* travel.goTo({ retired: Math.max(travel.history.start.retired, moment.retired - length) });
  return travel.now;
}

/** The stops at the place of a hit: what is met there, then what its instruction does that is watched. */
function* look(debuggee: Debuggee, aim: Aim, setup: DebugSetup, hit: DebugHit): Movement<Found[]> {
  const { travel, judgement } = debuggee;
  const moment = travel.now;
  const reached = aim.reached(hit);
  const found = reached === null ? yield* judgement.test(hit) : null;
  const stops = reached === null && found === null ? [] : [{ moment, reached, found }];
  const accesses = hit.kind === "execute" ? accessesOf(setup) : [];
  if (accesses.length === 0) return stops;
  const result = yield* travel.run({ points: accesses }, { maxInstructions: 1 });
  const access = result.reason === "debug" ? yield* judgement.test(result.hit) : null;
  return access === null ? stops : [...stops, { moment, reached: null, found: access }];
}

function accessesOf({ points = [] }: DebugSetup): DebugPoint[] {
  return points.filter(({ kind }) => kind !== "execute");
}

/** All stops from where the machine stands to before `to`; as many of the last ones as can be needed. */
function* lookThrough(debuggee: Debuggee, aim: Aim, setup: DebugSetup, to: Moment): Movement<Found[]> {
  const { travel, table } = debuggee;
  const most = 1 + table.active.reduce((sum, { ignore }) => sum + ignore, 0);
  const stops: Found[] = [];
  let skip = false;
  while (compareMoments(travel.now, to) < 0) {
    const maxInstructions = to.retired - travel.now.retired;
    const result: RunResult = yield* runOn(travel, setup, skip, maxInstructions);
    if (result.reason !== "debug") break;
    const before = travel.now;
    if (compareMoments(before, to) >= 0) break;
    stops.push(...(yield* look(debuggee, aim, setup, result.hit)));
    if (stops.length > 2 * most) stops.splice(0, stops.length - most);
    skip = compareMoments(before, travel.now) === 0;
  }
  return stops;
}

/** Goes to a stop that was found, unless its breakpoints let it pass. */
function* settleOn(debuggee: Debuggee, { moment, reached, found }: Found): Movement<Stop | null> {
  const entry = found && debuggee.judgement.count(found, false);
  if (reached === null && !entry) return null;
  yield* debuggee.travel.goTo(moment);
  if (reached !== null) return stopHere(debuggee, "step", reached);
  return stopAt(debuggee, found!, entry!);
}
