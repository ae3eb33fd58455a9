// Where an ELF file's bytes come from: an array, or an inode of which only what is asked for is read.

import type { MappedFiles } from "../memory/cache.ts";
import { ElfError } from "./errors.ts";

export interface ElfSource {
  /** Bytes. */
  readonly size: number;
  /** `length` bytes at `offset`; the caller has checked that they lie inside the file. */
  read(offset: number, length: number): Uint8Array;
}

/** The bytes themselves; nothing is copied. */
export function arraySource(bytes: Uint8Array): ElfSource {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

export function inodeSource(files: MappedFiles, inode: number): ElfSource {
  return {
    size: files.size(inode),
    read(offset, length) {
      const bytes = new Uint8Array(length);
      files.read(inode, offset, bytes);
      return bytes;
    },
  };
}

/** Little-endian fields of a table entry, each named for the error that it may give rise to. */
export class Fields {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #suffix: string;

  /** `start`: byte of the file at which the entry lies; `suffix`: its index in brackets, or nothing. */
  constructor(source: ElfSource, start: number, size: number, suffix: string) {
    this.#bytes = source.read(start, size);
    this.#start = start;
    this.#suffix = suffix;
  }

  byte(at: number): number {
    return this.#bytes[at];
  }

  half(at: number): number {
    return this.#bytes[at] | (this.#bytes[at + 1] << 8);
  }

  word(at: number): number {
    return (this.half(at) | (this.half(at + 2) << 16)) >>> 0;
  }

  error(code: ElfError["code"], field: string, at: number, value: number, expected: string): ElfError {
    return new ElfError(code, field + this.#suffix, this.#start + at, value, expected);
  }
}
