// The stack of calls of a process, and the registers of each frame as far as they are known. Rules of frames come
// from the code (frame-rules.ts); where no symbol says where a function begins, from the frame pointer if it is one.

import type { EvaluationContext } from "./evaluate.ts";
import { PC } from "./expression.ts";
import { type FrameRule, frameRules } from "./frame-rules.ts";
import { functionAround, isCall } from "./functions.ts";
import type { Program } from "./program.ts";

export interface Frame {
  /** 0 is the innermost. */
  readonly level: number;
  /** The next instruction; in a calling frame the one that the call returns to. */
  readonly pc: number;
  /** sp when the function was entered, if it is known: names the frame as long as it lives. */
  readonly frameAddress: number | undefined;
  /** Name of the function; "" if no symbol covers it. */
  readonly function: string;
  /** As in "main+0x10"; of the call in a calling frame. "" if unknown. */
  readonly symbol: string;
  /** As in "main.c:12"; of the call in a calling frame. "" if unknown. */
  readonly line: string;
  /** x0..x31, unsigned; undefined where nothing saved it. */
  readonly registers: readonly (number | undefined)[];
}

/** What a backtrace needs of a process. */
export interface Stacked extends EvaluationContext {
  readonly pc: number;
  readonly program: Program | null;
}

const RA = 1;
const SP = 2;
const S0 = 8;
/** Registers that a function must give back as they were: others are unknown in a calling frame. */
const PRESERVED = [2, 3, 4, 8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27];
/** Frames of a backtrace, at the most. */
export const MOST_FRAMES = 1000;

/** The frames from the innermost outwards, `limit` at the most; stops where the next is not certain. */
export function backtrace(process: Stacked, limit = MOST_FRAMES): Frame[] {
  const frames: Frame[] = [];
  let pc: number = process.pc;
  let registers: (number | undefined)[] = Array.from({ length: 32 }, (_, index) => process.register(index));
  registers[0] = 0;
  while (frames.length < Math.min(limit, MOST_FRAMES)) {
    const level = frames.length;
    const { rule, extent } = ruleAt(process, pc, level, registers);
    const frameAddress = entryStack(rule, registers);
    const place = level === 0 ? pc : pc - 1;
    frames.push({
      level,
      pc,
      frameAddress,
      function: extent?.name ?? "",
      symbol: process.program?.nameOf(level === 0 ? pc : callBefore(process, pc)) ?? "",
      line: process.program?.lineName(place) ?? "",
      registers,
    });
    if (rule === null || isOutermost(process, extent?.start)) break;
    const caller = callerOf(process, rule, registers, frameAddress);
    if (caller === null || !isPlausible(process, caller.pc, frames)) break;
    ({ pc, registers } = caller);
  }
  return frames;
}

/** The frame of the caller, or null if there is none: see `backtrace`. */
export function callerFrame(process: Stacked): Frame | null {
  return backtrace(process, 2)[1] ?? null;
}

/** Address of the call before a return address. */
function callBefore(process: Stacked, pc: number): number {
  return isCallAt(process, pc - 4, 4) ? pc - 4 : pc - 2;
}

interface Rule {
  readonly rule: FrameRule | null;
  readonly extent: { readonly name: string; readonly start: number } | null;
}

function ruleAt(
  process: Stacked,
  pc: number,
  level: number,
  registers: readonly (number | undefined)[],
): Rule {
  const { program } = process;
  const read = process.read.bind(process);
  // A call may be the last instruction of its function: the return address is then another's first.
  const extent = program && functionAround(program, read, level === 0 ? pc : pc - 1);
  if (!program || !extent) return { rule: framePointerRule(process, registers), extent: null };
  let rules = program.frameRules.get(extent.start);
  if (rules === undefined) {
    rules = frameRules(read, extent.start, extent.end);
    program.frameRules.set(extent.start, rules);
  }
  return { rule: rules.get(pc) ?? null, extent };
}

/** The classic frame of code with a frame pointer: ra and the caller's s0 right below it. */
function framePointerRule(process: Stacked, registers: readonly (number | undefined)[]): FrameRule | null {
  const [sp, s0] = [registers[SP], registers[S0]];
  const rule: FrameRule = {
    frame: { register: S0, offset: 0 },
    kept: new Set(),
    saved: new Map([
      [RA, -4],
      [S0, -8],
    ]),
  };
  if (sp === undefined || s0 === undefined || s0 <= sp || s0 % 4 !== 0) return null;
  const ra = wordAt(process, s0 - 4);
  return ra !== undefined && isReturnAddress(process, ra) ? rule : null;
}

function entryStack(rule: FrameRule | null, registers: readonly (number | undefined)[]): number | undefined {
  if (!rule?.frame) return undefined;
  const base = registers[rule.frame.register];
  return base === undefined ? undefined : (base + rule.frame.offset) >>> 0;
}

function callerOf(
  process: Stacked,
  rule: FrameRule,
  registers: readonly (number | undefined)[],
  frameAddress: number | undefined,
): { pc: number; registers: (number | undefined)[] } | null {
  const restored = (register: number): number | undefined => {
    if (rule.kept.has(register)) return registers[register];
    const offset = rule.saved.get(register);
    if (offset === undefined || frameAddress === undefined) return undefined;
    return wordAt(process, (frameAddress + offset) >>> 0);
  };
  const pc = restored(RA);
  if (pc === undefined || frameAddress === undefined) return null;
  const caller: (number | undefined)[] = new Array(32).fill(undefined);
  for (const register of PRESERVED) caller[register] = restored(register);
  caller[0] = 0;
  caller[SP] = frameAddress;
  return { pc, registers: caller };
}

/** What the kernel starts has no caller. */
function isOutermost({ program }: Stacked, start: number | undefined): boolean {
  return program !== null && start === program.entry;
}

/** A caller's frame lies above this one, and its pc comes after a call. */
function isPlausible(process: Stacked, pc: number, frames: readonly Frame[]): boolean {
  const last = frames[frames.length - 1];
  const before = frames[frames.length - 2];
  const grows =
    last.frameAddress === undefined ||
    before?.frameAddress === undefined ||
    last.frameAddress > before.frameAddress ||
    // A function that never moved sp has called one that did not either: only with ra saved elsewhere.
    (last.frameAddress === before.frameAddress && last.pc !== before.pc);
  return grows && isReturnAddress(process, pc);
}

function isReturnAddress(process: Stacked, pc: number): boolean {
  return pc !== 0 && pc % 2 === 0 && (isCallAt(process, pc - 4, 4) || isCallAt(process, pc - 2, 2));
}

function isCallAt(process: Stacked, address: number, size: number): boolean {
  const bytes = process.read(address, size);
  if (bytes.length < size) return false;
  const isLong = (bytes[0] & 3) === 3;
  if (isLong !== (size === 4)) return false;
  return isCall(bytes[0] | (bytes[1] << 8) | ((bytes[2] ?? 0) << 16) | ((bytes[3] ?? 0) << 24));
}

function wordAt(process: Stacked, address: number): number | undefined {
  const bytes = process.read(address, 4);
  return bytes.length < 4 ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}

/** A frame as what expressions are evaluated in. */
export function frameContext(process: Stacked, frame: Frame): EvaluationContext {
  return {
    pid: process.pid,
    register: (number) => (number === PC ? frame.pc : frame.registers[number]),
    read: process.read.bind(process),
    lastCall: process.lastCall.bind(process),
    symbol: process.symbol.bind(process),
  };
}
