// Writes line information as `as -g` does: a DWARF 3 line table (.debug_line), and the little that a
// debugger needs to find it (.debug_info, .debug_abbrev).

import { R_RISCV_32, SHF_ALLOC, SHT_PROGBITS } from "../loader/elf-constants.ts";
import type { Assembly, LineEntry } from "./assembly.ts";
import { type Contents, leb128, type Relocation } from "./contents.ts";
import { offsetOf } from "./layout.ts";
import type { Section } from "./section.ts";
import { AsmSymbol } from "./symbols.ts";

// DWARF 3, chapter 7.21: opcodes of the line program.
const LINE_BASE = -5;
const LINE_RANGE = 14;
const OPCODE_BASE = 13;
const OPERAND_COUNTS = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1];
const SET_FILE = 4;
const SET_COLUMN = 5;
const ADVANCE_PC = 2;
const ADVANCE_LINE = 3;
const COPY = 1;
const END_SEQUENCE = 1;
const SET_ADDRESS = 2;

/** Bytes that grow, with places for addresses. */
class ByteWriter {
  readonly bytes: number[] = [];
  readonly relocations: Relocation[] = [];

  u8(...values: number[]): void {
    this.bytes.push(...values);
  }

  u16(value: number): void {
    this.bytes.push(value & 255, value >> 8);
  }

  u32(value: number): void {
    this.bytes.push(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24);
  }

  leb(value: number, signed = false): void {
    this.bytes.push(...leb128(value, 1, signed));
  }

  text(value: string): void {
    this.bytes.push(...new TextEncoder().encode(value), 0);
  }

  address(section: Section, addend: number): void {
    this.relocations.push({ offset: this.bytes.length, type: R_RISCV_32, symbol: section.symbol, addend });
    this.u32(0);
  }

  /** Fills in a 4-byte length at `at`, counted from behind it to here. */
  length(at: number): void {
    const value = this.bytes.length - at - 4;
    for (let i = 0; i < 4; i++) this.bytes[at + i] = (value >> (8 * i)) & 255;
  }
}

/** Makes the sections of line information, and gives their contents; none if the source brought its own. */
export function debugSections(assembly: Assembly): Map<Section, Contents> {
  const contents = new Map<Section, Contents>();
  if (assembly.lines.length === 0 || assembly.findSection(".debug_line")) return contents;
  const line = makeSection(assembly, ".debug_line");
  if (assembly.hasLocations) return contents.set(line, finish(line, writeLines(assembly)));
  const abbreviations = makeSection(assembly, ".debug_abbrev");
  const info = makeSection(assembly, ".debug_info");
  contents.set(line, finish(line, writeLines(assembly)));
  contents.set(abbreviations, finish(abbreviations, writeAbbreviations()));
  return contents.set(info, finish(info, writeInfo(assembly, abbreviations, line)));
}

function makeSection(assembly: Assembly, name: string): Section {
  const section = assembly.findSection(name) ?? assembly.makeSection(name, { type: SHT_PROGBITS, flags: 0 });
  section.symbol = new AsmSymbol(name);
  return section;
}

function finish(section: Section, writer: ByteWriter): Contents {
  const bytes = Uint8Array.from(writer.bytes);
  section.size = bytes.length;
  return { bytes, relocations: writer.relocations };
}

function writeLines(assembly: Assembly): ByteWriter {
  const writer = new ByteWriter();
  writer.u32(0);
  writer.u16(3);
  const headerLength = writer.bytes.length;
  writer.u32(0);
  writer.u8(1, 1, LINE_BASE & 255, LINE_RANGE, OPCODE_BASE, ...OPERAND_COUNTS);
  writer.u8(0);
  for (const name of assembly.files) {
    writer.text(name);
    writer.u8(0, 0, 0);
  }
  writer.u8(0);
  writer.length(headerLength);
  for (const code of assembly.sections) {
    const entries = assembly.lines.filter(({ position }) => position.part.section === code);
    if (entries.length > 0 && (code.flags & SHF_ALLOC) !== 0) writeSequence(writer, code, entries);
  }
  writer.length(0);
  return writer;
}

/** The rows of one section, in the order of addresses. */
function writeSequence(writer: ByteWriter, code: Section, entries: readonly LineEntry[]): void {
  const rows = entries
    .map((entry) => ({ ...entry, address: offsetOf(entry.position) }))
    .sort((a, b) => a.address - b.address);
  let { address } = rows[0]!;
  let line = 1;
  let file = 1;
  let column = 0;
  writer.u8(0, 5, SET_ADDRESS);
  writer.address(code, address);
  for (const row of rows) {
    if (row.file + 1 !== file) {
      file = row.file + 1;
      writer.u8(SET_FILE);
      writer.leb(file);
    }
    if (row.column !== column) {
      ({ column } = row);
      writer.u8(SET_COLUMN);
      writer.leb(column);
    }
    advance(writer, row.line - line, row.address - address);
    ({ line, address } = row);
  }
  writer.u8(ADVANCE_PC);
  writer.leb(code.size - address);
  writer.u8(0, 1, END_SEQUENCE);
}

/** One row: a special opcode if it can express both steps. */
function advance(writer: ByteWriter, lines: number, bytes: number): void {
  const opcode = lines - LINE_BASE + LINE_RANGE * bytes + OPCODE_BASE;
  if (lines >= LINE_BASE && lines < LINE_BASE + LINE_RANGE && opcode <= 255) return writer.u8(opcode);
  if (lines !== 0) {
    writer.u8(ADVANCE_LINE);
    writer.leb(lines, true);
  }
  if (bytes !== 0) {
    writer.u8(ADVANCE_PC);
    writer.leb(bytes);
  }
  writer.u8(COPY);
}

const TAG_COMPILE_UNIT = 0x11;
const AT_NAME = 0x03;
const AT_STMT_LIST = 0x10;
const AT_LOW_PC = 0x11;
const AT_HIGH_PC = 0x12;
const AT_LANGUAGE = 0x13;
const AT_PRODUCER = 0x25;
const FORM_ADDR = 0x01;
const FORM_DATA2 = 0x05;
const FORM_DATA4 = 0x06;
const FORM_STRING = 0x08;
const LANGUAGE_ASSEMBLER = 0x8001;

function writeAbbreviations(): ByteWriter {
  const writer = new ByteWriter();
  writer.u8(1, TAG_COMPILE_UNIT, 0);
  writer.u8(
    AT_STMT_LIST,
    FORM_DATA4,
    AT_LOW_PC,
    FORM_ADDR,
    AT_HIGH_PC,
    FORM_ADDR,
    AT_NAME,
    FORM_STRING,
    AT_PRODUCER,
    FORM_STRING,
    AT_LANGUAGE,
    FORM_DATA2,
  );
  writer.u8(0, 0, 0);
  return writer;
}

function writeInfo(assembly: Assembly, abbreviations: Section, lines: Section): ByteWriter {
  const writer = new ByteWriter();
  const code = assembly.lines[0]!.position.part.section;
  writer.u32(0);
  writer.u16(3);
  // Offsets into other debug sections are relocated: the linker puts those of several objects together.
  writer.address(abbreviations, 0);
  writer.u8(4, 1);
  writer.address(lines, 0);
  writer.address(code, 0);
  writer.address(code, code.size);
  writer.text(assembly.files[0]!);
  writer.text("Timeslice assembler");
  writer.u16(LANGUAGE_ASSEMBLER);
  writer.u8(0);
  writer.length(0);
  return writer;
}
