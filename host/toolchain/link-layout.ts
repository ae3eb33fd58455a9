// Where everything lies in the program: gathers the sections of all objects by name, orders them by what they
// may do (code, constants, data, zeros), gives them addresses, and defines the names that depend on these.

import {
  EHDR_SIZE,
  PHDR_SIZE,
  SHF_ALLOC,
  SHF_EXECINSTR,
  SHF_TLS,
  SHF_WRITE,
  SHN_ABS,
  SHT_NOBITS,
  SHT_PROGBITS,
  STB_GLOBAL,
  STT_NOTYPE,
  STT_OBJECT,
  STV_DEFAULT,
} from "../loader/elf-constants.ts";
import type { Definition, Link } from "./linker.ts";
import type { InputSection } from "./object-reader.ts";

const PAGE = 4096;

/** A section of the program. */
export interface ProgramSection {
  readonly name: string;
  type: number;
  flags: number;
  align: number;
  readonly inputs: InputSection[];
  size: number;
  address: number;
  fileOffset: number;
}

export interface ProgramLayout {
  /** In the order of addresses, then those of debug information. */
  readonly sections: readonly ProgramSection[];
  /** Runs of sections that are mapped alike. */
  readonly segments: readonly (readonly ProgramSection[])[];
  readonly textAddress: number;
  readonly tls:
    | {
        readonly start: number;
        readonly fileOffset: number;
        readonly fileSize: number;
        readonly size: number;
        readonly align: number;
      }
    | undefined;
}

/** Order of the known sections in the program. */
const ORDER = [
  ".init",
  ".text",
  ".fini",
  ".rodata",
  ".srodata",
  ".eh_frame",
  ".tdata",
  ".tbss",
  ".preinit_array",
  ".init_array",
  ".fini_array",
  ".data",
  ".sdata",
  ".sbss",
  ".bss",
];

/** `.text.main` belongs to `.text`. */
function outputName(name: string): string {
  for (const stem of ORDER)
    if (name.startsWith(stem) && (name.length === stem.length || name[stem.length] === ".")) return stem;
  if (name.startsWith(".gnu.linkonce.t.")) return ".text";
  return name;
}

/** Sorts sections: code, constants, data that a thread copies, data, zeros; then by name. */
function rank({ name, flags, type }: ProgramSection): number {
  const kind =
    (flags & SHF_ALLOC) === 0
      ? 4
      : (flags & SHF_EXECINSTR) !== 0
        ? 0
        : (flags & SHF_WRITE) === 0
          ? 1
          : type === SHT_NOBITS && (flags & SHF_TLS) === 0
            ? 3
            : 2;
  const known = ORDER.indexOf(name);
  return kind * 100 + (known < 0 ? 50 : known);
}

/** Gives all sections and symbols of the link their addresses. */
export function layOutProgram(link: Link, textAddress: number): ProgramLayout {
  const sections = gather(link);
  const commons = placeCommons(link, sections);
  sections.sort((a, b) => rank(a) - rank(b));
  const allocated = sections.filter(({ flags }) => (flags & SHF_ALLOC) !== 0);
  const segments = splitSegments(allocated);
  assignAddresses(segments, textAddress);
  let fileOffset = Math.max(
    EHDR_SIZE,
    ...allocated.map((section) => section.fileOffset + (section.type === SHT_NOBITS ? 0 : section.size)),
  );
  for (const section of sections) {
    if ((section.flags & SHF_ALLOC) !== 0) continue;
    section.fileOffset = fileOffset;
    fileOffset += section.size;
  }
  for (const section of sections)
    for (const { input, offset } of placements(section)) input.address = section.address + offset;
  for (const definition of link.definitions.values())
    if (definition.section) definition.address = definition.section.address + definition.symbol.value;
  for (const [name, { section, offset, size }] of commons)
    define(link, name, section.address + offset, STT_OBJECT, size);
  provide(link, sections, textAddress);
  return { sections, segments, textAddress, tls: tlsBlock(sections) };
}

function gather(link: Link): ProgramSection[] {
  const byName = new Map<string, ProgramSection>();
  for (const object of link.objects) {
    for (const input of object.sections) {
      if (input === undefined || input.discarded) continue;
      const name = outputName(input.name);
      let section = byName.get(name);
      if (section === undefined) {
        section = {
          name,
          type: input.type,
          flags: 0,
          align: 1,
          inputs: [],
          size: 0,
          address: 0,
          fileOffset: 0,
        };
        byName.set(name, section);
      }
      section.inputs.push(input);
      if (input.size === 0 && section.flags !== 0) continue;
      section.flags |= input.flags & (SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR | SHF_TLS);
      if (input.type !== SHT_NOBITS && section.type === SHT_NOBITS) section.type = SHT_PROGBITS;
    }
  }
  const sections = [...byName.values()];
  for (const section of sections) {
    sortByPriority(section);
    section.align = Math.max(...section.inputs.map(({ align }) => align));
    section.size = Math.max(0, ...placements(section).map(({ input, offset }) => offset + input.size));
  }
  return sections.filter(({ size, name }) => size > 0 || name === ".bss" || name === ".text");
}

/** `.init_array.00100` comes before `.init_array.00200`, and both before `.init_array`. */
function sortByPriority(section: ProgramSection): void {
  if (!section.name.endsWith("_array")) return;
  const priority = ({ name }: InputSection) =>
    name.length > section.name.length ? Number(name.slice(section.name.length + 1)) : 65536;
  section.inputs.sort((a, b) => priority(a) - priority(b));
}

