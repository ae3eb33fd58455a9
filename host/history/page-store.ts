// Copies of pages, kept in slabs so that thousands of them are few objects. A copy is named by its place. Most pages
// of a stack or of a table are zeros but for a stretch: only that is kept, in a room of one of three sizes. A page of
// zeros takes none.

import { PAGE_SIZE } from "../../assembly/layout.ts";

const WORDS = PAGE_SIZE / 4;
/** The stretch that is not zeros is found to so many words. */
const LINE = 16;
/** Words of a room, by size. */
const ROOMS = [WORDS / 16, WORDS / 4, WORDS] as const;
/** A place is its room's number among those of its size << SIZE_BITS | size. */
const SIZE_BITS = 2;
const SIZE_MASK = (1 << SIZE_BITS) - 1;
/** Words of a slab: 1 MiB. */
const SLAB_WORDS = 1 << 18;

/** The place of every page of zeros. */
export const ZEROS = -1;

interface Slab {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  /** By room: the word of the page that it begins with. */
  readonly from: Uint16Array;
}

/** The rooms of one size. */
class Shelf {
  /** Words of a room. */
  readonly room: number;
  readonly #slabs: Slab[] = [];
  readonly #free: number[] = [];

  constructor(room: number) {
    this.room = room;
  }

  take(): number {
    return this.#free.pop() ?? this.#grow();
  }

  release(number: number): void {
    this.#free.push(number);
  }

  #grow(): number {
    const rooms = SLAB_WORDS / this.room;
    const first = this.#slabs.length * rooms;
    const buffer = new ArrayBuffer(SLAB_WORDS * 4);
    this.#slabs.push({
      bytes: new Uint8Array(buffer),
      words: new Int32Array(buffer),
      from: new Uint16Array(rooms),
    });
    for (let number = first + rooms - 1; number > first; number--) this.#free.push(number);
    return first;
  }

  /** The slab that a room is in; `indexOf` says where. */
  slabOf(number: number): Slab {
    return this.#slabs[Math.floor((number * this.room) / SLAB_WORDS)];
  }

  /** Which room of its slab it is. */
  indexOf(number: number): number {
    return number % (SLAB_WORDS / this.room);
  }
}

export class PageStore {
  readonly #shelves = ROOMS.map((room) => new Shelf(room));
  #size = 0;

  /** Bytes that the copies take. */
  get size(): number {
    return this.#size;
  }

  /** Copies the page whose first word is `words[start]`. */
  put(words: Int32Array, start: number): number {
    const from = firstUsed(words, start);
    if (from === WORDS) return ZEROS;
    const length = endOfUsed(words, start) - from;
    const size = length <= ROOMS[0] ? 0 : length <= ROOMS[1] ? 1 : 2;
    const shelf = this.#shelves[size];
    const number = shelf.take();
    const [slab, index] = [shelf.slabOf(number), shelf.indexOf(number)];
    const begin = Math.min(from, WORDS - shelf.room);
    slab.from[index] = begin;
    slab.words.set(words.subarray(start + begin, start + begin + shelf.room), index * shelf.room);
    this.#size += shelf.room * 4;
    return (number << SIZE_BITS) | size;
  }

  release(place: number): void {
    if (place === ZEROS) return;
    const shelf = this.#shelves[place & SIZE_MASK];
    this.#size -= shelf.room * 4;
    shelf.release(place >>> SIZE_BITS);
  }

  /** The page's bytes: a copy. */
  page(place: number): Uint8Array {
    const bytes = new Uint8Array(PAGE_SIZE);
    this.copyTo(place, bytes, 0);
    return bytes;
  }

  /** Writes the page to `target` from byte `at` on. */
  copyTo(place: number, target: Uint8Array, at: number): void {
    const shelf = this.#shelves[place & SIZE_MASK];
    if (place === ZEROS || shelf.room < WORDS) target.fill(0, at, at + PAGE_SIZE);
    if (place === ZEROS) return;
    const number = place >>> SIZE_BITS;
    const [slab, index] = [shelf.slabOf(number), shelf.indexOf(number)];
    const first = index * shelf.room * 4;
    target.set(slab.bytes.subarray(first, first + shelf.room * 4), at + slab.from[index] * 4);
  }

  /** Whether the page is the one whose first word is `words[start]`. */
  equals(place: number, words: Int32Array, start: number): boolean {
    if (place === ZEROS) return firstUsed(words, start) === WORDS;
    const shelf = this.#shelves[place & SIZE_MASK];
    const number = place >>> SIZE_BITS;
    const [slab, index] = [shelf.slabOf(number), shelf.indexOf(number)];
    const [begin, first] = [slab.from[index], index * shelf.room];
    for (let i = 0; i < begin; i++) if (words[start + i] !== 0) return false;
    for (let i = 0; i < shelf.room; i++) {
      if (slab.words[first + i] !== words[start + begin + i]) return false;
    }
    for (let i = begin + shelf.room; i < WORDS; i++) if (words[start + i] !== 0) return false;
    return true;
  }
}

/** The first word of the page, in whole lines, that may not be zero; WORDS if all are. */
function firstUsed(words: Int32Array, start: number): number {
  for (let at = 0; at < WORDS; at += LINE) if (!isZero(words, start + at)) return at;
  return WORDS;
}

/** The word behind the last that is not zero, in whole lines; there is one. */
function endOfUsed(words: Int32Array, start: number): number {
  let end = WORDS;
  while (isZero(words, start + end - LINE)) end -= LINE;
  return end;
}

function isZero(words: Int32Array, start: number): boolean {
  let any = 0;
  for (let i = start; i < start + LINE; i += 4) any |= words[i] | words[i + 1] | words[i + 2] | words[i + 3];
  return any === 0;
}
