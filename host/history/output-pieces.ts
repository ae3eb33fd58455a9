// The pieces of the output log as columns, in blocks: programs may write a byte at a time, and a record each would
// take many times the room of the bytes. Pieces are numbered from the first that was ever added.

import type { Moment } from "./moment.ts";

/** Bytes of a piece in the columns. */
const PIECE_SIZE = 25;
/** Pieces of a block. */
const BLOCK_PIECES = 2048;

interface Block {
  readonly retired: Float64Array;
  readonly events: Float64Array;
  /** Number of the byte behind the piece. */
  readonly ends: Float64Array;
  readonly streams: Uint8Array;
}

export class OutputPieces {
  readonly #blocks: Block[] = [];
  /** Number of the first block: that of its first piece / BLOCK_PIECES. */
  #firstBlock = 0;
  /** A block that had to go, to be filled again. */
  #spare: Block | null = null;
  #first = 0;
  #end = 0;

  /** Number of the oldest piece that is here. */
  get first(): number {
    return this.#first;
  }

  /** Number after the newest piece. */
  get end(): number {
    return this.#end;
  }

  /** Bytes that they take in the columns. */
  get size(): number {
    return (this.#end - this.#first) * PIECE_SIZE;
  }

  /** `end`: number of the byte behind the piece. */
  add({ retired, events }: Moment, stream: number, end: number): void {
    if (this.#end === (this.#firstBlock + this.#blocks.length) * BLOCK_PIECES) {
      this.#blocks.push(this.#spare ?? newBlock());
      this.#spare = null;
    }
    const index = this.#end % BLOCK_PIECES;
    const block = this.#blocks[this.#blocks.length - 1];
    block.retired[index] = retired;
    block.events[index] = events;
    block.ends[index] = end;
    block.streams[index] = stream;
    this.#end++;
  }

  /** The oldest piece goes. */
  drop(): void {
    this.#first++;
    if (this.#first !== (this.#firstBlock + 1) * BLOCK_PIECES) return;
    this.#spare = this.#blocks.shift() ?? null;
    this.#firstBlock++;
  }

  /** Forgets the pieces from number `end` on. */
  truncate(end: number): void {
    this.#end = end;
    this.#blocks.length = Math.ceil(end / BLOCK_PIECES) - this.#firstBlock;
  }

  /** Number of the byte behind the piece. */
  byteEnd(piece: number): number {
    return this.#block(piece).ends[piece % BLOCK_PIECES];
  }

  stream(piece: number): number {
    return this.#block(piece).streams[piece % BLOCK_PIECES];
  }

  moment(piece: number): Moment {
    const { retired, events } = this.#block(piece);
    return { retired: retired[piece % BLOCK_PIECES], events: events[piece % BLOCK_PIECES] };
  }

  #block(piece: number): Block {
    return this.#blocks[Math.floor(piece / BLOCK_PIECES) - this.#firstBlock];
  }

  /** Number of the first piece for which `isAfter` holds; it holds for all that follow. `end` if there is none. */
  firstWhere(isAfter: (piece: number) => boolean): number {
    let low = this.#first;
    let high = this.#end;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (isAfter(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function newBlock(): Block {
  return {
    retired: new Float64Array(BLOCK_PIECES),
    events: new Float64Array(BLOCK_PIECES),
    ends: new Float64Array(BLOCK_PIECES),
    streams: new Uint8Array(BLOCK_PIECES),
  };
}
