// A process's memory as system calls see it: through its page tables, page by page, bringing in what it may
// touch. The machine selects whose memory it is before a handler runs.

import {
  DEBUG,
  DEBUG_WATCHES,
  PAGE_MASK,
  PAGE_SIZE,
  POINT_READ,
  POINT_WRITE,
  PROTECT_READ,
  PROTECT_WRITE,
} from "../../assembly/layout.ts";
import type { Core } from "../machine/core.ts";
import { populate } from "../memory/populate.ts";
import type { VirtualMemory } from "../memory/space.ts";
import type { UserMemory } from "../syscalls/call.ts";
import { EFAULT, ENAMETOOLONG } from "../syscalls/errno.ts";
import type { SpaceState } from "./state.ts";

const NOTHING = new Uint8Array(0);

export class SpaceMemory implements UserMemory {
  readonly #core: Core;
  readonly #memory: VirtualMemory;
  readonly #watched: Int32Array;
  #space: SpaceState | null = null;

  constructor(core: Core, memory: VirtualMemory) {
    this.#core = core;
    this.#memory = memory;
    this.#watched = core.words.subarray((DEBUG + DEBUG_WATCHES) >>> 2, ((DEBUG + DEBUG_WATCHES) >>> 2) + 1);
  }

  /** A debugger may watch the bytes that were read or written (POINT_*). */
  #accessed(kind: number, address: number, length: number): void {
    if (this.#watched[0] !== 0 && length > 0) this.#core.accessedByCall(kind, address, length);
  }

  /** From now on all addresses are of this space; null: every access faults. */
  select(space: SpaceState | null): void {
    this.#space = space;
  }

  /** Linear address of a byte for an access (PROTECT_* bit), or 0 on a fault. */
  #translate(address: number, access: number): number {
    const space = this.#space;
    if (space === null) return 0;
    const linear = this.#core.translate(space.root, address, access);
    if (linear !== 0) return linear;
    if (populate(this.#memory, space, address >>> 0, access) !== "ok") return 0;
    return this.#core.translate(space.root, address, access);
  }

  /** Bytes from `address` on that allow the access before the first fault, at most `length`. */
  #reach(address: number, length: number, access: number): number {
    const start = address >>> 0;
    const end = Math.min(start + (length >>> 0), 2 ** 32);
    for (let at = start; at < end; at += PAGE_SIZE - (at & PAGE_MASK)) {
      if (this.#translate(at, access) === 0) return at - start;
    }
    return end - start;
  }

  #gather(address: number, length: number): Uint8Array {
    const start = address >>> 0;
    this.#accessed(POINT_READ, start, length);
    const inPage = PAGE_SIZE - (start & PAGE_MASK);
    if (length <= inPage) {
      if (length === 0) return NOTHING;
      const linear = this.#translate(start, PROTECT_READ);
      return this.#core.bytes.subarray(linear, linear + length);
    }
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length; ) {
      const at = start + done;
      const count = Math.min(PAGE_SIZE - (at & PAGE_MASK), length - done);
      const linear = this.#translate(at, PROTECT_READ);
      bytes.set(this.#core.bytes.subarray(linear, linear + count), done);
      done += count;
    }
    return bytes;
  }

  read(address: number, length: number): Uint8Array | null {
    const reach = this.#reach(address, length, PROTECT_READ);
    return reach === length >>> 0 ? this.#gather(address, reach) : null;
  }

  readSome(address: number, length: number): Uint8Array {
    return this.#gather(address, this.#reach(address, length, PROTECT_READ));
  }

  writable(address: number, length: number): number {
    return this.#reach(address, length, PROTECT_WRITE);
  }

  write(address: number, bytes: Uint8Array): number {
    const start = address >>> 0;
    const end = Math.min(start + bytes.length, 2 ** 32);
    let at = start;
    while (at < end) {
      const linear = this.#translate(at, PROTECT_WRITE);
      if (linear === 0) break;
      const count = Math.min(PAGE_SIZE - (at & PAGE_MASK), end - at);
      const from = at - start;
      if (count === bytes.length) this.#core.bytes.set(bytes, linear);
      else this.#core.bytes.set(bytes.subarray(from, from + count), linear);
      at += count;
    }
    this.#accessed(POINT_WRITE, start, at - start);
    return at - start;
  }

  loadWord(address: number): number | null {
    if ((address & 3) === 0) {
      const linear = this.#translate(address, PROTECT_READ);
      if (linear === 0) return null;
      this.#accessed(POINT_READ, address, 4);
      return this.#core.words[linear >>> 2];
    }
    const bytes = this.read(address, 4);
    return bytes && bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24);
  }

  storeWord(address: number, value: number): boolean {
    if ((address & 3) === 0) {
      const linear = this.#translate(address, PROTECT_WRITE);
      if (linear === 0) return false;
      this.#core.words[linear >>> 2] = value;
      this.#accessed(POINT_WRITE, address, 4);
      return true;
    }
    if (this.writable(address, 4) < 4) return false;
    this.write(address, Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24));
    return true;
  }

  string(address: number, limit: number): string | number {
    const start = address >>> 0;
    let text = "";
    while (text.length < limit) {
      const at = start + text.length;
      const linear = at < 2 ** 32 ? this.#translate(at, PROTECT_READ) : 0;
      if (linear === 0) return -EFAULT;
      const count = Math.min(PAGE_SIZE - (at & PAGE_MASK), limit - text.length);
      const bytes = this.#core.bytes.subarray(linear, linear + count);
      const end = bytes.indexOf(0);
      text += byteString(end < 0 ? bytes : bytes.subarray(0, end));
      this.#accessed(POINT_READ, at, end < 0 ? count : end + 1);
      if (end >= 0) return text;
    }
    return -ENAMETOOLONG;
  }
}

/** Bytes as a string of code units 0..255. */
function byteString(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
