// Steps of one instruction: of the machine, of one process, of the trap path. A process stands between two
// instructions where it is about to execute the next one, which it is for the first time: there steps end, so that
// forward and back undo each other.

import { CAUSE_ECALL, EVENT_CREATE, EVENT_EXEC, EVENT_EXIT } from "../../assembly/layout.ts";
import { compareMoments, type Moment } from "../history/moment.ts";
import { DebugError } from "./errors.ts";
import { type Aim, type Debuggee, forward, stopForEnd, stopHere } from "./movement.ts";
import { type DebuggedProcess, processOf } from "./process.ts";
import type { Stop } from "./stop.ts";
import type { Movement } from "./travel.ts";

const NOTHING = {};
/** Stops wherever an event has been written. */
const ANY_EVENT = { events: { types: Array.from({ length: 31 }, (_, index) => index + 1) } };

/** The machine's next `count` instructions, whoever's they are; no breakpoint stops them. */
export function* stepMachine(debuggee: Debuggee, count: number): Movement<Stop> {
  const result = yield* debuggee.travel.run(NOTHING, { maxInstructions: count, skipFirst: true });
  return result.reason === "budget" ? stopHere(debuggee, "step") : stopForEnd(debuggee, result);
}

export function* stepMachineBack(debuggee: Debuggee, count: number): Movement<Stop> {
  const { travel } = debuggee;
  const { start } = travel.history;
  const retired = travel.now.retired - count;
  if (retired < start.retired) {
    yield* travel.goTo(start);
    return stopHere(debuggee, "start");
  }
  yield* travel.goTo({ retired });
  return stopHere(debuggee, "step");
}

export function processOn(debuggee: Debuggee, pid: number): DebuggedProcess {
  const process = processOf(debuggee.travel.history.machine, pid, debuggee.programs);
  if (process.isZombie) {
    throw new DebugError(
      "no-program",
      `process ${pid} has ended; only its status is left. Going back leads to its life`,
    );
  }
  return process;
}

/** Instructions that the process will have retired when its present one is done: a call under way is done by 0 more. */
function instructionsDone({ travel }: Debuggee, process: DebuggedProcess): number {
  const { pending } = travel.history.machine.debugging;
  const isCalling = process.isInCall || (pending?.pid === process.pid && pending.cause === CAUSE_ECALL);
  return process.userTime + (isCalling ? 0 : 1);
}

/** The next instruction of one process; the others run as they must, and breakpoints stop them. */
export function* stepProcess(debuggee: Debuggee, pid: number): Movement<Stop> {
  const time = instructionsDone(debuggee, processOn(debuggee, pid));
  return yield* untilUserTime(debuggee, pid, time);
}

/** Forward until the process is about to execute having retired so many instructions. */
export function* untilUserTime(debuggee: Debuggee, pid: number, time: number): Movement<Stop> {
  return yield* forward(debuggee, {
    untilUserTime: { pid, time },
    events: [EVENT_EXIT],
    reached(hit) {
      if (hit.kind === "time") return { reason: "step", pid };
      if (hit.kind !== "event" || hit.pid !== pid || hit.address !== EVENT_EXIT) return null;
      return { reason: "process-ended", pid, status: debuggee.judgement.eventOf(hit).a };
    },
  });
}

/** The instruction of the process before now, as if it had not been executed. */
export function* stepProcessBack(debuggee: Debuggee, pid: number): Movement<Stop> {
  const { travel } = debuggee;
  const process = processOf(travel.history.machine, pid, debuggee.programs);
  const before = travel.now;
  const found = yield* backToUserTime(debuggee, process, process.userTime - 1, before);
  return stopHere(debuggee, found ? "step" : "start", found ? { pid } : {});
}

/** How far it is gone back at first to find an earlier instruction of a process, and how much farther each time. */
const FIRST_LEAP = 2;
const LEAP_GROWTH = 16;

/**
 * Goes to where the process, which lives at `now`, was about to execute having retired `time` instructions. False:
 * that is before the start of the history, where the machine stands then. Others that had its pid before are not it.
 */
