// What the machine has written to its standard streams, each piece with its moment, so that a terminal can be
// shown as of any moment. Bounded: the oldest pieces go first. Bytes are numbered from the first that was written.

import { compareMoments, type Moment } from "./moment.ts";
import { OutputPieces } from "./output-pieces.ts";

export interface OutputPiece {
  /** While the call that wrote it was served; of an echo, where the machine stands after the key. */
  readonly moment: Moment;
  /** 1: standard output, 2: standard error. */
  readonly stream: number;
  readonly bytes: Uint8Array;
  /** Number of the byte behind it. */
  readonly end: number;
}

/** Bytes of a block. */
const BLOCK_BYTES = 65536;

export class OutputLog {
  readonly #pieces = new OutputPieces();
  readonly #blocks: Uint8Array[] = [];
  /** Number of the first block: that of its first byte / BLOCK_BYTES. */
  #firstBlock = 0;
  /** A block that had to go, to be filled again. */
  #spare: Uint8Array | null = null;
  #end = 0;
  #dropped = 0;
  readonly #limit: number;

  /** `limitBytes`: of bytes and bookkeeping (25 a piece). What has not filled a block (115 KiB) takes one. */
  constructor(limitBytes: number) {
    this.#limit = limitBytes;
  }

  /** Bytes of output that were here and had to go: the number of the first that is here. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Bytes are copied. */
  add(moment: Moment, stream: number, bytes: Uint8Array): void {
    const inBlock = this.#end % BLOCK_BYTES;
    if (inBlock > 0 && inBlock + bytes.length <= BLOCK_BYTES) {
      this.#blocks[this.#blocks.length - 1].set(bytes, inBlock);
      this.#end += bytes.length;
    } else this.#addAcross(bytes);
    this.#pieces.add(moment, stream, this.#end);
    while (this.#size() > this.#limit && this.#pieces.first < this.#pieces.end) this.#drop();
  }

  /** Bytes that begin a block. */
  #addAcross(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const inBlock = this.#end % BLOCK_BYTES;
      const index = Math.floor(this.#end / BLOCK_BYTES) - this.#firstBlock;
      if (index === this.#blocks.length) this.#blocks.push(this.#spare ?? new Uint8Array(BLOCK_BYTES));
      this.#spare = null;
      const some = bytes.subarray(done, done + BLOCK_BYTES - inBlock);
      this.#blocks[index].set(some, inBlock);
      done += some.length;
      this.#end += some.length;
    }
  }

  #size(): number {
    return this.#end - this.#dropped + this.#pieces.size;
  }

  #drop(): void {
    this.#dropped = this.#pieces.byteEnd(this.#pieces.first);
    this.#pieces.drop();
    const block = Math.floor(this.#dropped / BLOCK_BYTES);
    while (this.#firstBlock < block) {
      this.#spare = this.#blocks.shift() ?? null;
      this.#firstBlock++;
    }
  }

  /** Forgets what was written after the machine stood at `moment`. */
  truncate(moment: Moment): void {
    const kept = this.#countUpTo(moment);
    this.#end = this.#endOf(kept);
    this.#pieces.truncate(kept);
    this.#blocks.length = Math.ceil(this.#end / BLOCK_BYTES) - this.#firstBlock;
  }

  /** Number of the byte behind the pieces before number `piece`. */
  #endOf(piece: number): number {
    return piece > this.#pieces.first ? this.#pieces.byteEnd(piece - 1) : this.#dropped;
  }

  /** What was written before the machine stood at `moment`, and after it stood at `after`. */
  read(moment: Moment, after?: Moment): readonly OutputPiece[] {
    const pieces: OutputPiece[] = [];
    const end = this.#countUpTo(moment);
    for (let piece = after ? this.#countUpTo(after) : this.#pieces.first; piece < end; piece++) {
      pieces.push(this.#piece(piece));
    }
    return pieces;
  }

  #piece(piece: number): OutputPiece {
    const end = this.#pieces.byteEnd(piece);
    const bytes = this.bytes(this.#endOf(piece), end);
    return { moment: this.#pieces.moment(piece), stream: this.#pieces.stream(piece), bytes, end };
  }

  /** Bytes written before the machine stood at `moment`, gone or here. */
  countAt(moment: Moment): number {
    return this.#endOf(this.#countUpTo(moment));
  }

  /** The bytes of all streams from number `from`, which must still be here, up to number `end`. */
  bytes(from: number, end: number): Uint8Array {
    const bytes = new Uint8Array(end - from);
    for (let at = from; at < end; ) {
      const inBlock = at % BLOCK_BYTES;
      const block = this.#blocks[Math.floor(at / BLOCK_BYTES) - this.#firstBlock];
      const some = block.subarray(inBlock, inBlock + end - at);
      bytes.set(some, at - from);
      at += some.length;
    }
    return bytes;
  }

  /**
   * Number of the piece after the last one that was written before the machine stood at a moment. A call is served
   * between two of those, with more events after it than during it; what a key echoes comes with the moment at which
   * the machine stands then.
   */
  #countUpTo(moment: Moment): number {
    return this.#pieces.firstWhere((piece) => compareMoments(this.#pieces.moment(piece), moment) > 0);
  }
}
