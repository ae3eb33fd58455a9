// Who wrote this? The last instruction or system call before now that wrote to memory, or to a register.

import type { Moment } from "../history/moment.ts";
import type { DebugSetup } from "../machine/debugging.ts";
import { DebugError } from "./errors.ts";
import { type Debuggee, stopHere } from "./movement.ts";
import { processOf } from "./process.ts";
import type { Stop } from "./stop.ts";
import type { Movement } from "./travel.ts";

export type WriteTarget =
  | { readonly pid: number; readonly address: number; readonly length: number }
  /** x1..x31. */
  | { readonly pid: number; readonly register: number };

export interface LastWrite {
  /** Right before the write. */
  readonly moment: Moment;
  readonly pid: number;
  /** Of the instruction; of the ecall, where a system call wrote. */
  readonly pc: number;
  /** As in "main+0x10" and "main.c:12"; "" if unknown. */
  readonly symbol: string;
  readonly line: string;
  readonly byCall: boolean;
}

function setupFor(target: WriteTarget): DebugSetup {
  const { pid } = target;
  if ("register" in target) {
    const { register } = target;
    if (register >= 1 && register <= 31) return { points: [{ kind: "register", register, pid }] };
    throw new DebugError("range", `nobody writes x${register}: say x1 to x31`);
  }
  const { address, length } = target;
  if (!(length >= 1 && address >= 0 && address + length <= 2 ** 32)) {
    throw new DebugError("range", `${length} bytes at ${address} do not lie in an address space`);
  }
  return { points: [{ kind: "write", address, length, pid }] };
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

/** Goes back to right before the write; null, and to the start, if there was none. */
export function* findWrite(debuggee: Debuggee, target: WriteTarget): Movement<LastWrite | null> {
  const { travel, programs } = debuggee;
  const { machine } = travel.history;
  const hit = yield* travel.searchBack(setupFor(target), travel.now);
  if (hit === null) return null;
  const { program } = processOf(machine, hit.pid, programs);
  return {
    moment: travel.now,
    pid: hit.pid,
    pc: hit.pc,
    symbol: program?.nameOf(hit.pc) ?? "",
    line: program?.lineName(hit.pc) ?? "",
    byCall: hit.byCall,
  };
}

/** The same as a movement that stays there. */
export function* goToLastWrite(debuggee: Debuggee, target: WriteTarget): Movement<Stop> {
  const found = yield* findWrite(debuggee, target);
  if (found !== null) return stopHere(debuggee, "watchpoint", { pid: found.pid });
  yield* debuggee.travel.goTo(debuggee.travel.history.start);
  return stopHere(debuggee, "start");
}
