// The form of debug information: the sections of an executable that hold it, and the numbers and texts in them.

import { EHDR_SIZE, ELF_MAGIC, SHDR_SIZE } from "../loader/elf-constants.ts";

/** The sections of an ELF file with these names. Throws RangeError where the file is damaged. */
export function debugSections(file: Uint8Array, names: readonly string[]): Map<string, Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const sections = new Map<string, Uint8Array>();
  if (file.length < EHDR_SIZE || view.getUint32(0, true) !== ELF_MAGIC) return sections;
  const table = view.getUint32(32, true);
  const word = (section: number, field: number) =>
    view.getUint32(table + section * SHDR_SIZE + field * 4, true);
  const texts = word(view.getUint16(50, true), 4);
  for (let i = 1; i < view.getUint16(48, true); i++) {
    const name = names.find((wanted) => isNamed(file, texts + word(i, 0), wanted));
    if (name !== undefined) sections.set(name, file.subarray(word(i, 4), word(i, 4) + word(i, 5)));
  }
  return sections;
}

/** Whether the name, ended by a zero, stands at a byte of the file. */
function isNamed(file: Uint8Array, at: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) if (file[at + i] !== name.charCodeAt(i)) return false;
  return file[at + name.length] === 0;
}

/** Reads numbers and texts from bytes; beyond their end it throws RangeError. */
export class Reader {
  readonly bytes: Uint8Array;
  private readonly view: DataView;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
  }

  u8(): number {
    return this.view.getUint8(this.at++);
  }

  i8(): number {
    return this.view.getInt8(this.at++);
  }

  u16(): number {
    this.at += 2;
    return this.view.getUint16(this.at - 2, true);
  }

  u32(): number {
    this.at += 4;
    return this.view.getUint32(this.at - 4, true);
  }

  leb(signed = false): number {
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = this.u8();
      if (shift < 32) value |= (byte & 127) << shift;
      shift += 7;
      if (byte >= 128) continue;
      if (signed && shift < 32 && (byte & 64) !== 0) value |= -1 << shift;
      return signed ? value : value >>> 0;
    }
  }

  text(): string {
    const end = this.bytes.indexOf(0, this.at);
    if (end < 0 || this.at > this.bytes.length) throw new RangeError("a text does not end");
    const text = new TextDecoder().decode(this.bytes.subarray(this.at, end));
    this.at = end + 1;
    return text;
  }
}
