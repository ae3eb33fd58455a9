// What hostile ELF files cost: no reader allocates more than twice the file's size, garbage included.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { elfFile, RX, type SegmentSpec } from "./elf-file.ts";

interface Cost {
  /** Bytes on the heap and outside of it. */
  readonly allocated: number;
  /** Of garbage meanwhile: with any, `allocated` would say too little. */
  readonly collections: number;
  readonly refused: boolean;
}

const PROBE = join(import.meta.dirname, "memory-probe.mjs");
const NODE_OPTIONS = ["--expose-gc", "--min-semi-space-size=256", "--max-semi-space-size=512"];
/** What an error or an empty table costs, however small the file. */
const FIXED_COST = 65_536;

const HEADERS = 0x200;
const SECTION_SIZE = 40;
const SYMBOL_SIZE = 16;
const SHT_SYMTAB = 2;
const SHT_STRTAB = 3;

const folder = mkdtempSync(join(tmpdir(), "timeslice-elf-"));
afterAll(() => rmSync(folder, { recursive: true }));

function costs(bytes: Uint8Array): Record<string, Cost> {
  const path = join(folder, "file");
  writeFileSync(path, bytes);
  return JSON.parse(execFileSync(process.execPath, [...NODE_OPTIONS, PROBE, path], { encoding: "utf8" }));
}

function fileWith(
  count: number,
  size: number,
  fill: (view: DataView, bytes: Uint8Array) => void,
): Uint8Array {
  const bytes = elfFile([{ offset: 0, address: 0x10000, fileSize: HEADERS, flags: RX }], size);
  const view = new DataView(bytes.buffer);
  view.setUint32(32, HEADERS, true);
  view.setUint16(48, count, true);
  fill(view, bytes);
  return bytes;
}

function setSection(view: DataView, index: number, fields: Readonly<Record<number, number>>): void {
  for (let at = 0; at < SECTION_SIZE; at += 4) {
    view.setUint32(HEADERS + index * SECTION_SIZE + at, fields[at] ?? 0, true);
  }
}

/** As many sections as a header can count. */
function manySections(): Uint8Array {
  const count = 65535;
  return fileWith(count, HEADERS + count * SECTION_SIZE, (view) => {
    for (let index = 0; index < count; index++)
      setSection(view, index, { 4: SHT_STRTAB, 16: 0, 20: 0xffffffff });
  });
}

/** Symbols in a table of their own, out of order, with overlapping names. */
function manySymbols(count: number, names: number): Uint8Array {
  const table = HEADERS + 3 * SECTION_SIZE;
  const strings = table + count * SYMBOL_SIZE;
  return fileWith(3, strings + names, (view, bytes) => {
    setSection(view, 0, {});
    setSection(view, 1, { 4: SHT_SYMTAB, 16: table, 20: count * SYMBOL_SIZE, 24: 2, 36: SYMBOL_SIZE });
    setSection(view, 2, { 4: SHT_STRTAB, 16: strings, 20: names });
    bytes.fill(0x61, strings);
    for (let index = 0; index < count; index++) {
      const at = table + index * SYMBOL_SIZE;
      view.setUint32(at, 1 + (index % (names - 1)), true);
      view.setUint32(at + 4, Math.imul(index, 0x9e3779b1), true);
      view.setUint32(at + 12, 0x10012, true);
    }
  });
}

function segments(make: (index: number) => SegmentSpec): Uint8Array {
  return elfFile(
    Array.from({ length: 128 }, (_, index) => make(index)),
    1 << 20,
  );
}

const FILES: Readonly<Record<string, () => Uint8Array>> = {
  "65535 section headers": manySections,
  "500000 symbols": () => manySymbols(500_000, 4096),
  "4 MB of one name": () => manySymbols(1000, 4 << 20),
  "128 segments on top of each other": () =>
    segments(() => ({ offset: 0, address: 0x10000, fileSize: 1 << 20, flags: RX })),
  "128 segments of 16 MB of zeros": () =>
    segments((index) => ({ address: 0x10000 + index * 0x1000000, memorySize: 0xff0000, flags: RX })),
  "a segment of nearly all memory": () =>
    elfFile([{ address: 0x10000, memorySize: 0x80000000, flags: RX }], 1 << 20),
  "more symbols than the file holds": () => {
    const bytes = manySymbols(1000, 4096);
    new DataView(bytes.buffer).setUint32(HEADERS + SECTION_SIZE + 20, 0xfffffff0, true);
    return bytes;
  },
};

test.each(Object.entries(FILES))("%s cost no more than twice the file's size", (_, make) => {
  const bytes = make();
  for (const [reader, { allocated, collections }] of Object.entries(costs(bytes))) {
    expect(collections, reader).toBe(0);
    expect(allocated, reader).toBeLessThan(2 * bytes.length + FIXED_COST);
  }
});