/** The inputs of a section with their offsets in it. */
export function placements(section: ProgramSection): { input: InputSection; offset: number }[] {
  let end = 0;
  return section.inputs.map((input) => {
    const offset = Math.ceil(end / input.align) * input.align;
    end = offset + input.size;
    return { input, offset };
  });
}

/** Puts the common blocks at the end of .bss. */
function placeCommons(
  link: Link,
  sections: ProgramSection[],
): Map<string, { section: ProgramSection; offset: number; size: number }> {
  const placed = new Map<string, { section: ProgramSection; offset: number; size: number }>();
  if (link.commons.size === 0) return placed;
  let bss = sections.find(({ name }) => name === ".bss");
  if (bss === undefined) {
    bss = {
      name: ".bss",
      type: SHT_NOBITS,
      flags: SHF_ALLOC | SHF_WRITE,
      align: 1,
      inputs: [],
      size: 0,
      address: 0,
      fileOffset: 0,
    };
    sections.push(bss);
  }
  for (const [name, { size, align }] of link.commons) {
    const offset = Math.ceil(bss.size / align) * align;
    placed.set(name, { section: bss, offset, size });
    bss.size = offset + size;
    bss.align = Math.max(bss.align, align);
  }
  return placed;
}

function segmentKind({ flags }: ProgramSection): number {
  return flags & (SHF_WRITE | SHF_EXECINSTR);
}

function splitSegments(sections: readonly ProgramSection[]): ProgramSection[][] {
  const segments: ProgramSection[][] = [];
  for (const section of sections) {
    const last = segments.at(-1);
    if (last !== undefined && segmentKind(last[0]!) === segmentKind(section)) last.push(section);
    else segments.push([section]);
  }
  return segments;
}

/** Each segment begins on a page of its own, at the same offset in the page as in the file. */
function assignAddresses(segments: readonly ProgramSection[][], textAddress: number): void {
  // One more header for the TLS block, which may be there.
  let fileOffset = EHDR_SIZE + (segments.length + 1) * PHDR_SIZE;
  let address = textAddress + fileOffset;
  segments.forEach((segment, index) => {
    if (index > 0) address = Math.ceil(address / PAGE) * PAGE + (fileOffset % PAGE);
    for (const section of segment) {
      const start = Math.ceil(address / section.align) * section.align;
      fileOffset += start - address;
      section.address = start;
      section.fileOffset = fileOffset;
      address = start;
      if ((section.flags & SHF_TLS) !== 0 && section.type === SHT_NOBITS) continue;
      address += section.size;
      if (section.type !== SHT_NOBITS) fileOffset += section.size;
    }
  });
}

function tlsBlock(sections: readonly ProgramSection[]): ProgramLayout["tls"] {
  const parts = sections.filter(({ flags }) => (flags & SHF_TLS) !== 0);
  const [first] = parts;
  if (first === undefined) return undefined;
  const last = parts.at(-1)!;
  const fileSize = parts.reduce(
    (sum, part) => (part.type === SHT_NOBITS ? sum : part.address + part.size - first.address),
    0,
  );
  const align = Math.max(...parts.map((part) => part.align));
  return {
    start: first.address,
    fileOffset: first.fileOffset,
    fileSize,
    size: last.address + last.size - first.address,
    align,
  };
}

function define(link: Link, name: string, address: number, type: number, size: number): void {
  const symbol = {
    name,
    value: address,
    size,
    binding: STB_GLOBAL,
    type,
    visibility: STV_DEFAULT,
    section: SHN_ABS,
  };
  const definition: Definition = { name, object: undefined, symbol, section: undefined, address };
  link.definitions.set(name, definition);
}

/** The names of GNU ld's script that programs rely on, where they define none themselves. */
function provide(link: Link, sections: readonly ProgramSection[], textAddress: number): void {
  const allocated = sections.filter(({ flags }) => (flags & SHF_ALLOC) !== 0);
  const find = (name: string) => allocated.find((section) => section.name === name);
  const startOf = (name: string) => find(name)?.address;
  const endOf = (section: ProgramSection | undefined) =>
    section === undefined ? undefined : section.address + section.size;
  const end = Math.max(textAddress, ...allocated.map((section) => section.address + section.size));
  const zeros = allocated.filter(({ type, flags }) => type === SHT_NOBITS && (flags & SHF_TLS) === 0);
  const data = startOf(".data") ?? startOf(".sdata") ?? zeros[0]?.address ?? end;
  const small = startOf(".sdata") ?? data;
  const bss = zeros[0]?.address ?? end;
  const text = endOf(allocated.filter(({ flags }) => (flags & SHF_EXECINSTR) !== 0).at(-1)) ?? end;
  const put = (address: number, ...names: string[]) => {
    for (const name of names) if (!link.definitions.has(name)) define(link, name, address, STT_NOTYPE, 0);
  };
  put(Math.min(small + 0x800, Math.max(data + 0x800, end - 0x800)), "__global_pointer$");
  put(bss, "__bss_start", "_edata", "edata");
  put(end, "_end", "end", "__BSS_END__", "__bss_end", "_bss_end__");
  put(text, "_etext", "etext", "__etext");
  put(textAddress, "__executable_start");
  put(data, "__DATA_BEGIN__");
  put(small, "__SDATA_BEGIN__");
  for (const array of ["preinit_array", "init_array", "fini_array"]) {
    put(startOf(`.${array}`) ?? data, `__${array}_start`);
    put(endOf(find(`.${array}`)) ?? data, `__${array}_end`);
  }
  put(startOf(".tdata") ?? data, "__tdata_start", "__tls_base");
  put(endOf(find(".tdata")) ?? data, "__tdata_end");
}
