// The code around the pc of the process in focus: the list of its program's instructions, the text of those on the
// screen, and what the next one will do.

import type { DebuggedProcess } from "../debug/process.ts";
import { describeInstruction } from "../debug/words.ts";
import { disassemble } from "../isa/disassembler.ts";
import { indexOf } from "./addresses.ts";
import { codeSections } from "./code-sections.ts";
import type { Focus } from "./focus.ts";
import { type Listing, listingOf, type Stretch, stretchAround } from "./listing.ts";
import { processInFocus } from "./process.ts";
import type { PictureSource } from "./source.ts";

export type { Label, Listing } from "./listing.ts";

export interface CodeQuery {
  /** Keys of lists that are there already. */
  readonly known: readonly string[];
  /** The first instruction on the screen, as its number in the list; null: those around the pc. */
  readonly from: number | null;
  /** Instructions on the screen; at most 500. */
  readonly count: number;
}

export interface CodePicture {
  readonly pc: number;
  /** Path of the program; "" if it has none. */
  readonly program: string;
  /** Key of the list that the pc is in. */
  readonly key: string;
  /** Absent if it is known. */
  readonly listing?: Listing;
  /** Number of the pc's instruction in the list; -1 if it is in none. */
  readonly index: number;
  /** Texts of the instructions from this number on, a tab after the mnemonic. */
  readonly from: number;
  readonly texts: readonly string[];
  /** Addresses that these instructions can jump to, 0: they do not, or nobody knows before. */
  readonly targets: Uint32Array;
  /** What the next instruction will do, in words; "" if there is none. */
  readonly next: string;
  /** Address of the instruction after it, as far as can be told. */
  readonly nextPc: number;
  /** A system call of the process waits to be finished: the pc is still that of the ecall. */
  readonly isInCall: boolean;
}

const MOST_TEXTS = 500;
/** The list of the stretch that was asked about last: its addresses are needed for every picture. */
let latest: Listing | null = null;

export function takeCode(source: PictureSource, focus: Focus | null, asked: CodeQuery): CodePicture | null {
  const process = focus && processInFocus(source, focus);
  if (process === null || process.isZombie) return null;
  const { pc, program, slot } = process;
  const sections = program === null ? [] : codeSections(source.machine, slot, program);
  const listing = listingAround(process, sections);
  const index = indexOf(listing.addresses, pc);
  const count = Math.min(asked.count, MOST_TEXTS);
  const from = Math.max(0, asked.from ?? index - (count >>> 1));
  const { texts, targets } = textsOf(process, listing, from, count);
  const { text, next } = inWords(process);
  return {
    pc,
    program: program?.path ?? "",
    key: listing.key,
    ...(asked.known.includes(listing.key) ? {} : { listing }),
    index: listing.addresses[index] === pc ? index : -1,
    from,
    texts,
    targets,
    next: text,
    nextPc: next,
    isInCall: process.isInCall,
  };
}

function listingAround(process: DebuggedProcess, sections: readonly Stretch[]): Listing {
  const stretch = stretchAround(process, sections, process.pc);
  // Code outside of programs is somebody's data as well: it may be another a moment later.
  if (latest?.key !== stretch.key || stretch.name === "") latest = listingOf(process, stretch);
  return latest;
}

function textsOf(
  process: DebuggedProcess,
  { addresses, sizes }: Listing,
  from: number,
  count: number,
): { texts: string[]; targets: Uint32Array } {
  const symbol = (target: number) => process.program?.nameOf(target) || undefined;
  const shown = addresses.subarray(from, from + count);
  const targets = new Uint32Array(shown.length);
  const texts = Array.from(shown, (address, row) => {
    const word = wordAt(process, address, sizes[from + row]);
    const text = disassemble(word, address, { symbol });
    targets[row] = targetIn(text);
    return text;
  });
  return { texts, targets };
}

/** Branches and jumps are written with the address that they lead to, before its name. */
function targetIn(text: string): number {
  const target = /(?:^|[\t,])([0-9a-f]+) <|^(?:j|jal|b\w+)\t(?:.*,)?0x([0-9a-f]+)$/.exec(text);
  return target === null ? 0 : Number.parseInt(target[1] ?? target[2], 16);
}

function wordAt(process: DebuggedProcess, address: number, size: number): number {
  return process.read(address, size).reduce((word, byte, at) => word | (byte << (8 * at)), 0) >>> 0;
}

function inWords(process: DebuggedProcess): { readonly text: string; readonly next: number } {
  const { pc, program } = process;
  if (process.read(pc, 2).length < 2) return { text: "faults: there is no code at the pc", next: pc };
  return describeInstruction(wordAt(process, pc, 4), process, (address) => program?.nameOf(address) ?? "");
}
