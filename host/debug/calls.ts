// Steps over calls of functions and out of them, in both directions. A frame is told from those of a recursion by the
// stack pointer: the one that a call was made with is the one that it returns with.

import { instructionSize } from "../isa/codec.ts";
import { backtrace, callerFrame } from "./backtrace.ts";
import { DebugError } from "./errors.ts";
import { isCall, isReturn } from "./functions.ts";
import { back, type Debuggee, stopHere } from "./movement.ts";
import type { DebuggedProcess } from "./process.ts";
import { follow, processOn, stepProcess, stepProcessBack } from "./step.ts";
import type { Stop } from "./stop.ts";
import type { Movement } from "./travel.ts";

const SP = 2;
const LONG = 4;
const SHORT = 2;

/** The instruction word at an address of a process; 0 where nothing is mapped. */
export function wordAt(process: DebuggedProcess, address: number): number {
  const bytes = process.read(address, LONG);
  return bytes.reduce((word, byte, index) => word | (byte << (8 * index)), 0);
}

/** Like a step, but a call of a function is one step. */
export function* stepOver(debuggee: Debuggee, pid: number): Movement<Stop> {
  const process = processOn(debuggee, pid);
  const word = wordAt(process, process.pc);
  if (!isCall(word)) return yield* stepProcess(debuggee, pid);
  const returnAddress = (process.pc + instructionSize(word)) >>> 0;
  return yield* runToFrame(debuggee, pid, returnAddress, process.register(SP), "step");
}

/** Forward to an address with the stack not deeper than `sp`: to that frame, not to one of a recursion. */
export function* runToFrame(
  debuggee: Debuggee,
  pid: number,
  address: number,
  sp: number,
  reason: "step" | "location",
): Movement<Stop> {
  return yield* follow(debuggee, pid, {
    points: [{ kind: "execute", address, pid }],
    reached: (hit) =>
      hit.kind === "execute" && hit.pc === address && hit.pid === pid && stackPointer(debuggee, pid) >= sp
        ? { reason, pid }
        : null,
  });
}

function stackPointer(debuggee: Debuggee, pid: number): number {
  return debuggee.travel.history.machine.registers(pid)?.[SP] ?? 0;
}

/** Back over what was executed last: over a whole call, if a function has just returned. */
export function* stepOverBack(debuggee: Debuggee, pid: number): Movement<Stop> {
  const { pc, call, sp } = callBehind(processOn(debuggee, pid));
  const stop = yield* stepProcessBack(debuggee, pid);
  if (stop.reason !== "step" || call === null) return stop;
  const now = processOn(debuggee, pid);
  const cameByReturn = isReturn(wordAt(now, now.pc)) && now.pc !== call && returnsTo(now) === pc;
  if (!cameByReturn) return stop;
  return yield* backToCall(debuggee, pid, call, sp, "step");
}

function callBehind(process: DebuggedProcess): { pc: number; call: number | null; sp: number } {
  const { pc } = process;
  return { pc, call: callBefore(process, pc), sp: process.register(SP) };
}

/** Address of the call right before an address, or null. */
function callBefore(process: DebuggedProcess, address: number): number | null {
  for (const size of [LONG, SHORT]) {
    const word = wordAt(process, address - size);
    if (instructionSize(word) === size && isCall(word)) return address - size;
  }
  return null;
}

function returnsTo(process: DebuggedProcess): number {
  return (process.register(1) & ~1) >>> 0;
}

/** Back to a call made with this stack pointer. */
function* backToCall(
  debuggee: Debuggee,
  pid: number,
  call: number,
  sp: number,
  reason: "step" | "location",
): Movement<Stop> {
  return yield* back(debuggee, {
    points: [{ kind: "execute", address: call, pid }],
    reached: (hit) =>
      hit.kind === "execute" && hit.pc === call && hit.pid === pid && stackPointer(debuggee, pid) === sp
        ? { reason, pid }
        : null,
  });
}

function callerOf(process: DebuggedProcess): { pc: number; sp: number } {
  const [frame] = backtrace(process, 1);
  const caller = callerFrame(process);
  if (caller === null || frame?.frameAddress === undefined) {
    const where = frame?.function ? `${frame.function} is the outermost frame` : "the caller is not known";
    throw new DebugError("no-frame", `${where}: there is nothing to step out to`);
  }
  return { pc: caller.pc, sp: frame.frameAddress };
}

/** To the caller of the present frame, behind the call. */
export function* stepOut(debuggee: Debuggee, pid: number): Movement<Stop> {
  const { pc, sp } = callerOf(processOn(debuggee, pid));
  return yield* runToFrame(debuggee, pid, pc, sp, "location");
}

/** Back to the call that made the present frame. */
export function* stepOutBack(debuggee: Debuggee, pid: number): Movement<Stop> {
  const process = processOn(debuggee, pid);
  const { pc, sp } = callerOf(process);
  const call = callBefore(process, pc);
  if (call === null) return stopHere(debuggee, "step", { pid });
  return yield* backToCall(debuggee, pid, call, sp, "location");
}
