// Steps from source line to source line. Forward to where another line of the same frame begins, or to the caller;
// back to where the line began that was executed last. Between them the machine runs at speed: the beginnings of lines
// are points.

import { instructionSize } from "../isa/codec.ts";
import type { DebugHit, DebugPoint } from "../machine/debugging.ts";
import { isSameLine, type SourceLine } from "../toolchain/lines.ts";
import { backtrace, callerFrame } from "./backtrace.ts";
import { wordAt } from "./calls.ts";
import { callsIn } from "./direct-calls.ts";
import { DebugError } from "./errors.ts";
import { type FunctionExtent, functionAround, isCall } from "./functions.ts";
import { back, type Debuggee, stopHere } from "./movement.ts";
import { type DebuggedProcess, processOf } from "./process.ts";
import type { Program } from "./program.ts";
import { follow, processOn, stepProcess, stepProcessBack } from "./step.ts";
import type { Stop } from "./stop.ts";
import type { Movement } from "./travel.ts";

/** Lines of a function that the machine can be made to stop at; of a longer one each instruction is looked at. */
const MOST_LINES = 200;
/** Functions that a step into a call may come to. */
const MOST_FUNCTIONS = 4096;

const SP = 2;

/** Where a process is in its source. */
interface Position {
  readonly line: SourceLine | undefined;
  readonly extent: FunctionExtent;
  /** sp at entry of the function: names the frame. */
  readonly frame: number;
  readonly process: DebuggedProcess;
}

function positionOf(debuggee: Debuggee, pid: number): Position {
  const process = processOn(debuggee, pid);
  const { program, pc } = process;
  const line = program?.lineOf(pc);
  const extent = program && functionAround(program, process.read.bind(process), pc);
  if (!program || program.lines.isEmpty || !extent) {
    const where = process.program?.nameOf(pc) || `0x${pc.toString(16)}`;
    throw new DebugError(
      "no-symbol",
      `no source line is known at ${where}; step by instruction, or step out`,
    );
  }
  return { line, extent, frame: frameOf(process), process };
}

/** What names the frame that a process is in; the stack pointer where sp at entry is not known. */
function frameOf(process: DebuggedProcess): number {
  return backtrace(process, 1)[0]?.frameAddress ?? process.register(SP);
}

/** To another source line; calls are gone over, or into where the function has lines. */
export function* stepLine(debuggee: Debuggee, pid: number, into: boolean): Movement<Stop> {
  const from = positionOf(debuggee, pid);
  if (from.line === undefined) return yield* leaveUnknown(debuggee, pid, from);
  const beginnings = otherLines(from);
  const returnPoint = callerFrame(from.process)?.pc;
  const entries: ReadonlySet<number> = into ? callTargets(from) : new Set();
  const addresses = [...beginnings, ...entries, ...(returnPoint === undefined ? [] : [returnPoint])];
  if (addresses.length > MOST_LINES) return yield* stepLineByLine(debuggee, pid, into, from);
  const points = addresses.map((address): DebugPoint => ({ kind: "execute", address, pid }));
  const stop = yield* follow(debuggee, pid, {
    points,
    reached: (hit) => reachedLine(debuggee, pid, hit, from, entries, returnPoint),
  });
  const isEntry = stop.reason === "step" && stop.pc !== undefined && entries.has(stop.pc);
  return isEntry ? yield* pastPrologue(debuggee, pid) : stop;
}

function otherLines({ process, extent, line }: Position): number[] {
  const all = process.program!.lines.beginningsIn(extent.start, extent.end);
  return all.filter((one) => !isSameLine(one.line, line)).map(({ address }) => address);
}

/**
 * Where the function's calls lead to code with lines; where one jumps to what a register says, to all functions that
 * a compiler marked.
 */
function callTargets({ process, extent }: Position): Set<number> {
  const { program } = process;
  const bytes = process.read(extent.start, extent.end - extent.start);
  const calls = callsIn({ address: extent.start, bytes });
  const targets = calls.flatMap((target) => (target === null ? markedFunctions(program!) : [target]));
  return new Set(targets.filter((target) => program!.lineOf(target) !== undefined));
}

function markedFunctions(program: Program): number[] {
  return Array.from(program.all())
    .slice(0, MOST_FUNCTIONS)
    .filter(({ address, size }) => size > 0 && program.functionAt(address) !== null)
    .map(({ address }) => address);
}

function reachedLine(
  debuggee: Debuggee,
  pid: number,
  hit: DebugHit,
  from: Position,
  entries: ReadonlySet<number>,
  returnPoint: number | undefined,
): Partial<Stop> | null {
  if (hit.kind !== "execute" || hit.pid !== pid) return null;
  const process = processOf(debuggee.travel.history.machine, pid, debuggee.programs);
  if (entries.has(hit.pc)) return { reason: "step", pid };
  const { start, end } = from.extent;
  if (hit.pc < start || hit.pc >= end) {
    return hit.pc === returnPoint && process.register(SP) >= from.frame ? { reason: "step", pid } : null;
  }
  return frameOf(process) >= from.frame ? { reason: "step", pid } : null;
}

