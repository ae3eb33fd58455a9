// Who wrote this? The last thing before now that gave memory or a register its value: an instruction, a system call, the
// start of a program, or the outside. What a process has from its parent is looked for in the parent; memory that
// others share with it, in them too.

import { CREATE_START, EVENT_CREATE, EVENT_EXEC, EVENT_RETURN } from "../../assembly/layout.ts";
import type { Input } from "../history/inputs.ts";
import { compareMoments, type Moment } from "../history/moment.ts";
import type { DebugHit, DebugSetup } from "../machine/debugging.ts";
import { DebugError } from "./errors.ts";
import type { NumberedEvent } from "./judgement.ts";
import { type Debuggee, stopHere } from "./movement.ts";
import { processOf } from "./process.ts";
import { isSameMemory, writePoints } from "./sharing.ts";
import type { Stop } from "./stop.ts";
import type { Movement } from "./travel.ts";

export type WriteTarget =
  | { readonly pid: number; readonly address: number; readonly length: number }
  /** x1..x31. */
  | { readonly pid: number; readonly register: number };

export interface LastWrite {
  /** Right before the write by an instruction or by the outside; else right behind it. */
  readonly moment: Moment;
  /** Who wrote: the process itself, one that it is a fork of, or one that shares the memory. */
  readonly pid: number;
  /** Of the instruction; of the ecall, where a system call wrote; of a program that was started, its entry. */
  readonly pc: number;
  /** As in "main+0x10" and "main.c:12"; "" if unknown. */
  readonly symbol: string;
  readonly line: string;
  /**
   * "call": a system call wrote to memory, or returned it. "fork": what a fork gives its child. "exec": the start of a
   * program. "outside": set by a person.
   */
  readonly by: "instruction" | "call" | "fork" | "exec" | "outside";
}

/** Register with the result of a system call. */
const A0 = 10;
const ECALL_SIZE = 4;

function setupFor(debuggee: Debuggee, target: WriteTarget): DebugSetup {
  const { pid } = target;
  if ("register" in target) {
    const { register } = target;
    if (!(register >= 1 && register <= 31))
      throw new DebugError("range", `nobody writes x${register}: say x1 to x31`);
    const types = [EVENT_CREATE, EVENT_EXEC, ...(register === A0 ? [EVENT_RETURN] : [])];
    return { points: [{ kind: "register", register, pid }], events: { types, pid } };
  }
  const { address, length } = target;
  if (!(length >= 1 && address >= 0 && address + length <= 2 ** 32)) {
    throw new DebugError("range", `${length} bytes at ${address} do not lie in an address space`);
  }
  const points = writePoints(debuggee.travel.history, pid, address, length);
  return { points, events: { types: [EVENT_CREATE, EVENT_EXEC], pid } };
}

/** Looks for the write, and comes back to where the machine was. */
export function lastWrite(debuggee: Debuggee, target: WriteTarget): LastWrite | null {
  const { travel } = debuggee;
  const { now } = travel;
  travel.pauseWhen = () => false;
  const found = complete(findWrite(debuggee, target));
  complete(travel.goTo(now));
  return found;
}

function complete<T>(movement: Movement<T>): T {
  for (;;) {
    const { done, value } = movement.next();
    if (done) return value;
  }
}

/** Goes back to the write; null, and the machine somewhere, if there was none. */
export function* findWrite(debuggee: Debuggee, target: WriteTarget): Movement<LastWrite | null> {
  const { travel } = debuggee;
  const { history } = travel;
  let asked = target;
  let setup = setupFor(debuggee, asked);
  for (let to = travel.now; ; to = travel.now) {
    const hit = yield* travel.searchBack(setup, to);
    const given = lastGiven(history.inputs, asked, hit === null ? history.start : travel.now, to);
    if (given !== null) {
      yield* travel.goTo(given.moment);
      return described(debuggee, asked.pid, pcOf(debuggee, asked.pid), "outside");
    }
    if (hit === null) return null;
    const found = foundAt(debuggee, asked, setup, hit);
    if (found !== null) return found;
    const event = hit.kind === "event" ? debuggee.judgement.eventOf(hit) : null;
    if (event?.type !== EVENT_CREATE) continue;
    if (event.b === CREATE_START) return null;
    asked = { ...asked, pid: event.a };
    setup = setupFor(debuggee, asked);
  }
}

