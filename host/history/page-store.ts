// Copies of pages, kept in slabs so that thousands of them are few objects. A copy is named by its place, and
// a page of zeros takes none.

import { PAGE_SHIFT, PAGE_SIZE } from "../../assembly/layout.ts";

/** Pages of a slab: 1 MiB. */
const SLAB_PAGES = 256;
const WORDS = PAGE_SIZE / 4;

/** The place of every page of zeros. */
export const ZEROS = -1;

export class PageStore {
  readonly #bytes: Uint8Array[] = [];
  readonly #words: Int32Array[] = [];
  readonly #free: number[] = [];
  #used = 0;

  /** Bytes that the copies take. */
  get size(): number {
    return this.#used * PAGE_SIZE;
  }

  /** Copies the page whose first word is `words[start]`, where its first byte is `bytes[start * 4]`. */
  put(bytes: Uint8Array, words: Int32Array, start: number): number {
    if (isZero(words, start)) return ZEROS;
    const place = this.#free.pop() ?? this.#grow();
    this.#used++;
    const at = (place % SLAB_PAGES) << PAGE_SHIFT;
    this.#bytes[Math.floor(place / SLAB_PAGES)].set(bytes.subarray(start * 4, start * 4 + PAGE_SIZE), at);
    return place;
  }

  #grow(): number {
    const first = this.#bytes.length * SLAB_PAGES;
    const slab = new ArrayBuffer(SLAB_PAGES * PAGE_SIZE);
    this.#bytes.push(new Uint8Array(slab));
    this.#words.push(new Int32Array(slab));
    for (let place = first + SLAB_PAGES - 1; place > first; place--) this.#free.push(place);
    return first;
  }

  release(place: number): void {
    if (place === ZEROS) return;
    this.#used--;
    this.#free.push(place);
  }

  /** The page's bytes, to be read at once. */
  page(place: number): Uint8Array {
    const at = (place % SLAB_PAGES) << PAGE_SHIFT;
    return this.#bytes[Math.floor(place / SLAB_PAGES)].subarray(at, at + PAGE_SIZE);
  }

  /** Writes the page to `target` from byte `at` on. */
  copyTo(place: number, target: Uint8Array, at: number): void {
    if (place === ZEROS) target.fill(0, at, at + PAGE_SIZE);
    else target.set(this.page(place), at);
  }

  /** Whether the page is the one whose first word is `words[start]`. */
  equals(place: number, words: Int32Array, start: number): boolean {
    if (place === ZEROS) return isZero(words, start);
    const slab = this.#words[Math.floor(place / SLAB_PAGES)];
    const from = (place % SLAB_PAGES) * WORDS;
    for (let i = 0; i < WORDS; i++) if (slab[from + i] !== words[start + i]) return false;
    return true;
  }
}

function isZero(words: Int32Array, start: number): boolean {
  for (let i = start; i < start + WORDS; i += 4) {
    if ((words[i] | words[i + 1] | words[i + 2] | words[i + 3]) !== 0) return false;
  }
  return true;
}
