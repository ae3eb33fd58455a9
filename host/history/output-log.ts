// What the machine has written to its standard streams, each piece with its moment, so that a terminal can be
// shown as of any moment. Bounded: the oldest pieces go first. Bytes are numbered from the first that was written.

import { firstFrom, type Moment } from "./moment.ts";

export interface OutputPiece {
  /** While the call that wrote it was served; of an echo, where the machine stands after the key. */
  readonly moment: Moment;
  /** 1: standard output, 2: standard error. */
  readonly stream: number;
  readonly bytes: Uint8Array;
  /** Number of the byte behind it. */
  readonly end: number;
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

  /** Bytes of output that were here and had to go: the number of the first that is here. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Bytes are copied. */
  add(moment: Moment, stream: number, bytes: Uint8Array): void {
    const end = this.#endOf(this.#pieces.length) + bytes.length;
    this.#pieces.push({ moment, stream, bytes: bytes.slice(), end });
    this.#size += bytes.length + PIECE_SIZE;
    while (this.#size > this.#limit && this.#first < this.#pieces.length) {
      const { length } = this.#pieces[this.#first++].bytes;
      this.#size -= length + PIECE_SIZE;
      this.#dropped += length;
    }
    if (this.#first > this.#pieces.length >>> 1) this.#compact();
  }

  /** Number of the byte behind the first `count` pieces. */
  #endOf(count: number): number {
    return count > this.#first ? this.#pieces[count - 1].end : this.#dropped;
  }

  #compact(): void {
    if (this.#first === 0) return;
    this.#pieces = this.#pieces.slice(this.#first);
    this.#first = 0;
  }

  /** Forgets what was written after the machine stood at `moment`. */
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

  /** Bytes written before the machine stood at `moment`, gone or here. */
  countAt(moment: Moment): number {
    this.#compact();
    return this.#endOf(this.#countUpTo(moment));
  }

  /** The bytes of all streams from number `from`, which must still be here, up to number `end`. */
  bytes(from: number, end: number): Uint8Array {
    this.#compact();
    const bytes = new Uint8Array(end - from);
    for (let index = this.#pieceOf(from); index < this.#pieces.length; index++) {
      const piece = this.#pieces[index];
      const start = piece.end - piece.bytes.length;
      if (start >= end) break;
      bytes.set(piece.bytes.subarray(Math.max(0, from - start), end - start), Math.max(0, start - from));
    }
    return bytes;
  }

  /** Index of the piece that holds the byte with this number. */
  #pieceOf(byte: number): number {
    let low = 0;
    let high = this.#pieces.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#pieces[middle].end <= byte) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * A call is served between two moments at which the machine stands, with more events after it than during it; what
   * a key echoes comes with the moment at which the machine stands then.
   */
  #countUpTo({ retired, events }: Moment): number {
    return firstFrom(this.#pieces, { retired, events: events + 1 });
  }
}
