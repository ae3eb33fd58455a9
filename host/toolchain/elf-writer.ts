// Writes ELF32 files for RISC-V: the header, sections one after another, and the tables. Knows the
// format only; what stands in it is decided by the object writer and the linker.

import {
  EF_RISCV_RVC,
  EHDR_SIZE,
  ELF_MAGIC,
  ELFCLASS32,
  ELFDATA2LSB,
  EM_RISCV,
  EV_CURRENT,
  PHDR_SIZE,
  SHDR_SIZE,
  SHT_NOBITS,
  SHT_NULL,
  SYM_SIZE,
} from "../loader/elf-constants.ts";

export interface OutputSection {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly bytes: Uint8Array;
  /** Size in memory; of sections without contents in the file, the only size. */
  readonly size: number;
  readonly link: number;
  readonly info: number;
  readonly align: number;
  readonly entrySize: number;
  /** Offset in the file, if it is prescribed (a multiple of the alignment, beyond what comes before). */
  readonly fileOffset?: number;
}

export interface OutputSegment {
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly fileOffset: number;
  readonly fileSize: number;
  readonly memorySize: number;
  readonly align: number;
}

export interface OutputFile {
  readonly type: number;
  readonly entry: number;
  readonly segments: readonly OutputSegment[];
  /** Without the null section; the last one must be the table of section names (written here). */
  readonly sections: readonly OutputSection[];
}

/** Collects strings of a string table; offset 0 is the empty string. */
export class StringTable {
  private readonly offsets = new Map<string, number>([["", 0]]);
  private readonly chunks: string[] = ["\0"];
  private length = 1;

  /** The offset of a string, which is added if it is new. */
  offset(text: string): number {
    const known = this.offsets.get(text);
    if (known !== undefined) return known;
    const offset = this.length;
    const bytes = new TextEncoder().encode(text);
    this.offsets.set(text, offset);
    this.chunks.push(`${text}\0`);
    this.length += bytes.length + 1;
    return offset;
  }

  bytes(): Uint8Array {
    return new TextEncoder().encode(this.chunks.join(""));
  }
}

export interface OutputSymbol {
  readonly name: string;
  readonly value: number;
  readonly size: number;
  readonly binding: number;
  readonly type: number;
  readonly visibility: number;
  readonly section: number;
}

/** The symbol table's bytes; symbols must be sorted, local ones first. The null symbol is added. */
export function writeSymbols(symbols: readonly OutputSymbol[], strings: StringTable): Uint8Array {
  const bytes = new Uint8Array((symbols.length + 1) * SYM_SIZE);
  const view = new DataView(bytes.buffer);
  symbols.forEach((symbol, index) => {
    const at = (index + 1) * SYM_SIZE;
    view.setUint32(at, strings.offset(symbol.name), true);
    view.setInt32(at + 4, symbol.value, true);
    view.setUint32(at + 8, symbol.size, true);
    view.setUint8(at + 12, (symbol.binding << 4) | symbol.type);
    view.setUint8(at + 13, symbol.visibility);
    view.setUint16(at + 14, symbol.section, true);
  });
  return bytes;
}

interface Placed {
  readonly section: OutputSection;
  readonly offset: number;
}

/** The bytes of the file. A section `.shstrtab` is appended. */
export function writeElf(file: OutputFile): Uint8Array {
  const names = new StringTable();
  for (const { name } of file.sections) names.offset(name);
  names.offset(".shstrtab");
  const nameSection = {
    name: ".shstrtab",
    type: 3,
    flags: 0,
    address: 0,
    bytes: names.bytes(),
    size: 0,
    link: 0,
    info: 0,
    align: 1,
    entrySize: 0,
  };
  const sections = [...file.sections, { ...nameSection, size: nameSection.bytes.length }];
  const { placed, end } = placeSections(sections, EHDR_SIZE + file.segments.length * PHDR_SIZE);
  const tableOffset = (end + 3) & ~3;
  const bytes = new Uint8Array(tableOffset + (sections.length + 1) * SHDR_SIZE);
  const view = new DataView(bytes.buffer);
  writeHeader(view, file, tableOffset, sections.length + 1);
  for (const [index, segment] of file.segments.entries()) {
    writeSegment(view, EHDR_SIZE + index * PHDR_SIZE, segment);
  }
  placed.forEach((item, index) => {
    if (item.section.type !== SHT_NOBITS) bytes.set(item.section.bytes, item.offset);
    writeSectionHeader(view, tableOffset + (index + 1) * SHDR_SIZE, item, names.offset(item.section.name));
  });
  return bytes;
}

function placeSections(sections: readonly OutputSection[], start: number): { placed: Placed[]; end: number } {
  let offset = start;
  const placed = sections.map((section) => {
    const align = Math.max(1, section.align);
    offset = section.fileOffset ?? Math.ceil(offset / align) * align;
    const at = offset;
    if (section.type !== SHT_NOBITS && section.type !== SHT_NULL) offset += section.bytes.length;
    return { section, offset: at };
  });
  return { placed, end: offset };
}

function writeHeader(view: DataView, file: OutputFile, tableOffset: number, sectionCount: number): void {
  view.setUint32(0, ELF_MAGIC, true);
  view.setUint8(4, ELFCLASS32);
  view.setUint8(5, ELFDATA2LSB);
  view.setUint8(6, EV_CURRENT);
  view.setUint16(16, file.type, true);
  view.setUint16(18, EM_RISCV, true);
  view.setUint32(20, EV_CURRENT, true);
  view.setUint32(24, file.entry, true);
  view.setUint32(28, file.segments.length > 0 ? EHDR_SIZE : 0, true);
  view.setUint32(32, tableOffset, true);
  view.setUint32(36, EF_RISCV_RVC, true);
  view.setUint16(40, EHDR_SIZE, true);
  view.setUint16(42, file.segments.length > 0 ? PHDR_SIZE : 0, true);
  view.setUint16(44, file.segments.length, true);
  view.setUint16(46, SHDR_SIZE, true);
  view.setUint16(48, sectionCount, true);
  view.setUint16(50, sectionCount - 1, true);
}

function writeWords(view: DataView, at: number, words: readonly number[]): void {
  for (const [i, word] of words.entries()) view.setUint32(at + 4 * i, word, true);
}

function writeSegment(view: DataView, at: number, segment: OutputSegment): void {
  const { type, fileOffset, address, fileSize, memorySize, flags, align } = segment;
  writeWords(view, at, [type, fileOffset, address, address, fileSize, memorySize, flags, align]);
}

function writeSectionHeader(view: DataView, at: number, { section, offset }: Placed, name: number): void {
  const { type, flags, address, size, link, info, align, entrySize } = section;
  writeWords(view, at, [name, type, flags, address, offset, size, link, info, align, entrySize]);
}
