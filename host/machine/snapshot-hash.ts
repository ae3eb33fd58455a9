// The hash of a machine's state: the same for two machines exactly when they will run on identically (but for
// the chance of a collision in 128 bits). It covers the pages of the replayable range that matter, each with
// its number, and the kernel's state.

import { PAGE_SIZE } from "../../assembly/layout.ts";
import { Checksum } from "./snapshot-checksum.ts";
import { encodeTree } from "./snapshot-codec.ts";
import { matters, memoryWords, pageStart, usedPages } from "./snapshot-memory.ts";

/** 32 hexadecimal digits. `memory`: the core's whole memory; `kernelTree`: plain data. */
export function hashState(memory: Uint8Array, kernelTree: unknown): string {
  const words = memoryWords(memory);
  const hash = new Checksum();
  const number = new Int32Array(4);
  for (const page of usedPages(words)) {
    if (!matters(words, page)) continue;
    number[0] = page;
    hash.addWords(number, 0, 4);
    const start = pageStart(page);
    hash.addWords(words, start, start + PAGE_SIZE / 4);
  }
  const digest = hash.finish(encodeTree(kernelTree));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
