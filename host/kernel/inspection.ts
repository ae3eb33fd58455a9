// A process's memory as an onlooker sees it: nothing is brought in, copied or counted, so that a run which is
// watched is the run which is not. What is not present yet is read from where it would come: file, or zeros.

import { PAGE_MASK, PAGE_SIZE, PROTECT_READ } from "../../assembly/layout.ts";
import type { Core } from "../machine/core.ts";
import { tableProtection } from "../memory/pages.ts";
import { findRegion, offsetAt, type Region } from "../memory/region.ts";
import type { VirtualMemory } from "../memory/space.ts";
import type { UserMemory } from "../syscalls/call.ts";
import { EFAULT, ENAMETOOLONG } from "../syscalls/errno.ts";
import type { SpaceState } from "./state.ts";

export class Inspection implements UserMemory {
  readonly #core: Core;
  readonly #memory: VirtualMemory;
  #space: SpaceState | null = null;

  constructor(core: Core, memory: VirtualMemory) {
    this.#core = core;
    this.#memory = memory;
  }

  /** From now on all addresses are of this space; null: every access faults. */
  select(space: SpaceState | null): void {
    this.#space = space;
  }

  /** The bytes of `address`'s page from there on, or null where the program could not read it. */
  #restOfPage(address: number): Uint8Array | null {
    const space = this.#space;
    if (space === null || address >= 2 ** 32) return null;
    const inPage = address & PAGE_MASK;
    const linear = this.#core.translate(space.root, address, PROTECT_READ);
    if (linear !== 0) return this.#core.bytes.subarray(linear, linear + PAGE_SIZE - inPage);
    const region = findRegion(space.regions, address);
    if (region === null || (tableProtection(region.protection) & PROTECT_READ) === 0) return null;
    return this.#absentPage(region, address - inPage).subarray(inPage);
  }

  #absentPage(region: Region, page: number): Uint8Array {
    const bytes = new Uint8Array(PAGE_SIZE);
    if (region.kind !== "file") return bytes;
    const offset = offsetAt(region, page);
    const from = Math.max(offset, 0);
    const to = Math.min(offset + PAGE_SIZE, region.limit);
    if (from < to) this.#memory.files.read(region.object, from, bytes.subarray(from - offset, to - offset));
    return bytes;
  }

  readSome(address: number, length: number): Uint8Array {
    const start = address >>> 0;
    const parts: Uint8Array[] = [];
    let done = 0;
    while (done < length >>> 0) {
      const rest = this.#restOfPage(start + done);
      if (rest === null) break;
      const part = rest.subarray(0, (length >>> 0) - done);
      parts.push(part);
      done += part.length;
    }
    const bytes = new Uint8Array(done);
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  read(address: number, length: number): Uint8Array | null {
    const bytes = this.readSome(address, length);
    return bytes.length === length >>> 0 ? bytes : null;
  }

  loadWord(address: number): number | null {
    const bytes = this.read(address, 4);
    return bytes && bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24);
  }

  string(address: number, limit: number): string | number {
    let text = "";
    while (text.length < limit) {
      const rest = this.#restOfPage((address >>> 0) + text.length);
      if (rest === null) return -EFAULT;
      const bytes = rest.subarray(0, limit - text.length);
      const end = bytes.indexOf(0);
      text += String.fromCharCode(...(end < 0 ? bytes : bytes.subarray(0, end)));
      if (end >= 0) return text;
    }
    return -ENAMETOOLONG;
  }

  /** An onlooker writes nothing. */
  write(): number {
    return 0;
  }

  writable(): number {
    return 0;
  }

  storeWord(): boolean {
    return false;
  }
}
