// The symbol table of an ELF file, for disassembler, debugger and traces. Symbols are optional: a program with
// bad ones runs all the same, and `problem` says what was wrong. Names stay in the file's bytes and are
// decoded when asked for, so a hostile table costs a fraction of its size.

import {
  SHN_UNDEF,
  SHT_STRTAB,
  SHT_SYMTAB,
  STB_LOCAL,
  STT_FILE,
  STT_FUNC,
  STT_SECTION,
  STT_TLS,
  SYM_SIZE,
} from "./elf-constants.ts";
import { ElfError } from "./errors.ts";
import { readSections, sectionBytes } from "./sections.ts";
import type { ElfSource } from "./source.ts";

/** Longer names are cut. */
const NAME_LIMIT = 4096;

export interface ElfSymbol {
  /** Byte string. */
  readonly name: string;
  readonly address: number;
  /** Bytes; 0 if unknown. */
  readonly size: number;
  /** STT_*. */
  readonly type: number;
  /** STB_*. */
  readonly binding: number;
}

interface Tables {
  readonly symbols: Uint8Array;
  readonly strings: Uint8Array;
}

const NO_TABLES: Tables = { symbols: new Uint8Array(0), strings: new Uint8Array(0) };

export class SymbolTable {
  /** What was wrong with the file's symbols, if anything was: then the table is empty or lacks some. */
  readonly problem: ElfError | null;
  readonly #tables: Tables;
  /** Indices of the symbols that name an address, sorted by address, then functions first, globals first. */
  readonly #order: Uint32Array;

  constructor(tables: Tables, problem: ElfError | null) {
    this.#tables = tables;
    this.problem = problem;
    this.#order = addressable(tables);
  }

  get length(): number {
    return this.#order.length;
  }

  /** The symbol of rank `rank` by address. */
  at(rank: number): ElfSymbol {
    const at = this.#order[rank] * SYM_SIZE;
    const { symbols, strings } = this.#tables;
    const info = symbols[at + 12];
    return {
      name: nameAt(strings, wordAt(symbols, at)),
      address: wordAt(symbols, at + 4),
      size: wordAt(symbols, at + 8),
      type: info & 15,
      binding: info >>> 4,
    };
  }

  /** The symbol that `address` belongs to: the last one at or below it that does not end before it, or null. */
  covering(address: number): ElfSymbol | null {
    const rank = this.#firstAbove(address) - 1;
    if (rank < 0) return null;
    const start = this.#address(rank);
    let first = rank;
    while (first > 0 && this.#address(first - 1) === start) first--;
    const symbol = this.at(first);
    return symbol.size !== 0 && address >= symbol.address + symbol.size ? null : symbol;
  }

  /** Rank of the first symbol at or above an address; `length` if there is none. */
  rankOf(address: number): number {
    return address === 0 ? 0 : this.#firstAbove(address - 1);
  }

  /** The symbol with this name, a global one before a local one, or null. */
  find(name: string): ElfSymbol | null {
    let found: ElfSymbol | null = null;
    for (let rank = 0; rank < this.length; rank++) {
      const symbol = this.at(rank);
      if (symbol.name !== name) continue;
      if (symbol.binding !== STB_LOCAL) return symbol;
      found ??= symbol;
    }
    return found;
  }

  #address(rank: number): number {
    return wordAt(this.#tables.symbols, this.#order[rank] * SYM_SIZE + 4);
  }

  #firstAbove(address: number): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#address(middle) <= address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The symbols of a file whose header is known to be good. Never throws. */
export function readSymbols(source: ElfSource): SymbolTable {
  try {
    return new SymbolTable(readTables(source), null);
  } catch (error) {
    if (error instanceof ElfError) return new SymbolTable(NO_TABLES, error);
    throw error;
  }
}

function readTables(source: ElfSource): Tables {
  const sections = readSections(source);
  const symbols = sections.firstOfType(SHT_SYMTAB);
  if (!symbols) return NO_TABLES;
  const { entrySize, link, header } = symbols;
  if (entrySize !== SYM_SIZE) throw header.error("wrong-size", "sh_entsize", 36, entrySize, `${SYM_SIZE}`);
  if (link >= sections.length) {
    throw header.error("bad-section", "sh_link", 24, link, `a section below ${sections.length}`);
  }
  const strings = sections.at(link);
  if (strings.type !== SHT_STRTAB) {
    throw strings.header.error("bad-section", "sh_type", 4, strings.type, "3 (a string table)");
  }
  return { symbols: sectionBytes(source, symbols), strings: sectionBytes(source, strings) };
}

/** "$x" and "$d" mark code and data for disassemblers (psABI, mapping symbols); they name nothing. */
const MAPPING_SYMBOL = 0x24;

/** Leaves out undefined symbols, those of sections, files, thread-local offsets, mapping and nameless ones. */
function addressable({ symbols, strings }: Tables): Uint32Array {
  const order = new Uint32Array(Math.floor(symbols.length / SYM_SIZE));
  let count = 0;
  for (let index = 0; index < order.length; index++) {
    const at = index * SYM_SIZE;
    const type = symbols[at + 12] & 15;
    const section = symbols[at + 14] | (symbols[at + 15] << 8);
    const name = wordAt(symbols, at);
    if (section === SHN_UNDEF || type === STT_SECTION || type === STT_FILE || type === STT_TLS) continue;
    if (name >= strings.length || strings[name] === 0 || strings[name] === MAPPING_SYMBOL) continue;
    order[count++] = index;
  }
  const rank = (index: number) => {
    const info = symbols[index * SYM_SIZE + 12];
    return ((info & 15) === STT_FUNC ? 0 : 2) + (info >>> 4 === STB_LOCAL ? 1 : 0);
  };
  const address = (index: number) => wordAt(symbols, index * SYM_SIZE + 4);
  const sorted = order.subarray(0, count);
  sortInPlace(sorted, (a, b) => address(a) - address(b) || rank(a) - rank(b) || a - b);
  return sorted;
}

/** Heapsort: the engine's own sort with a comparison copies the array to one of boxed numbers. */
function sortInPlace(items: Uint32Array, compare: (a: number, b: number) => number): void {
  for (let root = (items.length >>> 1) - 1; root >= 0; root--) sift(items, root, items.length, compare);
  for (let end = items.length - 1; end > 0; end--) {
    [items[0], items[end]] = [items[end], items[0]];
    sift(items, 0, end, compare);
  }
}

/** Lets the item at `root` sink until none below it, before `end`, is greater. */
function sift(
  items: Uint32Array,
  root: number,
  end: number,
  compare: (a: number, b: number) => number,
): void {
  const item = items[root];
  let place = root;
  for (let child = 2 * place + 1; child < end; child = 2 * place + 1) {
    if (child + 1 < end && compare(items[child + 1], items[child]) > 0) child++;
    if (compare(item, items[child]) >= 0) break;
    items[place] = items[child];
    place = child;
  }
  items[place] = item;
}

function nameAt(strings: Uint8Array, start: number): string {
  let end = start;
  while (end < strings.length && strings[end] !== 0 && end - start < NAME_LIMIT) end++;
  return String.fromCharCode(...strings.subarray(start, end));
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}
