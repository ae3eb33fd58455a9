// A program's code as a list of instructions: where each begins, which source line it comes from, which symbols and
// sections begin at it. Made once for each stretch of a program; the text of an instruction is made when it is shown.

import type { DebuggedProcess } from "../debug/process.ts";
import type { Program } from "../debug/program.ts";
import { instructionSize } from "../isa/codec.ts";
import { indexOf } from "./addresses.ts";

/** A name that begins at an instruction. */
export interface Label {
  /** Number of the instruction in the list. */
  readonly index: number;
  readonly name: string;
}

/** The instructions of one stretch of memory. */
export interface Listing {
  /** Names the list: one with the same key is the same list. */
  readonly key: string;
  /** In ascending order. */
  readonly addresses: Uint32Array;
  /** Bytes: 2 or 4. */
  readonly sizes: Uint8Array;
  /** The source line of each; 0 where none is known. */
  readonly lines: Uint32Array;
  /** For each its file, as a number in `files`; meaningless where the line is 0. */
  readonly file: Uint16Array;
  readonly files: readonly string[];
  readonly symbols: readonly Label[];
  readonly sections: readonly Label[];
}

/** A stretch of memory that holds code. */
export interface Stretch {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The list reads a program in pieces of this many bytes, so that a large one costs no more. */
const PIECE = 128 * 1024;
/** Code that no program has, as that of a signal's return: so much is shown. Bytes. */
const SHORT = 256;

const numbers = new WeakMap<Program, number>();
let programs = 0;

/** The stretch of a process's code that is shown around an address, and the key of its list. */
export function stretchAround(
  { program }: DebuggedProcess,
  sections: readonly Stretch[],
  address: number,
): Stretch & { readonly key: string } {
  const section = sections.find(({ start, end }) => address >= start && address < end);
  if (program === null || section === undefined) {
    const end = Math.min(address + SHORT, 2 ** 32);
    return { name: "", start: address, end, key: `at ${address}` };
  }
  const piece = Math.floor((address - section.start) / PIECE);
  const start = piece === 0 ? section.start : beginning(program, section.start + piece * PIECE);
  const isSmall = section.end - section.start <= PIECE;
  const end = Math.min(section.end, start + 2 * PIECE);
  return {
    name: section.name,
    start,
    end,
    key: `${numberOf(program)} ${section.name} ${isSmall ? 0 : piece}`,
  };
}

/** Where an instruction is known to begin, at or before an address. */
function beginning(program: Program, address: number): number {
  return program.symbols.covering(address)?.address ?? address;
}

function numberOf(program: Program): number {
  let number = numbers.get(program);
  if (number === undefined) {
    number = ++programs;
    numbers.set(program, number);
  }
  return number;
}

export function listingOf(process: DebuggedProcess, stretch: Stretch & { readonly key: string }): Listing {
  const { program } = process;
  const symbols = symbolsIn(program, stretch);
  const addresses = beginnings(process, stretch, symbols);
  const lines = new Uint32Array(addresses.length);
  const file = new Uint16Array(addresses.length);
  const files: string[] = [];
  const sizes = Uint8Array.from(addresses, (at, index) => (addresses[index + 1] ?? at + 4) - at);
  addresses.forEach((address, index) => {
    const line = program?.lineOf(address);
    if (line === undefined) return;
    let number = files.indexOf(line.file);
    if (number < 0) number = files.push(line.file) - 1;
    lines[index] = line.line;
    file[index] = number;
  });
  return {
    key: stretch.key,
    addresses,
    sizes,
    lines,
    file,
    files,
    symbols: symbols.flatMap(({ name, address }) => {
      const index = indexOf(addresses, address);
      return addresses[index] === address ? [{ index, name }] : [];
    }),
    sections: stretch.name === "" ? [] : [{ index: 0, name: stretch.name }],
  };
}

interface Named {
  readonly name: string;
  readonly address: number;
}

/** Symbols of a stretch in the order of their addresses; the linker's own names are left out. */
function symbolsIn(program: Program | null, { start, end }: Stretch): Named[] {
  if (program === null) return [];
  const found: Named[] = [];
  for (const { name, address } of program.all()) {
    if (address >= end) break;
    if (address >= start && !name.startsWith("__")) found.push({ name, address });
  }
  return found;
}

/** Where instructions begin: one behind the other, and anew at each symbol. */
function beginnings(
  process: DebuggedProcess,
  { start, end }: Stretch,
  symbols: readonly Named[],
): Uint32Array {
  const code = process.read(start, end - start);
  const found = new Uint32Array(code.length >>> 1);
  let count = 0;
  let next = 0;
  for (let at = 0; at + 1 < code.length; ) {
    found[count++] = start + at;
    const following = at + instructionSize(code[at]);
    while (next < symbols.length && symbols[next].address <= start + at) next++;
    const symbol = next < symbols.length ? symbols[next].address - start : Number.POSITIVE_INFINITY;
    at = symbol < following && symbol % 2 === 0 ? symbol : following;
  }
  return found.slice(0, count);
}
