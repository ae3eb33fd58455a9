// The instructions around an address, with what they and their places are called. Backwards from an address the code
// can only be read from a place where an instruction is known to begin: a symbol, or the start of what is mapped.

import { instructionSize } from "../isa/codec.ts";
import { disassemble } from "../isa/disassembler.ts";
import type { SourceLine } from "../toolchain/lines.ts";
import type { CodeReader } from "./frame-rules.ts";
import type { Program } from "./program.ts";

export interface CodeLine {
  readonly address: number;
  /** Bytes of the instruction: 2 or 4; 0 where nothing is mapped. */
  readonly size: number;
  /** Its encoding; compressed ones in the low half. */
  readonly word: number;
  /** As objdump writes it, a tab after the mnemonic. */
  readonly text: string;
  /** "main" or "main+0x4"; "" if unknown. */
  readonly symbol: string;
  readonly line: SourceLine | undefined;
}

interface Subject {
  readonly program: Program | null;
  read: CodeReader;
}

/** So far back a symbol is looked for before code is read from the address itself. */
const LOOK_BACK = 4096;

/** `count` instructions from `address` on, or fewer where the memory ends. */
export function disassembleFrom(subject: Subject, address: number, count: number): CodeLine[] {
  const code = subject.read(address, count * 4);
  const lines: CodeLine[] = [];
  for (let at = 0; lines.length < count; ) {
    const line = lineAt(subject, code, at, (address + at) >>> 0);
    if (line === null) break;
    lines.push(line);
    at += line.size;
  }
  return lines;
}

/** The instruction at `address` with up to `before` ones before it and `after` ones behind. */
export function disassembleAround(
  subject: Subject,
  address: number,
  before: number,
  after: number,
): CodeLine[] {
  const start = syncPoint(subject, address, before);
  const earlier: CodeLine[] = [];
  const code = subject.read(start, address - start);
  for (let at = 0; start + at < address; ) {
    const line = lineAt(subject, code, at, start + at);
    if (line === null || line.address + line.size > address) break;
    earlier.push(line);
    at += line.size;
  }
  return [
    ...earlier.slice(Math.max(0, earlier.length - before)),
    ...disassembleFrom(subject, address, after + 1),
  ];
}

/** A symbol far enough before the address that `before` instructions lie between, if there is one. */
function syncPoint(subject: Subject, address: number, before: number): number {
  const { program } = subject;
  let start = address;
  while (program !== null && address - start < before * 4) {
    const symbol = program.symbols.covering(start - 1);
    if (symbol === null || address - symbol.address > LOOK_BACK) break;
    start = symbol.address;
  }
  if (start < address || before === 0) return start;
  for (let distance = before * 4; distance >= 2; distance -= 2) {
    const code = subject.read(address - distance, distance);
    if (code.length === distance && endsExactly(code)) return address - distance;
  }
  return address;
}

/** Whether the instructions read from the start end with the bytes. */
function endsExactly(code: Uint8Array): boolean {
  let at = 0;
  while (at + 1 < code.length) at += instructionSize(code[at]);
  return at === code.length;
}

function lineAt({ program }: Subject, code: Uint8Array, at: number, address: number): CodeLine | null {
  if (at + 2 > code.length) return null;
  const size = instructionSize(code[at]);
  const isWhole = at + size <= code.length;
  let word = 0;
  for (let byte = 0; byte < size && at + byte < code.length; byte++) word |= code[at + byte] << (8 * byte);
  const symbol = (target: number) => program?.nameOf(target) || undefined;
  return {
    address,
    size: isWhole ? size : code.length - at,
    word: word >>> 0,
    text: isWhole ? disassemble(word, address, { symbol }) : `.2byte\t0x${(word & 0xffff).toString(16)}`,
    symbol: program?.nameOf(address) ?? "",
    line: program?.lineOf(address),
  };
}
