// Reads ELF32 relocatable objects and `ar` archives for the linker. Everything that could lead outside of the
// file is checked here; a mistake is an InputError that names the field.

import {
  EHDR_SIZE,
  ELF_MAGIC,
  ELFCLASS32,
  EM_RISCV,
  ET_REL,
  RELA_SIZE,
  SHDR_SIZE,
  SHF_ALLOC,
  SHN_XINDEX,
  SHT_GROUP,
  SHT_NOBITS,
  SHT_RELA,
  SHT_SYMTAB,
  STT_SECTION,
  SYM_SIZE,
} from "../loader/elf-constants.ts";

/** Larger alignments are taken for damage. */
const ALIGN_LIMIT = 65536;

/** The file is not what it should be. */
export class InputError extends Error {}

export interface InputRelocation {
  readonly offset: number;
  readonly type: number;
  /** Index in the object's symbols; 0 means none. */
  readonly symbol: number;
  readonly addend: number;
}

export interface InputSection {
  readonly object: InputObject;
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly align: number;
  readonly size: number;
  readonly bytes: Uint8Array;
  relocations: readonly InputRelocation[];
  /** Left out: its group came with an earlier object. */
  discarded: boolean;
  /** Address in the program, set by the layout. */
  address: number;
}

export interface InputSymbol {
  readonly name: string;
  readonly value: number;
  readonly size: number;
  readonly binding: number;
  readonly type: number;
  readonly visibility: number;
  /** SHN_* or the index of a section. */
  readonly section: number;
}

export interface InputObject {
  readonly name: string;
  /** By section number; what holds no contents of the program is undefined. */
  readonly sections: (InputSection | undefined)[];
  readonly symbols: InputSymbol[];
  /** Signatures of its groups, with the members' section numbers. */
  readonly groups: readonly { readonly signature: string; readonly members: readonly number[] }[];
}

interface Header {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly info: number;
  readonly align: number;
}

/** Whether bytes begin like an archive. */
export function isArchive(bytes: Uint8Array): boolean {
  return ascii(bytes, 0, 8) === "!<arch>\n";
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}

function stringAt(bytes: Uint8Array, offset: number): string {
  const end = bytes.indexOf(0, offset);
  if (offset > bytes.length || end < 0)
    throw new InputError(`a name at offset ${offset} of its table does not end`);
  return new TextDecoder().decode(bytes.subarray(offset, end));
}

/** Parses an object. */
export function readObject(name: string, bytes: Uint8Array): InputObject {
  return new ObjectReader(name, bytes).run();
}

class ObjectReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly object: InputObject & { groups: { signature: string; members: number[] }[] };

  constructor(name: string, bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.object = { name, sections: [], symbols: [], groups: [] };
  }

  run(): InputObject {
    this.checkHeader();
    const headers = this.headers();
    const symbolTable = headers.find(({ type }) => type === SHT_SYMTAB);
    if (symbolTable) this.readSymbols(symbolTable, headers);
    headers.forEach((header, index) => {
      if (isContents(header)) this.object.sections[index] = this.section(header);
    });
    for (const header of headers) {
      if (header.type === SHT_RELA) this.readRelocations(header);
      else if (header.type === SHT_GROUP) this.readGroup(header);
    }
    return this.object;
  }

  private checkHeader(): void {
    const { view, bytes } = this;
    if (bytes.length < EHDR_SIZE || view.getUint32(0, true) !== ELF_MAGIC)
      throw new InputError("this is neither an ELF object nor an archive");
    if (view.getUint8(4) !== ELFCLASS32) throw new InputError("e_ident: this is no 32-bit object");
    if (view.getUint16(18, true) !== EM_RISCV)
      throw new InputError(`e_machine is ${view.getUint16(18, true)}, not 243 (RISC-V)`);
    if (view.getUint16(16, true) !== ET_REL)
      throw new InputError(`e_type is ${view.getUint16(16, true)}, not 1 (relocatable object)`);
  }

  private headers(): Header[] {
    const table = this.view.getUint32(32, true);
    const count = this.view.getUint16(48, true);
    this.check(table, count * SHDR_SIZE, "the section header table");
    const raw = Array.from({ length: count }, (_, index) => {
      const word = (field: number) => this.view.getUint32(table + index * SHDR_SIZE + field * 4, true);
      return {
        nameOffset: word(0),
        type: word(1),
        flags: word(2),
        offset: word(4),
        size: word(5),
        link: word(6),
        info: word(7),
        align: word(8),
      };
    });
    const names = raw[this.view.getUint16(50, true)];
    const nameBytes = names ? this.slice(names, "the section names") : new Uint8Array(1);
    return raw.map((header) => ({ ...header, name: stringAt(nameBytes, header.nameOffset) }));
  }

  private check(offset: number, size: number, what: string): void {
    if (offset + size > this.bytes.length)
      throw new InputError(`${what} (${size} bytes at offset ${offset}) reach beyond the end of the file`);
  }

  private slice({ offset, size }: { offset: number; size: number }, what: string): Uint8Array {
    this.check(offset, size, what);
    return this.bytes.subarray(offset, offset + size);
  }

  private section(header: Header): InputSection {
    const { name, type, flags, align, size } = header;
    if ((align & (align - 1)) !== 0 || align > ALIGN_LIMIT)
      throw new InputError(`sh_addralign of ${name} is ${align}, no power of two up to ${ALIGN_LIMIT}`);
    const bytes = type === SHT_NOBITS ? new Uint8Array(0) : this.slice(header, name);
    return {
      object: this.object,
      name,
      type,
      flags,
      align: Math.max(1, align),
      size,
      bytes,
      relocations: [],
      discarded: false,
      address: 0,
    };
  }

  private readSymbols(table: Header, headers: readonly Header[]): void {
    const strings = headers[table.link];
    if (strings === undefined) throw new InputError(`sh_link of ${table.name} is ${table.link}, no section`);
    const names = this.slice(strings, strings.name);
    this.check(table.offset, table.size, table.name);
    for (let at = table.offset; at + SYM_SIZE <= table.offset + table.size; at += SYM_SIZE) {
      const info = this.view.getUint8(at + 12);
      const section = this.view.getUint16(at + 14, true);
      if (section === SHN_XINDEX) throw new InputError("it has too many sections");
      const type = info & 15;
      const own = stringAt(names, this.view.getUint32(at, true));
      this.object.symbols.push({
        name: type === STT_SECTION && own === "" ? (headers[section]?.name ?? "") : own,
        value: this.view.getUint32(at + 4, true),
        size: this.view.getUint32(at + 8, true),
        binding: info >> 4,
        type,
        visibility: this.view.getUint8(at + 13) & 3,
        section,
      });
    }
  }

  private readRelocations(header: Header): void {
    const section = this.object.sections[header.info];
    if (section === undefined) return;
    this.check(header.offset, header.size, header.name);
    const list: InputRelocation[] = [];
    for (let at = header.offset; at + RELA_SIZE <= header.offset + header.size; at += RELA_SIZE) {
      const info = this.view.getUint32(at + 4, true);
      const symbol = info >>> 8;
      if (symbol >= Math.max(1, this.object.symbols.length))
        throw new InputError(`${header.name}: there is no symbol ${symbol}`);
      list.push({
        offset: this.view.getUint32(at, true),
        type: info & 255,
        symbol,
        addend: this.view.getInt32(at + 8, true),
      });
    }
    section.relocations = list;
  }

  private readGroup(header: Header): void {
    const bytes = this.slice(header, header.name);
    const members: number[] = [];
    for (let at = 4; at + 4 <= bytes.length; at += 4)
      members.push(this.view.getUint32(header.offset + at, true));
    this.object.groups.push({ signature: this.object.symbols[header.info]?.name ?? "", members });
  }
}

