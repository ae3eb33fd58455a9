// The bytes of one read or write call on their way between a file and a program's buffers. Both ends
// are taken in order, from the first byte to the last; a fault of the program's memory ends the way.

/** Buffers that a call fills. */
export interface Sink {
  /** Bytes that still fit. */
  readonly remaining: number;
  /** Stores the first `remaining` of the bytes; returns how many it took: fewer only after a fault. */
  put(bytes: Uint8Array): number;
}

/** Buffers that a call empties. */
export interface Source {
  /** Bytes still to come. */
  readonly remaining: number;
  /**
   * The next bytes, at most `limit`; at least one unless nothing remains or memory faults.
   * Valid until the next call.
   */
  take(limit: number): Uint8Array;
}

const ZEROS = new Uint8Array(4096);

/** Stores `count` zero bytes; returns how many were taken. */
export function putZeros(sink: Sink, count: number): number {
  let done = 0;
  while (done < count) {
    const step = Math.min(count - done, ZEROS.length);
    const taken = sink.put(step === ZEROS.length ? ZEROS : ZEROS.subarray(0, step));
    done += taken;
    if (taken < step) break;
  }
  return done;
}

/** A source of plain bytes. */
export class ByteSource implements Source {
  readonly bytes: Uint8Array;
  remaining: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.remaining = bytes.length;
  }

  take(limit: number): Uint8Array {
    const from = this.bytes.length - this.remaining;
    const bytes = this.bytes.subarray(from, from + Math.min(limit, this.remaining));
    this.remaining -= bytes.length;
    return bytes;
  }
}
