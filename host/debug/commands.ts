// From a command, as plain data, to the movement that it asks for.

import type { Moment } from "../history/moment.ts";
import { NoSuchMomentError } from "../history/replay.ts";
import { stepOut, stepOutBack, stepOver, stepOverBack } from "./calls.ts";
import type { Command, Direction } from "./command.ts";
import { DebugError } from "./errors.ts";
import { goToLastWrite } from "./last-write.ts";
import { stepLine, stepLineBack } from "./lines.ts";
import { resolveLocation } from "./location.ts";
import { type Aim, back, type Debuggee, forward, stopHere } from "./movement.ts";
import { lastPhase, nextPhase } from "./phase.ts";
import { processOf } from "./process.ts";
import { seek } from "./seek.ts";
import {
  follow,
  lastPass,
  nextPass,
  processOn,
  stepMachine,
  stepMachineBack,
  stepProcess,
  stepProcessBack,
} from "./step.ts";
import type { Stop } from "./stop.ts";
import type { Movement, Travel } from "./travel.ts";

const NO_AIM: Aim = { reached: () => null };

/** `focus`: whom a command is about that names no process. Throws DebugError where it cannot be carried out. */
export function* commandMovement(debuggee: Debuggee, command: Command, focus: number): Movement<Stop> {
  const direction = ("direction" in command && command.direction) || "forward";
  const isForward = direction === "forward";
  switch (command.kind) {
    case "continue":
      return yield* isForward ? forward(debuggee, NO_AIM, command.count) : back(debuggee, NO_AIM);
    case "stepMachine": {
      const count = checkedCount(command.count);
      return yield* isForward ? stepMachine(debuggee, count) : stepMachineBack(debuggee, count);
    }
    case "step":
      return yield* repeat(checkedCount(command.count), () =>
        stepOnce(debuggee, command.pid ?? focus, direction),
      );
    case "nextPass":
      return yield* isForward ? nextPass(debuggee) : lastPass(debuggee);
    case "nextPhase":
      return yield* isForward ? nextPhase(debuggee) : lastPhase(debuggee);
    case "nextTrap":
    case "nextCall":
      return yield* seek(debuggee, command, command.pid ?? focus, direction);
    case "nextSwitch":
      return yield* seek(debuggee, command, 0, direction);
    case "nextEvent":
      return yield* seek(debuggee, command, command.pid ?? 0, direction);
    case "goTo":
    case "goToTime":
    case "goToEvent":
      return yield* go(debuggee, command);
    case "lastWrite":
      return yield* goToLastWrite(debuggee, command.target);
    default:
      return yield* sourceMovement(debuggee, command, command.pid ?? focus, isForward);
  }
}

function sourceMovement(
  debuggee: Debuggee,
  command: Extract<Command, { kind: "stepOver" | "stepOut" | "stepLine" | "runTo" }>,
  pid: number,
  isForward: boolean,
): Movement<Stop> {
  switch (command.kind) {
    case "stepOver":
      return isForward ? stepOver(debuggee, pid) : stepOverBack(debuggee, pid);
    case "stepOut":
      return isForward ? stepOut(debuggee, pid) : stepOutBack(debuggee, pid);
    case "stepLine": {
      const { into = false } = command;
      return isForward ? stepLine(debuggee, pid, into) : stepLineBack(debuggee, pid, into);
    }
    case "runTo":
      return runTo(debuggee, pid, command.location, isForward);
  }
}

function stepOnce(debuggee: Debuggee, pid: number, direction: Direction): Movement<Stop> {
  return direction === "forward" ? stepProcess(debuggee, pid) : stepProcessBack(debuggee, pid);
}

/** The same step several times, until one of them ends otherwise. */
function* repeat(count: number, once: () => Movement<Stop>): Movement<Stop> {
  for (let done = 1; ; done++) {
    const stop = yield* once();
    if (stop.reason !== "step" || done >= count) return stop;
  }
}

function checkedCount(count = 1): number {
  if (Number.isSafeInteger(count) && count >= 1) return count;
  throw new DebugError("range", `${count} steps cannot be made; say a whole number from 1`);
}

function* runTo(debuggee: Debuggee, pid: number, location: string, isForward: boolean): Movement<Stop> {
  const process = isForward
    ? processOn(debuggee, pid)
    : processOf(debuggee.travel.history.machine, pid, debuggee.programs);
  const addresses = new Set(resolveLocation(location, process));
  const aim: Aim = {
    points: [...addresses].map((address) => ({ kind: "execute", address, pid })),
    reached: (hit) =>
      hit.kind === "execute" && hit.pid === pid && addresses.has(hit.pc) ? { reason: "location", pid } : null,
  };
  return yield* isForward ? follow(debuggee, pid, aim) : back(debuggee, aim);
}

/** Where the run never was at the moment, the machine stays where it is, and a DebugError ("not-found") says so. */
function* goToMoment(travel: Travel, moment: Moment | { readonly retired: number }): Movement<void> {
  const { now } = travel;
  try {
    yield* travel.goTo(moment);
  } catch (error) {
    if (!(error instanceof NoSuchMomentError)) throw error;
    yield* travel.goTo(now);
    const { retired } = moment;
    const what = `with ${retired} instructions the run never had written ${(moment as Moment).events} events`;
    throw new DebugError("not-found", `${what}; ${retired} alone means its first moment with so many`);
  }
}

function* go(
  debuggee: Debuggee,
  command: Extract<Command, { kind: "goTo" | "goToTime" | "goToEvent" }>,
): Movement<Stop> {
  const { travel } = debuggee;
  switch (command.kind) {
    case "goTo":
      yield* goToMoment(travel, command.moment);
      break;
    case "goToTime":
      yield* travel.goToTime(command.ticks, command.hart);
      break;
    case "goToEvent":
      yield* travel.goToEvent(command.event);
      break;
  }
  return stopHere(debuggee, "moment");
}
