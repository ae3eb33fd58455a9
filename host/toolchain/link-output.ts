// Writes the executable of a link that has addresses: applies relocations, and puts segments, sections and
// symbols together.

import {
  ET_EXEC,
  PF_R,
  PF_W,
  PF_X,
  PT_LOAD,
  PT_TLS,
  R_RISCV_NONE,
  R_RISCV_PCREL_HI20,
  R_RISCV_PCREL_LO12_I,
  R_RISCV_PCREL_LO12_S,
  R_RISCV_TPREL_HI20,
  R_RISCV_TPREL_LO12_I,
  R_RISCV_TPREL_LO12_S,
  SHF_ALLOC,
  SHF_EXECINSTR,
  SHF_WRITE,
  SHN_ABS,
  SHN_UNDEF,
  SHT_NOBITS,
  SHT_STRTAB,
  SHT_SYMTAB,
  STB_LOCAL,
  STT_FILE,
  STT_SECTION,
  SYM_SIZE,
} from "../loader/elf-constants.ts";
import {
  type OutputSection,
  type OutputSegment,
  type OutputSymbol,
  StringTable,
  writeElf,
  writeSymbols,
} from "./elf-writer.ts";
import { type ProgramLayout, type ProgramSection, placements } from "./link-layout.ts";
import type { Link } from "./linker.ts";
import type { InputObject, InputRelocation, InputSection } from "./object-reader.ts";
import { RELOCATORS } from "./relocation.ts";

const PAGE = 4096;

/** The executable file. Relocations that cannot be are reported. */
export function writeProgram(link: Link, layout: ProgramLayout, entry: number): Uint8Array {
  const relocation = new Relocation(link, layout);
  const contents = layout.sections.map((section) => relocation.contents(section));
  const symbols = programSymbols(link, layout);
  const strings = new StringTable();
  const table = writeSymbols(symbols, strings);
  const stringBytes = strings.bytes();
  const locals = symbols.filter(({ binding }) => binding === STB_LOCAL).length;
  const plain = { flags: 0, address: 0, link: 0, info: 0, align: 4, entrySize: 0 };
  const sections: OutputSection[] = layout.sections.map((section, index) => ({
    ...plain,
    ...section,
    bytes: contents[index]!,
  }));
  sections.push(
    {
      ...plain,
      name: ".symtab",
      type: SHT_SYMTAB,
      bytes: table,
      size: table.length,
      link: sections.length + 2,
      info: locals + 1,
      entrySize: SYM_SIZE,
    },
    { ...plain, name: ".strtab", type: SHT_STRTAB, bytes: stringBytes, size: stringBytes.length, align: 1 },
  );
  return writeElf({ type: ET_EXEC, entry, segments: segmentsOf(layout), sections });
}

function segmentsOf({ segments, textAddress, tls }: ProgramLayout): OutputSegment[] {
  const list = segments.map((sections, index): OutputSegment => {
    const first = sections[0]!;
    // The first segment begins with the file's headers.
    const address = index === 0 ? textAddress : first.address;
    const fileOffset = index === 0 ? 0 : first.fileOffset;
    const stored = sections.filter(({ type }) => type !== SHT_NOBITS);
    const fileEnd = Math.max(fileOffset, ...stored.map((section) => section.fileOffset + section.size));
    const memoryEnd = Math.max(...sections.map((section) => section.address + section.size));
    const flags = PF_R | (first.flags & SHF_WRITE ? PF_W : 0) | (first.flags & SHF_EXECINSTR ? PF_X : 0);
    return {
      type: PT_LOAD,
      flags,
      address,
      fileOffset,
      fileSize: fileEnd - fileOffset,
      memorySize: memoryEnd - address,
      align: PAGE,
    };
  });
  if (tls)
    list.push({
      type: PT_TLS,
      flags: PF_R,
      address: tls.start,
      fileOffset: tls.fileOffset,
      fileSize: tls.fileSize,
      memorySize: tls.size,
      align: tls.align,
    });
  return list;
}

const THREAD_RELATIVE: ReadonlySet<number> = new Set([
  R_RISCV_TPREL_HI20,
  R_RISCV_TPREL_LO12_I,
  R_RISCV_TPREL_LO12_S,
]);

class Relocation {
  private readonly link: Link;
  private readonly layout: ProgramLayout;

  constructor(link: Link, layout: ProgramLayout) {
    this.link = link;
    this.layout = layout;
  }

  /** The relocated bytes of a section. */
  contents(section: ProgramSection): Uint8Array {
    if (section.type === SHT_NOBITS) return new Uint8Array(0);
    const bytes = new Uint8Array(section.size);
    for (const { input, offset } of placements(section)) {
      const view = bytes.subarray(offset, offset + input.size);
      view.set(input.bytes);
      this.relocate(input, new DataView(view.buffer, view.byteOffset, view.byteLength));
    }
    return bytes;
  }

