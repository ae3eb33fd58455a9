// The calls that the process in focus is in, and what its registers point into.

import { backtrace } from "../debug/backtrace.ts";
import type { DebuggedProcess } from "../debug/process.ts";
import type { Focus } from "./focus.ts";
import { processInFocus } from "./process.ts";
import type { PictureSource } from "./source.ts";

export interface StackFrame {
  readonly pc: number;
  /** As in "main+0x10"; "" if unknown. */
  readonly symbol: string;
  /** As in "main.s:12"; "" if unknown. */
  readonly line: string;
  /** sp when the function was entered; undefined if unknown. */
  readonly frameAddress: number | undefined;
}

export interface StackPicture {
  /** The innermost first. */
  readonly frames: readonly StackFrame[];
  /** There are more. */
  readonly isCut: boolean;
  /** For x0..x31 and the pc: the symbol or the region that the value points into; "" for a mere number. */
  readonly pointees: readonly string[];
}

const MOST_FRAMES = 64;

export function takeStack(source: PictureSource, focus: Focus | null, _asked: true): StackPicture | null {
  const process = focus && processInFocus(source, focus);
  if (process === null || process.isZombie) return null;
  const frames = backtrace(process, MOST_FRAMES + 1);
  const values = [...process.registers, process.pc];
  return {
    frames: frames
      .slice(0, MOST_FRAMES)
      .map(({ pc, symbol, line, frameAddress }) => ({ pc, symbol, line, frameAddress })),
    isCut: frames.length > MOST_FRAMES,
    pointees: values.map((value) => pointee(source, process, value)),
  };
}

/** What an address is in. Small numbers are no addresses. */
function pointee({ machine }: PictureSource, process: DebuggedProcess, value: number): string {
  const name = process.program?.nameOf(value);
  if (name) return name;
  const { state } = machine.kernel;
  const space = state.spaces[state.processes[process.slot]!.space];
  const region = space?.regions.find(({ start, end }) => value >= start && value < end);
  if (!region) return "";
  // A stack grows down from its end.
  if (region.kind === "stack") return `${region.name} -0x${(region.end - value).toString(16)}`;
  return `${region.name || "memory"}+0x${(value - region.start).toString(16)}`;
}
