// Writes an assembly as an ELF32 relocatable object: its sections with relocations, line information,
// attributes, and the symbol table.

import {
  ET_REL,
  REL_SIZE,
  RELA_SIZE,
  SHF_INFO_LINK,
  SHN_ABS,
  SHN_COMMON,
  SHN_UNDEF,
  SHT_RELA,
  SHT_RISCV_ATTRIBUTES,
  SHT_STRTAB,
  SHT_SYMTAB,
  STB_GLOBAL,
  STB_LOCAL,
  STT_FILE,
  STT_SECTION,
  STV_DEFAULT,
  SYM_SIZE,
} from "../loader/elf-constants.ts";
import type { Assembly } from "./assembly.ts";
import { type Contents, type Relocation, sectionContents } from "./contents.ts";
import { type OutputSection, type OutputSymbol, StringTable, writeElf, writeSymbols } from "./elf-writer.ts";
import { evaluate } from "./expression.ts";
import { low32 } from "./integers.ts";
import { distanceOf, offsetOf } from "./layout.ts";
import { debugSections } from "./line-writer.ts";
import type { Section } from "./section.ts";
import { AsmSymbol } from "./symbols.ts";

/** A section of the object before the file is put together. */
export interface ObjectSection {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly align: number;
  readonly entrySize: number;
  readonly size: number;
  readonly bytes: Uint8Array;
  readonly relocations: readonly Relocation[];
}

/** The object file of an assembly that is laid out. Errors found on the way go to its diagnostics. */
export function writeObject(assembly: Assembly, file: string): Uint8Array {
  const written = new Map(assembly.sections.map((section) => [section, sectionContents(assembly, section)]));
  if (assembly.diagnostics.count > 0) return new Uint8Array(0);
  const named = new Map<AsmSymbol, Section>();
  for (const section of assembly.sections) section.symbol = new AsmSymbol(section.name);
  for (const [section, contents] of debugSections(assembly)) written.set(section, contents);
  for (const section of assembly.sections) named.set(section.symbol!, section);
  const sections = assembly.sections.map((section) => objectSection(section, written.get(section)!));
  sections.push(attributes());
  const symbols = new SymbolWriter(assembly, sections, named).run(assembly.sourceName ?? file);
  if (assembly.diagnostics.count > 0) return new Uint8Array(0);
  return writeElf({ type: ET_REL, entry: 0, segments: [], sections: tables(sections, symbols) });
}

function objectSection(section: Section, contents: Contents): ObjectSection {
  const { name, type, flags, align, entrySize, size } = section;
  return { name, type, flags, align, entrySize, size, ...contents };
}

interface Symbols {
  readonly list: readonly OutputSymbol[];
  readonly locals: number;
  readonly indices: ReadonlyMap<AsmSymbol, number>;
}

function tables(sections: readonly ObjectSection[], symbols: Symbols): OutputSection[] {
  const withRelocations = sections.filter(({ relocations }) => relocations.length > 0);
  const symbolTable = sections.length + withRelocations.length + 1;
  const strings = new StringTable();
  const symbolBytes = writeSymbols(symbols.list, strings);
  const stringBytes = strings.bytes();
  const plain = { flags: 0, address: 0, info: 0, align: 4, entrySize: 0, link: 0 };
  return [
    ...sections.map((section) => ({ ...plain, ...section })),
    ...withRelocations.map((section) => {
      const bytes = writeRelocations(section.relocations, symbols.indices);
      const info = sections.indexOf(section) + 1;
      return {
        ...plain,
        name: `.rela${section.name}`,
        type: SHT_RELA,
        flags: SHF_INFO_LINK,
        bytes,
        size: bytes.length,
        link: symbolTable,
        info,
        entrySize: RELA_SIZE,
      };
    }),
    {
      ...plain,
      name: ".symtab",
      type: SHT_SYMTAB,
      bytes: symbolBytes,
      size: symbolBytes.length,
      link: symbolTable + 1,
      info: symbols.locals + 1,
      entrySize: SYM_SIZE,
    },
    { ...plain, name: ".strtab", type: SHT_STRTAB, bytes: stringBytes, size: stringBytes.length, align: 1 },
  ];
}

function writeRelocations(
  relocations: readonly Relocation[],
  indices: ReadonlyMap<AsmSymbol, number>,
): Uint8Array {
  const bytes = new Uint8Array(relocations.length * RELA_SIZE);
  const view = new DataView(bytes.buffer);
  relocations.forEach(({ offset, type, symbol, addend }, index) => {
    const at = index * RELA_SIZE;
    view.setUint32(at, offset, true);
    view.setUint32(at + REL_SIZE / 2, ((symbol === undefined ? 0 : indices.get(symbol)!) << 8) | type, true);
    view.setInt32(at + REL_SIZE, addend, true);
  });
  return bytes;
}

class SymbolWriter {
  private readonly assembly: Assembly;
  private readonly sectionNumbers = new Map<Section, number>();
  private readonly sectionSymbols: ReadonlyMap<AsmSymbol, Section>;

  constructor(
    assembly: Assembly,
    sections: readonly ObjectSection[],
    sectionSymbols: ReadonlyMap<AsmSymbol, Section>,
  ) {
    this.assembly = assembly;
    this.sectionSymbols = sectionSymbols;
    for (const [index, section] of assembly.sections.entries()) this.sectionNumbers.set(section, index + 1);
    for (const { relocations } of sections)
      for (const { symbol } of relocations) if (symbol) symbol.relocated = true;
  }

