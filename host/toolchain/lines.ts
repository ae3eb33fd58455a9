// Which line of which source an address comes from, and back: reads the DWARF line tables (.debug_line, versions
// 2 to 5) of an executable, ours or a compiler's. A damaged table ends the reading; what came before counts.

import { debugSections, Reader } from "./dwarf.ts";

/** A place in a source. */
export interface SourceLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1; 0 if unknown. */
  readonly column: number;
}

interface Row extends SourceLine {
  readonly address: number;
  /** The rows before it end here: it names no line. */
  readonly end: boolean;
}

/** The line tables of one program. */
export class LineTable {
  /** Sorted by address; the last row of an address counts. */
  private readonly rows: readonly Row[];

  constructor(rows: readonly Row[]) {
    this.rows = [...rows].sort((a, b) => a.address - b.address || Number(b.end) - Number(a.end));
  }

  get isEmpty(): boolean {
    return this.rows.length === 0;
  }

  /** The line that the instruction at `address` comes from, if that is known. */
  lineOf(address: number): SourceLine | undefined {
    let low = 0;
    for (let high = this.rows.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.rows[middle]!.address <= address) low = middle + 1;
      else high = middle;
    }
    const row = this.rows[low - 1];
    if (row === undefined || row.end || row.line === 0) return undefined;
    return { file: row.file, line: row.line, column: row.column };
  }

  /**
   * The lowest address of each run of instructions that begins at this line (or, if it has none, at the next
   * one that has), in order. `file` is a path, or the last components of one.
   */
  addressesOf(file: string, line: number): number[] {
    const own = this.rows.filter((row) => !row.end && row.line >= line && isSameFile(row.file, file));
    const nearest = Math.min(...own.map((row) => row.line));
    const all = own.filter((row) => row.line === nearest).map(({ address }) => address);
    return [...new Set(all)].filter((address) => {
      const before = this.lineOf(address - 1);
      return before === undefined || before.line !== nearest || !isSameFile(before.file, file);
    });
  }

  /** Addresses from `from` to before `to` at which the code of another line begins than the one before it. */
  beginningsIn(from: number, to: number): { readonly address: number; readonly line: SourceLine }[] {
    const found = new Map<number, SourceLine>();
    for (const { address, end } of this.rows) {
      const line = end || address < from || address >= to ? undefined : this.lineOf(address);
      if (line === undefined) continue;
      const before = address === from ? undefined : this.lineOf(address - 1);
      if (before === undefined || !isSameLine(before, line)) found.set(address, line);
    }
    return [...found].map(([address, line]) => ({ address, line }));
  }

  /**
   * Where the body of a function begins that lies from `start` to before `end`: behind the instructions that make its
   * frame, as GDB takes it from the lines. At `start` where the lines do not tell, or the source is assembly.
   */
  bodyOf(start: number, end: number): number {
    const rows = this.rows.filter(
      ({ address, line, end: ends }) => address >= start && address < end && (ends || line > 0),
    );
    const own = rows.filter(({ address, end: ends }) => address === start && !ends);
    // Two rows at one address: what makes the frame has no instruction.
    if (own.length !== 1 || /\.s$/i.test(own[0]!.file)) return start;
    const next = rows.find(({ address }) => address > start);
    return next === undefined || next.end ? start : next.address;
  }

  /** The sources that the tables name. */
  files(): string[] {
    return [...new Set(this.rows.filter(({ end }) => !end).map(({ file }) => file))];
  }
}

export function isSameLine(a: SourceLine | undefined, b: SourceLine | undefined): boolean {
  return a?.file === b?.file && a?.line === b?.line;
}

function isSameFile(path: string, wanted: string): boolean {
  return path === wanted || path.endsWith(`/${wanted}`);
}

