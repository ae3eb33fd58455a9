// A stretch of the memory of the process in focus: its bytes, which of them are there, and what its places are called.
// What is not present yet is read from where it would come, and stays absent.

import { PAGE_SIZE, PROTECT_EXECUTE, PROTECT_READ, PROTECT_WRITE } from "../../assembly/layout.ts";
import { DebugError } from "../debug/errors.ts";
import { evaluate } from "../debug/evaluate.ts";
import type { DebuggedProcess } from "../debug/process.ts";
import { REGISTER_NAMES } from "../isa/registers.ts";
import type { Focus } from "./focus.ts";
import { processInFocus } from "./process.ts";
import type { PictureSource } from "./source.ts";

export interface MemoryQuery {
  /** Where: an expression, as in "sp", "buffer+8", "0x10000". */
  readonly at: string;
  /** Bytes in a row; the stretch begins at a multiple of it. */
  readonly columns: number;
  /** Bytes from the row of that place to the first row; may be negative. */
  readonly offset: number;
  /** Bytes; at most 16 KiB. */
  readonly length: number;
}

/** A byte of no memory, or one that cannot be read. */
export const ABSENT = 0;
/** Promised, but no page is there: it would be brought in by the first access. */
export const PROMISED = 1;
export const PRESENT = 2;

export interface MemoryLabel {
  readonly address: number;
  readonly text: string;
  readonly kind: "symbol" | "register";
}

export interface MemoryRegion {
  readonly start: number;
  readonly end: number;
  /** "[stack]", "[heap]", the path of a file; "" for memory without a name. */
  readonly name: string;
  /** As in "rw-". */
  readonly protection: string;
}

export interface MemoryPicture {
  /** Value of the expression; the latest one where it has none now. */
  readonly base: number;
  /** Why it has none; "" if it has. */
  readonly problem: string;
  /** Address of the first byte. */
  readonly start: number;
  readonly bytes: Uint8Array;
  /** ABSENT, PROMISED or PRESENT for each. */
  readonly states: Uint8Array;
  /** Symbols that begin here, and registers that point here, by address. */
  readonly labels: readonly MemoryLabel[];
  readonly regions: readonly MemoryRegion[];
}

const MOST_BYTES = 16 * 1024;
const MOST_LABELS = 200;
const PC_NAME = "pc";

export function takeMemory(
  source: PictureSource,
  focus: Focus | null,
  asked: MemoryQuery,
): MemoryPicture | null {
  const process = focus && processInFocus(source, focus);
  if (process === null || process.isZombie) return null;
  const { base, problem } = addressOf(asked.at, process);
  const row = base - (base % asked.columns) + asked.offset;
  const length = Math.min(asked.length, MOST_BYTES);
  const start = Math.max(0, Math.min(row, 2 ** 32 - length));
  return {
    base,
    problem,
    start,
    ...bytesOf(source, process, start, length),
    labels: labelsOf(process, start, length),
    regions: regionsOf(source, process, start, length),
  };
}

function addressOf(expression: string, process: DebuggedProcess): { base: number; problem: string } {
  try {
    return { base: evaluate(expression, process).bits >>> 0, problem: "" };
  } catch (error) {
    if (!(error instanceof DebugError)) throw error;
    return { base: process.register(2), problem: error.message };
  }
}

function bytesOf(
  { machine }: PictureSource,
  process: DebuggedProcess,
  start: number,
  length: number,
): Pick<MemoryPicture, "bytes" | "states"> {
  const bytes = new Uint8Array(length);
  const states = new Uint8Array(length);
  const { core, state } = machine.kernel;
  const space = state.spaces[state.processes[process.slot]!.space];
  for (let at = 0; at < length; ) {
    const address = start + at;
    const end = Math.min(length, at + PAGE_SIZE - (address % PAGE_SIZE));
    const piece = process.read(address, end - at);
    bytes.set(piece, at);
    const isPresent = space != null && core.translate(space.root, address, PROTECT_READ) !== 0;
    states.fill(isPresent ? PRESENT : PROMISED, at, at + piece.length);
    at = end;
  }
  return { bytes, states };
}

function labelsOf(process: DebuggedProcess, start: number, length: number): MemoryLabel[] {
  const labels: MemoryLabel[] = [];
  const symbols = process.program?.symbols;
  for (let rank = symbols?.rankOf(start) ?? 0; symbols && rank < symbols.length; rank++) {
    const { name, address } = symbols.at(rank);
    if (address >= start + length || labels.length >= MOST_LABELS) break;
    if (!name.startsWith("__")) labels.push({ address, text: name, kind: "symbol" });
  }
  const point = (text: string, address: number) => {
    if (address !== 0 && address >= start && address < start + length) {
      labels.push({ address, text, kind: "register" });
    }
  };
  REGISTER_NAMES.forEach((name, index) => {
    if (index > 0) point(name, process.register(index));
  });
  point(PC_NAME, process.pc);
  return labels.sort((a, b) => a.address - b.address);
}

function regionsOf(
  { machine }: PictureSource,
  process: DebuggedProcess,
  start: number,
  length: number,
): MemoryRegion[] {
  const { state } = machine.kernel;
  const space = state.spaces[state.processes[process.slot]!.space];
  const regions = space?.regions.filter((one) => one.start < start + length && one.end > start) ?? [];
  return regions.map(({ start: from, end, name, protection }) => ({
    start: from,
    end,
    name,
    protection: letters(protection),
  }));
}

function letters(protection: number): string {
  const letter = (bit: number, sign: string) => ((protection & bit) !== 0 ? sign : "-");
  return letter(PROTECT_READ, "r") + letter(PROTECT_WRITE, "w") + letter(PROTECT_EXECUTE, "x");
}
