// Copies of pages: whatever a page holds and wherever it lies in it, it comes back, and takes little if it holds little.

import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { PageStore, ZEROS } from "../../host/history/page-store.ts";

const WORDS = 1024;
/** Some words of a page, by place; most of it zeros. */
const pages = fc.array(fc.record({ at: fc.nat(WORDS - 1), value: fc.integer() }), { maxLength: 12 });

/** Memory whose second page holds these words, between two pages without a zero. */
function memoryWith(words: readonly { readonly at: number; readonly value: number }[]): Int32Array {
  const memory = new Int32Array(3 * WORDS).fill(-1);
  memory.fill(0, WORDS, 2 * WORDS);
  for (const { at, value } of words) memory[WORDS + at] = value;
  return memory;
}

function stored(words: Parameters<typeof memoryWith>[0]) {
  const store = new PageStore();
  const memory = memoryWith(words);
  return { store, memory, place: store.put(memory, WORDS) };
}

test.prop([pages])("a page comes back as it was", (words) => {
  const { store, memory, place } = stored(words);
  const target = new Uint8Array(3 * 4096).fill(7);
  store.copyTo(place, target, 4096);
  expect(target.subarray(4096, 8192)).toEqual(new Uint8Array(memory.buffer, 4096, 4096));
  expect([target[4095], target[8192]]).toEqual([7, 7]);
  expect(store.page(place)).toEqual(target.slice(4096, 8192));
});

test.prop([pages, fc.nat(WORDS - 1)])("a page equals its copy until a word of it changes", (words, at) => {
  const { store, memory, place } = stored(words);
  expect(store.equals(place, memory, WORDS)).toBe(true);
  memory[WORDS + at] ^= 0x10000;
  expect(store.equals(place, memory, WORDS)).toBe(false);
});

test.prop([fc.array(pages, { maxLength: 20 })])("copies do not meet, and leave nothing behind", (all) => {
  const store = new PageStore();
  const memories = all.map(memoryWith);
  const places = memories.map((memory) => store.put(memory, WORDS));
  memories.forEach((memory, index) => expect(store.equals(places[index], memory, WORDS)).toBe(true));
  for (const place of places) store.release(place);
  expect(store.size).toBe(0);
});

test("a page takes as much room as what lies between its first and last word", () => {
  const sizeOf = (from: number, to: number) =>
    stored([
      { at: from, value: 1 },
      { at: to, value: 1 },
    ]).store.size;
  expect([sizeOf(0, 63), sizeOf(1000, 1023), sizeOf(700, 800), sizeOf(0, 1023)]).toEqual([
    256, 256, 1024, 4096,
  ]);
});

test("a page of zeros takes none", () => {
  const { store, place } = stored([]);
  expect([place, store.size]).toEqual([ZEROS, 0]);
});