/** The line tables of an ELF executable; empty if it has none. Never throws. */
export function readLines(file: Uint8Array): LineTable {
  const rows: Row[] = [];
  try {
    const sections = debugSections(file, LINE_SECTIONS);
    const line = sections.get(".debug_line");
    if (line) {
      const strings = { line: sections.get(".debug_line_str"), other: sections.get(".debug_str") };
      for (let at = 0; at < line.length; ) at = new LineProgram(line, at, strings, rows).run();
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return new LineTable(rows);
}

const LINE_SECTIONS = [".debug_line", ".debug_line_str", ".debug_str"];

interface Strings {
  readonly line: Uint8Array | undefined;
  readonly other: Uint8Array | undefined;
}

// Content types and forms of a version 5 header (DWARF 5, 6.2.4.1 and 7.5.6).
const CONTENT_PATH = 1;
const CONTENT_DIRECTORY = 2;
const FORM_DATA2 = 0x05;
const FORM_DATA4 = 0x06;
const FORM_DATA8 = 0x07;
const FORM_STRING = 0x08;
const FORM_BLOCK = 0x09;
const FORM_DATA1 = 0x0b;
const FORM_STRP = 0x0e;
const FORM_UDATA = 0x0f;
const FORM_DATA16 = 0x1e;
const FORM_LINE_STRP = 0x1f;

/** One table: its header, then the program that makes the rows (DWARF 5, 6.2). */
class LineProgram {
  private readonly reader: Reader;
  private readonly strings: Strings;
  private readonly rows: Row[];
  private readonly directories: string[] = [];
  private readonly files: string[] = [];
  private readonly end: number;
  private readonly version: number;
  private instructionSize = 1;
  private lineBase = 0;
  private lineRange = 1;
  private opcodeBase = 1;
  private operandCounts: number[] = [];

  private address = 0;
  private file = 1;
  private line = 1;
  private column = 0;

  constructor(bytes: Uint8Array, at: number, strings: Strings, rows: Row[]) {
    this.reader = new Reader(bytes, at);
    this.strings = strings;
    this.rows = rows;
    const length = this.reader.u32();
    this.end = this.reader.at + length;
    this.version = length === 0 ? 0 : this.reader.u16();
  }

  /** Appends the rows; gives the offset of the next table. */
  run(): number {
    if (this.version >= 2 && this.version <= 5) {
      this.readHeader();
      while (this.reader.at < this.end) this.step();
    }
    return Math.max(this.end, this.reader.at);
  }

  private readHeader(): void {
    const { reader } = this;
    if (this.version >= 5) reader.at += 2;
    const length = reader.u32();
    const program = reader.at + length;
    this.instructionSize = reader.u8();
    if (this.version >= 4) reader.u8();
    reader.u8();
    this.lineBase = reader.i8();
    this.lineRange = Math.max(1, reader.u8());
    this.opcodeBase = reader.u8();
    this.operandCounts = Array.from({ length: Math.max(0, this.opcodeBase - 1) }, () => reader.u8());
    if (this.version >= 5) {
      for (const { path } of this.readEntries()) this.directories.push(path);
      for (const { path, directory } of this.readEntries()) this.files.push(this.join(directory, path));
    } else this.readOldFiles();
    reader.at = program;
  }

  private readOldFiles(): void {
    const { reader } = this;
    this.directories.push("");
    for (let name = reader.text(); name !== ""; name = reader.text()) this.directories.push(name);
    this.files.push("");
    for (let name = reader.text(); name !== ""; name = reader.text()) this.addOldFile(name);
  }

  private addOldFile(name: string): void {
    this.files.push(this.join(this.reader.leb(), name));
    this.reader.leb();
    this.reader.leb();
  }

  private join(directory: number, path: string): string {
    const folder = this.directories[directory] ?? "";
    return path.startsWith("/") || folder === "" ? path : `${folder}/${path}`;
  }

  private readEntries(): { path: string; directory: number }[] {
    const { reader } = this;
    const formats = Array.from({ length: reader.u8() }, () => ({
      content: reader.leb(),
      form: reader.leb(),
    }));
    const count = reader.leb();
    const entries: { path: string; directory: number }[] = [];
    for (let i = 0; i < count; i++) {
      const entry = { path: "", directory: 0 };
      for (const { content, form } of formats) {
        const value = this.readForm(form);
        if (content === CONTENT_PATH) entry.path = String(value);
        else if (content === CONTENT_DIRECTORY) entry.directory = Number(value);
      }
      entries.push(entry);
      if (formats.length === 0) break;
    }
    return entries;
  }

  private readForm(form: number): string | number {
    const { reader } = this;
    switch (form) {
      case FORM_STRING:
        return reader.text();
      case FORM_LINE_STRP:
        return new Reader(this.strings.line ?? new Uint8Array(0), reader.u32()).text();
      case FORM_STRP:
        return new Reader(this.strings.other ?? new Uint8Array(0), reader.u32()).text();
      case FORM_DATA1:
        return reader.u8();
      case FORM_DATA2:
        return reader.u16();
      case FORM_DATA4:
        return reader.u32();
      case FORM_UDATA:
        return reader.leb();
      case FORM_DATA8:
        reader.at += 8;
        return 0;
      case FORM_DATA16:
        reader.at += 16;
        return 0;
      case FORM_BLOCK:
        reader.at += reader.leb();
        return 0;
      default:
        throw new RangeError(`form ${form} cannot stand in a line table`);
    }
  }

  private step(): void {
    const opcode = this.reader.u8();
    if (opcode === 0) this.extended();
    else if (opcode < this.opcodeBase) this.standard(opcode);
    else {
      this.advance(opcode - this.opcodeBase);
      this.line += this.lineBase + ((opcode - this.opcodeBase) % this.lineRange);
      this.append(false);
    }
  }

  private advance(opcode: number): void {
    this.address += Math.floor(opcode / this.lineRange) * this.instructionSize;
  }

  private append(end: boolean): void {
    const file = this.files[this.file] ?? "";
    this.rows.push({ address: this.address >>> 0, file, line: this.line, column: this.column, end });
  }

  private extended(): void {
    const { reader } = this;
    const length = reader.leb();
    const next = reader.at + length;
    const opcode = length > 0 ? reader.u8() : 0;
    if (opcode === 1) {
      this.append(true);
      this.address = 0;
      this.file = 1;
      this.line = 1;
      this.column = 0;
    } else if (opcode === 2) this.address = reader.u32();
    else if (opcode === 3) this.addOldFile(reader.text());
    reader.at = next;
  }

  private standard(opcode: number): void {
    const { reader } = this;
    switch (opcode) {
      case 1:
        return this.append(false);
      case 2:
        this.address += reader.leb() * this.instructionSize;
        return;
      case 3:
        this.line += reader.leb(true);
        return;
      case 4:
        this.file = reader.leb();
        return;
      case 5:
        this.column = reader.leb();
        return;
      case 8:
        return this.advance(255 - this.opcodeBase);
      case 9:
        this.address += reader.u16();
        return;
      default:
        for (let i = this.operandCounts[opcode - 1] ?? 0; i > 0; i--) reader.leb();
    }
  }
}