  run(file: string): Symbols {
    const kept = [...this.assembly.symbols.all()].filter((symbol) => this.isKept(symbol));
    const locals = [
      ...this.sectionSymbols.keys(),
      ...kept.filter((symbol) => this.bindingOf(symbol) === STB_LOCAL),
    ];
    const globals = kept.filter((symbol) => this.bindingOf(symbol) !== STB_LOCAL);
    const list = [fileSymbol(file), ...[...locals, ...globals].map((symbol) => this.write(symbol))];
    const indices = new Map<AsmSymbol, number>();
    for (const [index, symbol] of [...locals, ...globals].entries()) indices.set(symbol, index + 2);
    return { list, locals: locals.length + 1, indices };
  }

  /** Names that begin with .L are for the assembler alone, unless a relocation needs them. */
  private isKept(symbol: AsmSymbol): boolean {
    if (symbol.relocated) return true;
    if (symbol.isDefined) return !symbol.name.startsWith(".L");
    return symbol.usedAt !== undefined || symbol.binding !== STB_LOCAL ? this.isNeeded(symbol) : false;
  }

  /** An undefined symbol that no relocation uses: it was mentioned, as by `.globl` or `.if`. */
  private isNeeded(symbol: AsmSymbol): boolean {
    return symbol.binding !== STB_LOCAL && !symbol.name.startsWith(".L");
  }

  private bindingOf(symbol: AsmSymbol): number {
    return symbol.binding === STB_LOCAL && !symbol.isDefined ? STB_GLOBAL : symbol.binding;
  }

  private write(symbol: AsmSymbol): OutputSymbol {
    const section = this.sectionSymbols.get(symbol);
    if (section !== undefined) {
      return {
        name: "",
        value: 0,
        size: 0,
        binding: STB_LOCAL,
        type: STT_SECTION,
        visibility: STV_DEFAULT,
        section: this.sectionNumbers.get(section)!,
      };
    }
    if (!symbol.isDefined && isPrivate(symbol)) this.reportUndefined(symbol);
    const { name, type, visibility } = symbol;
    return {
      name: name.replace("\u0002", "_"),
      ...this.place(symbol),
      binding: this.bindingOf(symbol),
      type,
      visibility,
    };
  }

  private reportUndefined(symbol: AsmSymbol): void {
    const place = symbol.usedAt ?? this.assembly.place;
    const numeric = /^\.L(\d+)\u0002/.exec(symbol.name);
    if (numeric)
      this.assembly.diagnostics.report(
        place,
        0,
        `there is no label \`${numeric[1]}:\` after this line`,
        `\`${numeric[1]}:\` below, or \`${numeric[1]}b\` for one above`,
      );
    else
      this.assembly.diagnostics.report(
        place,
        0,
        `\`${symbol.name}\` is not defined`,
        "a label of this name in this file",
      );
  }

  private place(symbol: AsmSymbol): { value: number; size: number; section: number } {
    const size = this.sizeOf(symbol);
    if (symbol.common) return { value: symbol.common.align, size: symbol.common.size, section: SHN_COMMON };
    const { position, constant } = this.resolve(symbol);
    if (position === undefined)
      return { value: constant, size, section: symbol.isDefined ? SHN_ABS : SHN_UNDEF };
    return {
      value: offsetOf(position) + constant,
      size,
      section: this.sectionNumbers.get(position.part.section)!,
    };
  }

  private resolve(symbol: AsmSymbol): { position: AsmSymbol["position"]; constant: number } {
    if (symbol.value === undefined) return { position: symbol.position, constant: 0 };
    const value = evaluate(symbol.value, distanceOf);
    if (typeof value === "string" || value.minus || (value.plus && value.plus.position === undefined)) {
      const why = typeof value === "string" ? value : "it is neither a constant nor a place in this file";
      this.assembly.diagnostics.report(
        symbol.definedAt ?? this.assembly.place,
        0,
        `\`${symbol.name}\` has no value: ${why}`,
      );
      return { position: undefined, constant: 0 };
    }
    return { position: value.plus?.position, constant: low32(value.constant) };
  }

  private sizeOf(symbol: AsmSymbol): number {
    if (symbol.size === undefined) return 0;
    const value = evaluate(symbol.size, distanceOf);
    return typeof value === "string" || value.plus || value.minus ? 0 : low32(value.constant) >>> 0;
  }
}

function isPrivate(symbol: AsmSymbol): boolean {
  return symbol.name.startsWith(".L");
}

function fileSymbol(name: string): OutputSymbol {
  return {
    name,
    value: 0,
    size: 0,
    binding: STB_LOCAL,
    type: STT_FILE,
    visibility: STV_DEFAULT,
    section: SHN_ABS,
  };
}

const ARCH = "rv32i2p1_m2p0_a2p1_c2p0";
const TAG_FILE = 1;
const TAG_ARCH = 5;

/** The architecture, for disassemblers and debuggers (psABI, 8.7). */
function attributes(): ObjectSection {
  const text = (value: string) => [...new TextEncoder().encode(value), 0];
  const word = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
  const content = [TAG_ARCH, ...text(ARCH)];
  const file = [TAG_FILE, ...word(content.length + 5), ...content];
  const vendor = [...text("riscv"), ...file];
  const bytes = Uint8Array.from([0x41, ...word(vendor.length + 4), ...vendor]);
  return {
    name: ".riscv.attributes",
    type: SHT_RISCV_ATTRIBUTES,
    flags: 0,
    align: 1,
    entrySize: 0,
    size: bytes.length,
    bytes,
    relocations: [],
  };
}
