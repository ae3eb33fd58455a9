// Run in a process of its own, with --expose-gc and a young generation so large that nothing is collected
// meanwhile: prints how many bytes each reader of an ELF file allocates, whether kept or not.
// Usage: memory-probe.mjs FILE

import { readFileSync } from "node:fs";
import { PerformanceObserver } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { parseElf } from "../../build/host/loader/elf.js";
import { ElfError } from "../../build/host/loader/errors.js";
import { readSections } from "../../build/host/loader/sections.js";
import { readSymbols } from "../../build/host/loader/symbols.js";

const READERS = { program: parseElf, sections: readSections, symbols: readSymbols };

/** As a file of the guest is read: what is asked for is copied. */
function copyingSource(bytes) {
  return { size: bytes.length, read: (offset, length) => bytes.slice(offset, offset + length) };
}

function used() {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function attempt(read, source) {
  try {
    return read(source);
  } catch (error) {
    if (!(error instanceof ElfError)) throw error;
    return error;
  }
}

let collections = 0;
new PerformanceObserver((list) => {
  collections += list.getEntries().length;
}).observe({ entryTypes: ["gc"] });

const bytes = new Uint8Array(readFileSync(process.argv[2]));
const small = new Uint8Array(bytes.subarray(0, 4096));
const result = {};
for (const [name, read] of Object.entries(READERS)) {
  attempt(read, copyingSource(small)); // what is allocated once, by the first use
  globalThis.gc();
  await setTimeout(0);
  collections = 0;
  const before = used();
  const kept = attempt(read, copyingSource(bytes));
  const after = used();
  await setTimeout(0);
  result[name] = { allocated: after - before, collections, refused: kept instanceof Error };
}
console.log(JSON.stringify(result));
