// The section headers of an ELF file: optional in a program, read for symbols and by the disassembler.

import { EHDR_SIZE, SHDR_SIZE } from "./elf-constants.ts";
import { ElfError } from "./errors.ts";
import { type ElfSource, Fields } from "./source.ts";

export interface Section {
  /** SHT_*. */
  readonly type: number;
  /** SHF_*. */
  readonly flags: number;
  readonly address: number;
  /** Where its bytes lie in the file, and how many. Not checked: `sectionBytes` does. */
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly entrySize: number;
  /** The header itself, for errors about it. */
  readonly header: Fields;
}

/** The sections by index. Their headers stay bytes until one is asked for: as objects they would cost a multiple. */
export class Sections {
  readonly length: number;
  readonly #source: ElfSource;
  readonly #start: number;
  readonly #table: DataView;

  /** `start`: where the table lies in the file; it is known to lie inside. */
  constructor(source: ElfSource, start: number, length: number) {
    this.#source = source;
    this.#start = start;
    this.length = length;
    const table = source.read(start, length * SHDR_SIZE);
    this.#table = new DataView(table.buffer, table.byteOffset, table.byteLength);
  }

  at(index: number): Section {
    const at = this.#start + index * SHDR_SIZE;
    const header = new Fields(this.#source, at, SHDR_SIZE, `[${index}]`);
    return {
      type: header.word(4),
      flags: header.word(8),
      address: header.word(12),
      offset: header.word(16),
      size: header.word(20),
      link: header.word(24),
      entrySize: header.word(36),
      header,
    };
  }

  /** The first section of a type (SHT_*). */
  firstOfType(type: number): Section | undefined {
    for (let index = 0; index < this.length; index++) {
      if (this.#table.getUint32(index * SHDR_SIZE + 4, true) === type) return this.at(index);
    }
    return undefined;
  }

  *[Symbol.iterator](): Generator<Section, void> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }
}

/** All sections; none if the file has no headers. Throws ElfError where the table cannot be. */
export function readSections(source: ElfSource): Sections {
  if (source.size < EHDR_SIZE) throw new ElfError("truncated", "file size", 0, source.size, "an ELF header");
  const header = new Fields(source, 0, EHDR_SIZE, "");
  const start = header.word(32);
  const count = header.half(48);
  if (start === 0 || count === 0) return new Sections(source, 0, 0);
  const size = header.half(46);
  if (size !== SHDR_SIZE) throw header.error("wrong-size", "e_shentsize", 46, size, `${SHDR_SIZE}`);
  if (start + count * SHDR_SIZE > source.size) {
    const expected = `room for ${count} headers in ${source.size} bytes`;
    throw header.error("outside-file", "e_shoff", 32, start, expected);
  }
  return new Sections(source, start, count);
}

/** The section's bytes in the file. Throws ElfError where they are not inside. */
export function sectionBytes(source: ElfSource, { offset, size, header }: Section): Uint8Array {
  if (offset > source.size)
    throw header.error("outside-file", "sh_offset", 16, offset, "an offset in the file");
  const most = source.size - offset;
  if (size > most)
    throw header.error("outside-file", "sh_size", 20, size, `at most ${most}, what the file holds`);
  return source.read(offset, size);
}