/** The write that a hit is, where the machine stands at it; null: it is none, or the parent has to be asked. */
function foundAt(
  debuggee: Debuggee,
  asked: WriteTarget,
  { points = [] }: DebugSetup,
  hit: DebugHit,
): LastWrite | null {
  if (hit.kind === "event") return foundByEvent(debuggee, asked, debuggee.judgement.eventOf(hit));
  const { machine } = debuggee.travel.history;
  const point = points[hit.point];
  if ("address" in asked && point?.kind === "write") {
    if (!isSameMemory(machine, asked.pid, asked.address, hit.pid, point.address)) return null;
  }
  return described(debuggee, hit.pid, hit.pc, hit.byCall ? "call" : "instruction");
}

function foundByEvent(debuggee: Debuggee, asked: WriteTarget, event: NumberedEvent): LastWrite | null {
  const { pid } = asked;
  if (event.type === EVENT_EXEC) return described(debuggee, pid, pcOf(debuggee, pid), "exec");
  if (event.type === EVENT_RETURN) return described(debuggee, pid, ecallOf(debuggee, pid), "call");
  if (event.type !== EVENT_CREATE || event.b === CREATE_START || !("register" in asked)) return null;
  const { register } = asked;
  const value = (of: number) =>
    processOf(debuggee.travel.history.machine, of, debuggee.programs).register(register);
  if (register !== A0 && value(pid) === value(event.a)) return null;
  return described(debuggee, event.a, ecallOf(debuggee, event.a), "fork");
}

function pcOf({ travel }: Debuggee, pid: number): number {
  return travel.history.machine.pc(pid) ?? 0;
}

/** Address of the ecall that a process is in, or comes from. */
function ecallOf(debuggee: Debuggee, pid: number): number {
  const process = processOf(debuggee.travel.history.machine, pid, debuggee.programs);
  return process.isInCall ? process.pc : (process.pc - ECALL_SIZE) >>> 0;
}

function described(debuggee: Debuggee, pid: number, pc: number, by: LastWrite["by"]): LastWrite {
  const { travel, programs } = debuggee;
  const { program } = processOf(travel.history.machine, pid, programs);
  const symbol = program?.nameOf(pc) ?? "";
  return { moment: travel.now, pid, pc, symbol, line: program?.lineName(pc) ?? "", by };
}

/** The last input from `from` on and before `to` that set the target. */
function lastGiven(inputs: readonly Input[], target: WriteTarget, from: Moment, to: Moment): Input | null {
  for (let index = inputs.length - 1; index >= 0; index--) {
    const input = inputs[index]!;
    if (compareMoments(input.moment, from) < 0) return null;
    if (compareMoments(input.moment, to) < 0 && sets(input, target)) return input;
  }
  return null;
}

function sets(input: Input, target: WriteTarget): boolean {
  if (input.kind === "setRegister") {
    return "register" in target && input.pid === target.pid && input.index === target.register;
  }
  if (input.kind !== "poke" || !("address" in target) || input.pid !== target.pid) return false;
  const { address, bytes } = input;
  return address < target.address + target.length && target.address < address + bytes.length;
}

/** The same as a movement that stays there. */
export function* goToLastWrite(debuggee: Debuggee, target: WriteTarget): Movement<Stop> {
  const write = yield* findWrite(debuggee, target);
  if (write !== null) return stopHere(debuggee, "watchpoint", { pid: write.pid, write });
  yield* debuggee.travel.goTo(debuggee.travel.history.start);
  return stopHere(debuggee, "start");
}