/** Sections that become part of the program, or of its debug information. */
function isContents({ type, flags, name }: Header): boolean {
  if ((flags & SHF_ALLOC) !== 0) return true;
  return type === 1 && name.startsWith(".debug_");
}

/** An archive: its members by the symbols that they define. */
export interface Archive {
  readonly name: string;
  /** Offset of the member that defines a symbol. */
  readonly index: ReadonlyMap<string, number>;
  readonly member: (offset: number) => { readonly name: string; readonly bytes: Uint8Array };
}

const MEMBER_HEADER = 60;

/** Parses an archive's members and symbol index (System V form, as GNU ar and llvm-ar write it). */
export function readArchive(name: string, bytes: Uint8Array): Archive {
  let longNames = "";
  let index: Map<string, number> | undefined;
  const offsets: number[] = [];
  for (let at = 8; at + MEMBER_HEADER <= bytes.length; ) {
    const size = Number(ascii(bytes, at + 48, at + 58));
    const start = at + MEMBER_HEADER;
    if (!Number.isInteger(size) || size < 0 || start + size > bytes.length)
      throw new InputError(`the archive member at offset ${at} has a wrong size`);
    const id = ascii(bytes, at, at + 16).trimEnd();
    if (id === "/") index = readIndex(bytes.subarray(start, start + size));
    else if (id === "//") longNames = new TextDecoder("latin1").decode(bytes.subarray(start, start + size));
    else offsets.push(at);
    at = start + size + (size & 1);
  }
  const member = (at: number) => {
    if (!offsets.includes(at))
      throw new InputError(`the symbol index leads to offset ${at}, where no member begins`);
    const id = ascii(bytes, at, at + 16).trimEnd();
    const long = /^\/(\d+)$/.exec(id);
    const own = long ? longNames.slice(Number(long[1])).split("/\n", 1)[0]! : id.replace(/\/$/, "");
    const size = Number(ascii(bytes, at + 48, at + 58));
    return { name: `${name}(${own})`, bytes: bytes.subarray(at + MEMBER_HEADER, at + MEMBER_HEADER + size) };
  };
  return { name, index: index ?? indexMembers(offsets, member), member };
}

function readIndex(bytes: Uint8Array): Map<string, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = bytes.length >= 4 ? view.getUint32(0) : 0;
  if (4 + count * 4 > bytes.length)
    throw new InputError(`the symbol index of the archive cannot hold ${count} symbols`);
  const names = new TextDecoder("latin1").decode(bytes.subarray(4 + count * 4)).split("\0");
  const index = new Map<string, number>();
  for (let i = 0; i < count; i++) if (!index.has(names[i]!)) index.set(names[i]!, view.getUint32(4 + i * 4));
  return index;
}

/** An archive without an index: looks into each member. */
function indexMembers(
  offsets: readonly number[],
  member: (at: number) => { name: string; bytes: Uint8Array },
): Map<string, number> {
  const index = new Map<string, number>();
  for (const at of offsets) {
    const { name, bytes } = member(at);
    for (const symbol of readObject(name, bytes).symbols) {
      if (symbol.binding !== 0 && symbol.section !== 0 && !index.has(symbol.name)) index.set(symbol.name, at);
    }
  }
  return index;
}
