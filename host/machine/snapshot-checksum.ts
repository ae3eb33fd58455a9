// MurmurHash3_x86_128 (Austin Appleby, public domain): 128 bits at memory speed without 64-bit arithmetic.
// Each step is a bijection of the state for a given block, so a change within one 16-byte block always shows.
// It finds damage and compares states; it is no defence against forgery.

const C1 = 0x239b961b;
const C2 = 0xab0e9789 | 0;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93 | 0;

/** A hash in progress over data that comes in whole 16-byte blocks, and a tail at the end. */
export class Checksum {
  #h1: number;
  #h2: number;
  #h3: number;
  #h4: number;
  #length = 0;

  constructor(seed = 0) {
    this.#h1 = this.#h2 = this.#h3 = this.#h4 = seed | 0;
  }

  /** Adds words [start, end) of `words` (little endian in memory); their number is a multiple of 4. */
  addWords(words: Int32Array, start: number, end: number): void {
    let h1 = this.#h1;
    let h2 = this.#h2;
    let h3 = this.#h3;
    let h4 = this.#h4;
    for (let i = start; i < end; i += 4) {
      h1 ^= Math.imul(rotate(Math.imul(words[i], C1), 15), C2);
      h1 = (Math.imul((rotate(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
      h2 ^= Math.imul(rotate(Math.imul(words[i + 1], C2), 16), C3);
      h2 = (Math.imul((rotate(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
      h3 ^= Math.imul(rotate(Math.imul(words[i + 2], C3), 17), C4);
      h3 = (Math.imul((rotate(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
      h4 ^= Math.imul(rotate(Math.imul(words[i + 3], C4), 18), C1);
      h4 = (Math.imul((rotate(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
    }
    this.#h1 = h1;
    this.#h2 = h2;
    this.#h3 = h3;
    this.#h4 = h4;
    this.#length += (end - start) * 4;
  }

  /** Adds the last bytes, of any length and alignment, and gives the 16 bytes of the hash. */
  finish(bytes: Uint8Array): Uint8Array {
    const whole = bytes.length - (bytes.length % 16);
    const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes); // Node's Buffer has a slice that copies nothing
    this.addWords(new Int32Array(aligned.buffer, aligned.byteOffset, whole / 4), 0, whole / 4);
    this.#addTail(bytes.subarray(whole));
    return this.#finalize();
  }

  #addTail(tail: Uint8Array): void {
    const padded = new Uint8Array(16);
    padded.set(tail);
    const [k1, k2, k3, k4] = new Int32Array(padded.buffer);
    this.#h4 ^= Math.imul(rotate(Math.imul(k4, C4), 18), C1);
    this.#h3 ^= Math.imul(rotate(Math.imul(k3, C3), 17), C4);
    this.#h2 ^= Math.imul(rotate(Math.imul(k2, C2), 16), C3);
    this.#h1 ^= Math.imul(rotate(Math.imul(k1, C1), 15), C2);
    this.#length += tail.length;
  }

  #finalize(): Uint8Array {
    const length = this.#length | 0;
    let [h1, h2, h3, h4] = spread(this.#h1 ^ length, this.#h2 ^ length, this.#h3 ^ length, this.#h4 ^ length);
    [h1, h2, h3, h4] = spread(avalanche(h1), avalanche(h2), avalanche(h3), avalanche(h4));
    return new Uint8Array(Int32Array.of(h1, h2, h3, h4).buffer);
  }
}

/** The checksum of all the bytes. */
export function checksum(bytes: Uint8Array): Uint8Array {
  return new Checksum().finish(bytes);
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function spread(h1: number, h2: number, h3: number, h4: number): [number, number, number, number] {
  const sum = (h1 + h2 + h3 + h4) | 0;
  return [sum, (h2 + sum) | 0, (h3 + sum) | 0, (h4 + sum) | 0];
}

function avalanche(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