export function* backToUserTime(
  debuggee: Debuggee,
  { pid, birth }: DebuggedProcess,
  time: number,
  now: Moment,
): Movement<boolean> {
  const { travel, programs } = debuggee;
  const { history } = travel;
  if (time < 0) {
    yield* travel.goTo(history.start);
    return false;
  }
  for (let leap = FIRST_LEAP; ; leap *= LEAP_GROWTH) {
    const retired = Math.max(history.start.retired, now.retired - leap);
    yield* travel.goTo({ retired });
    const isStart = retired === history.start.retired;
    const slot = history.machine.kernel.core.pidSlot(pid);
    const found = slot === 0 ? null : processOf(history.machine, pid, programs);
    if (found?.birth !== birth) {
      yield* goToBirth(debuggee, pid, birth);
      break;
    }
    const { userTime } = found;
    if (userTime < time) break;
    if (!isStart) continue;
    yield* travel.goTo(history.start);
    if (userTime > time) return false;
    break;
  }
  const result = yield* travel.run({ untilUserTime: { pid, time } });
  if (result.reason === "debug" && compareMoments(travel.now, now) < 0) return true;
  yield* travel.goTo(history.start);
  return false;
}

/**
 * Forward to an aim in what a process executes. Where it executes another program first, all that it was stepped through
 * is gone: it stops before that one's first instruction; and where it ends, it says so.
 */
export function* follow(debuggee: Debuggee, pid: number, aim: Aim): Movement<Stop> {
  let isReplaced = false;
  const stop = yield* forward(debuggee, {
    ...aim,
    events: [...(aim.events ?? []), EVENT_EXIT, EVENT_EXEC],
    reached(hit) {
      const reached = aim.reached(hit);
      if (reached !== null || hit.kind !== "event" || hit.pid !== pid) return reached;
      isReplaced = hit.address === EVENT_EXEC;
      if (isReplaced) return { reason: "step", pid };
      if (hit.address !== EVENT_EXIT) return null;
      return { reason: "process-ended", pid, status: debuggee.judgement.eventOf(hit).a };
    },
  });
  if (!isReplaced || stop.reason !== "step") return stop;
  return yield* untilUserTime(debuggee, pid, processOn(debuggee, pid).userTime);
}

/** To where a process has just been created, which is later than now. */
function* goToBirth({ travel }: Debuggee, pid: number, birth: number): Movement<void> {
  const { events } = travel.history;
  for (let number = events.firstAtTime(birth); number < events.end; number++) {
    const event = events.at(number);
    if (event?.type !== EVENT_CREATE || event.pid !== pid || event.time !== birth) continue;
    return yield* travel.goToEvent(number);
  }
}

/** One pass of the trap path, or one instruction where nothing is due. */
export function* nextPass(debuggee: Debuggee): Movement<Stop> {
  const { travel } = debuggee;
  const result = yield* passOn(debuggee);
  const isEnd = result !== "step" && compareMoments(travel.now, travel.history.end) === 0;
  return isEnd && typeof result === "object" ? result : stopHere(debuggee, "step");
}

function* passOn(debuggee: Debuggee): Movement<"step" | Stop> {
  const { travel } = debuggee;
  const result = yield* travel.run(ANY_EVENT, { maxInstructions: 1, skipFirst: true });
  return result.reason === "budget" || result.reason === "debug" ? "step" : stopForEnd(debuggee, result);
}

/** The pass before now. */
export function* lastPass(debuggee: Debuggee): Movement<Stop> {
  const { travel } = debuggee;
  const moment = yield* passBefore(debuggee, travel.now);
  if (moment === null) {
    yield* travel.goTo(travel.history.start);
    return stopHere(debuggee, "start");
  }
  yield* travel.goTo(moment);
  return stopHere(debuggee, "step");
}

/** The last stop between two passes before a moment, or null. The machine is somewhere before it. */
export function* passBefore(debuggee: Debuggee, moment: Moment): Movement<Moment | null> {
  const { travel } = debuggee;
  const { start } = travel.history;
  if (compareMoments(moment, start) <= 0) return null;
  yield* travel.goTo({ retired: Math.max(start.retired, moment.retired - 1) });
  if (compareMoments(travel.now, moment) >= 0) yield* travel.goTo(start);
  let last = travel.now;
  while (compareMoments(travel.now, moment) < 0) {
    last = travel.now;
    yield* passOn(debuggee);
    if (compareMoments(travel.now, last) === 0) break;
  }
  return last;
}
