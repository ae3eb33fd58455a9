// What the machine has written to its standard streams, each piece with its moment, so that a terminal can be
// shown as of any moment. Bounded: the oldest pieces go first.

import { firstFrom, type Moment } from "./moment.ts";

export interface OutputPiece {
  /** While the call that wrote it was served. */
  readonly moment: Moment;
  /** 1: standard output, 2: standard error. */
  readonly stream: number;
  readonly bytes: Uint8Array;
}

/** Bookkeeping of a piece, in bytes: an estimate. */
const PIECE_SIZE = 160;

export class OutputLog {
  #pieces: OutputPiece[] = [];
  /** Pieces before this one are gone. */
  #first = 0;
  #size = 0;
  #dropped = 0;
  readonly #limit: number;

  constructor(limitBytes: number) {
    this.#limit = limitBytes;
  }

  /** Bytes of output that were here and had to go. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Bytes are copied. */
  add(moment: Moment, stream: number, bytes: Uint8Array): void {
    this.#pieces.push({ moment, stream, bytes: bytes.slice() });
    this.#size += bytes.length + PIECE_SIZE;
    while (this.#size > this.#limit && this.#first < this.#pieces.length) {
      const { length } = this.#pieces[this.#first++].bytes;
      this.#size -= length + PIECE_SIZE;
      this.#dropped += length;
    }
    if (this.#first > this.#pieces.length >>> 1) this.#compact();
  }

  #compact(): void {
    if (this.#first === 0) return;
    this.#pieces = this.#pieces.slice(this.#first);
    this.#first = 0;
  }

  /** Forgets what was written after `moment`. */
  truncate(moment: Moment): void {
    this.#compact();
    const kept = this.#countUpTo(moment);
    for (const { bytes } of this.#pieces.splice(kept)) this.#size -= bytes.length + PIECE_SIZE;
  }

  /** What was written before the machine stood at `moment`, and after it stood at `after`. */
  read(moment: Moment, after?: Moment): readonly OutputPiece[] {
    this.#compact();
    return this.#pieces.slice(after ? this.#countUpTo(after) : 0, this.#countUpTo(moment));
  }

  /** A call is served between two moments at which the machine stands, with more events after it than during it. */
  #countUpTo(moment: Moment): number {
    return firstFrom(this.#pieces, moment);
  }
}
