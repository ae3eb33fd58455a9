// What a command of the debugger is: a row for lookup, help and completion, and a function. Each topic has its file;
// table.ts lists them all.

import { DebugError } from "../../debug/index.ts";
import type { Debugger } from "./debugger.ts";

export type Topic =
  | "running"
  | "going back"
  | "stopping"
  | "data"
  | "stack"
  | "processes and time"
  | "the debugger";

/** What the words of a command are, for completion. */
export type Operand =
  | "location"
  | "expression"
  | "register"
  | "breakpoint"
  | "command"
  | "event"
  | "process"
  | "info";

export interface DebuggerCommand {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly topic: Topic;
  /** Operands, as in "[LOCATION] [if CONDITION]". */
  readonly usage: string;
  /** One line. */
  readonly summary: string;
  /** Further lines of its help. */
  readonly details?: readonly string[];
  readonly operand?: Operand;
  /** Whether a format may stand behind a slash, as in print/x. */
  readonly takesFormat?: boolean;
  /** An empty line carries it out again; "rest": without its operands, to go on where it ended. */
  readonly repeats?: boolean | "rest";
  /** `format`: what stood behind a slash, where the command takes one; "" if nothing. Throws DebugError. */
  run(debug: Debugger, operands: string, format: string): void | Promise<void>;
}

/** A whole number given to a command; `fallback` if nothing is given. Throws DebugError ("syntax"). */
export function readCount(text: string, fallback: number): number {
  if (text === "") return fallback;
  const value = /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new DebugError("syntax", `${text} is no whole number`);
}

/** Longest range that `readNumbers` takes. */
const LONGEST_RANGE = 1000;

/** Numbers separated by spaces, and ranges like 2-4. Throws DebugError: "syntax" or "range". */
export function readNumbers(text: string): number[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== "")
    .flatMap((word) => {
      const range = /^(\d+)-(\d+)$/.exec(word);
      if (range === null) return [readCount(word, 0)];
      const [from, to] = [Number(range[1]), Number(range[2])];
      if (to - from >= LONGEST_RANGE) {
        throw new DebugError("range", `${word} is too long a range; ${LONGEST_RANGE} numbers at most`);
      }
      return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
    });
}

/** The first word, and what comes after it. */
export function splitWord(text: string): [word: string, rest: string] {
  const match = /^(\S*)\s*(.*)$/s.exec(text.trim())!;
  return [match[1], match[2]];
}