/** From the first instruction of a function to its body. */
function* pastPrologue(debuggee: Debuggee, pid: number): Movement<Stop> {
  const process = processOn(debuggee, pid);
  const address = process.program?.bodyOf(process.pc) ?? process.pc;
  if (address === process.pc) return stopHere(debuggee, "step", { pid });
  return yield* follow(debuggee, pid, {
    points: [{ kind: "execute", address, pid }],
    reached: (hit) => (hit.kind === "execute" && hit.pid === pid ? { reason: "step", pid } : null),
  });
}

/** The same, instruction by instruction: for functions with more lines than there are points. */
function* stepLineByLine(debuggee: Debuggee, pid: number, into: boolean, from: Position): Movement<Stop> {
  for (;;) {
    const process = processOn(debuggee, pid);
    const goesOver = !into && isCall(wordAt(process, process.pc));
    const stop = goesOver ? yield* overCall(debuggee, pid, process) : yield* stepProcess(debuggee, pid);
    if (stop.reason !== "step") return stop;
    const now = processOn(debuggee, pid);
    const line = now.program?.lineOf(now.pc);
    if (line !== undefined && !isSameLine(line, from.line)) return stop;
  }
}

function* overCall(debuggee: Debuggee, pid: number, process: DebuggedProcess): Movement<Stop> {
  const address = (process.pc + instructionSize(wordAt(process, process.pc))) >>> 0;
  const sp = process.register(SP);
  return yield* follow(debuggee, pid, {
    points: [{ kind: "execute", address, pid }],
    reached: (hit) =>
      hit.pc === address && hit.pid === pid && processOn(debuggee, pid).register(SP) >= sp
        ? { reason: "step", pid }
        : null,
  });
}

/** Out of code without lines, to the first that has one. */
function* leaveUnknown(debuggee: Debuggee, pid: number, from: Position): Movement<Stop> {
  return yield* stepLineByLine(debuggee, pid, true, from);
}

/** Back to where the line began that was executed last, in this frame or in the caller. */
export function* stepLineBack(debuggee: Debuggee, pid: number, into: boolean): Movement<Stop> {
  const from = positionOf(debuggee, pid);
  const all = from.process.program!.lines.beginningsIn(from.extent.start, from.extent.end);
  const call = callSite(from);
  const addresses = [...all.map(({ address }) => address), ...(call === undefined ? [] : [call.address])];
  if (into || addresses.length > MOST_LINES) return yield* lineBackByStep(debuggee, pid, into);
  const stop = yield* back(debuggee, {
    points: addresses.map((address) => ({ kind: "execute", address, pid })),
    reached: (hit) => reachedBack(debuggee, pid, hit, from, call),
  });
  if (stop.reason !== "step" || stop.pc !== call?.address) return stop;
  const now = processOn(debuggee, pid);
  const isBeginning = now.program?.lines.beginningsIn(now.pc, now.pc + 1).length !== 0;
  const before = now.program?.lineOf(now.pc - 1);
  const isInLine = !isBeginning || isSameLine(before, now.program?.lineOf(now.pc));
  return isInLine && now.program?.lineOf(now.pc) ? yield* stepLineBack(debuggee, pid, false) : stop;
}

function callSite({ process, frame }: Position): { address: number; sp: number } | undefined {
  const caller = callerFrame(process);
  if (caller === null) return undefined;
  const size = [4, 2].find((length) => {
    const word = wordAt(process, caller.pc - length);
    return instructionSize(word) === length && isCall(word);
  });
  return size === undefined ? undefined : { address: caller.pc - size, sp: frame };
}

function reachedBack(
  debuggee: Debuggee,
  pid: number,
  hit: DebugHit,
  from: Position,
  call: { address: number; sp: number } | undefined,
): Partial<Stop> | null {
  if (hit.kind !== "execute" || hit.pid !== pid) return null;
  const process = processOf(debuggee.travel.history.machine, pid, debuggee.programs);
  if (hit.pc === call?.address && process.register(SP) === call.sp) return { reason: "step", pid };
  if (hit.pc < from.extent.start || hit.pc >= from.extent.end) return null;
  return frameOf(process) === from.frame ? { reason: "step", pid } : null;
}

/** Instruction by instruction back to another line, then to where that one began. */
function* lineBackByStep(debuggee: Debuggee, pid: number, into: boolean): Movement<Stop> {
  let line: SourceLine | undefined;
  let candidate: Stop | null = null;
  for (;;) {
    const before = debuggee.travel.now;
    const stop = yield* stepProcessBack(debuggee, pid);
    if (stop.reason !== "step") return candidate ?? stop;
    const process = processOn(debuggee, pid);
    const here = process.program?.lineOf(process.pc);
    if (line !== undefined && !isSameLine(here, line)) {
      yield* debuggee.travel.goTo(before);
      return stopHere(debuggee, "step", { pid });
    }
    if (here !== undefined) line = here;
    candidate = into ? stop : candidate;
  }
}