  private relocate(input: InputSection, view: DataView): void {
    const highs = new Map<number, number>();
    for (const relocation of input.relocations) {
      if (relocation.type !== R_RISCV_PCREL_HI20) continue;
      highs.set(
        input.address + relocation.offset,
        this.target(input.object, relocation) - (input.address + relocation.offset),
      );
    }
    for (const relocation of input.relocations)
      if (relocation.type !== R_RISCV_NONE) this.apply(input, view, relocation, highs);
  }

  private apply(
    input: InputSection,
    view: DataView,
    relocation: InputRelocation,
    highs: ReadonlyMap<number, number>,
  ): void {
    const relocator = RELOCATORS.get(relocation.type);
    if (relocator === undefined)
      return this.report(
        input,
        relocation,
        `relocation type ${relocation.type} does not occur in static RV32 programs`,
      );
    let value = this.target(input.object, relocation);
    if (relocation.type === R_RISCV_PCREL_LO12_I || relocation.type === R_RISCV_PCREL_LO12_S) {
      const high = highs.get(value - relocation.addend);
      if (high === undefined)
        return this.report(
          input,
          relocation,
          "%pcrel_lo must name the label of an auipc with %pcrel_hi in the same section",
        );
      value = high;
    } else if (THREAD_RELATIVE.has(relocation.type)) value -= this.layout.tls?.start ?? 0;
    else if (relocator.relative) value -= input.address + relocation.offset;
    this.write(input, view, relocation, relocator.write, value);
  }

  private write(
    input: InputSection,
    view: DataView,
    relocation: InputRelocation,
    write: (view: DataView, offset: number, value: number) => string | undefined,
    value: number,
  ): void {
    try {
      const problem = write(view, relocation.offset, value);
      if (problem !== undefined) this.report(input, relocation, problem);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.report(input, relocation, `the relocation's field lies beyond the section's ${input.size} bytes`);
    }
  }

  /** S + A; 0 + A for weak names without a definition. */
  private target(object: InputObject, { symbol: index, addend }: InputRelocation): number {
    return symbolAddress(this.link, object, index) + addend;
  }

  private report(input: InputSection, { offset, symbol, type }: InputRelocation, message: string): void {
    const name = input.object.symbols[symbol]?.name ?? "";
    const of = RELOCATORS.get(type)?.name ?? `relocation ${type}`;
    this.link.diagnostics.reportFile(
      input.object.name,
      `${input.name}+0x${offset.toString(16)}: ${of}${name === "" ? "" : ` of \`${name}\``}: ${message}`,
    );
  }
}

function symbolAddress(link: Link, object: InputObject, index: number): number {
  const symbol = object.symbols[index];
  if (index === 0 || symbol === undefined) return 0;
  if (symbol.binding !== STB_LOCAL) return link.definitions.get(symbol.name)?.address ?? 0;
  if (symbol.section === SHN_ABS) return symbol.value;
  return (object.sections[symbol.section]?.address ?? 0) + symbol.value;
}

/** The symbols of the program: local ones object by object, then the global ones. */
function programSymbols(link: Link, layout: ProgramLayout): OutputSymbol[] {
  const numbers = new Map<InputSection, number>();
  for (const [index, section] of layout.sections.entries()) {
    for (const input of section.inputs) numbers.set(input, index + 1);
  }
  const locals: OutputSymbol[] = [];
  for (const object of link.objects) {
    object.symbols.forEach((symbol, index) => {
      if (
        symbol.binding !== STB_LOCAL ||
        symbol.name === "" ||
        symbol.type === STT_SECTION ||
        symbol.name.startsWith(".L")
      )
        return;
      const section =
        symbol.section === SHN_ABS ? SHN_ABS : (numbers.get(object.sections[symbol.section]!) ?? SHN_UNDEF);
      if (section === SHN_UNDEF) return;
      locals.push({
        ...symbol,
        section,
        value: symbol.type === STT_FILE ? 0 : symbolAddress(link, object, index),
      });
    });
  }
  const globals = [...link.definitions.values()].map(({ symbol, section, address }) => ({
    ...symbol,
    value: address,
    section: section === undefined ? sectionAt(layout, address, symbol.type) : numbers.get(section)!,
  }));
  return [...locals, ...globals];
}

/** Blocks that the linker places belong to the section they lie in; other addresses are absolute. */
function sectionAt({ sections }: ProgramLayout, address: number, type: number): number {
  if (type === 0) return SHN_ABS;
  const index = sections.findIndex(
    (section) =>
      (section.flags & SHF_ALLOC) !== 0 &&
      address >= section.address &&
      address < section.address + section.size,
  );
  return index < 0 ? SHN_ABS : index + 1;
}
