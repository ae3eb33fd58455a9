// The latest output of a machine, as bytes in the order in which they came: what a terminal can be shown from.

import type { Output } from "./output.ts";

/** Bytes that are kept. */
const KEPT = 1 << 20;

export class OutputTail implements Output {
  /** Tells the outputs of several machines apart. */
  readonly run: number;
  #ring = new Uint8Array(KEPT);
  #end = 0;

  constructor(run: number) {
    this.run = run;
  }

  /** Bytes that ever came. */
  get end(): number {
    return this.#end;
  }

  /** Number of the first byte that is still here. */
  get start(): number {
    return Math.max(0, this.#end - KEPT);
  }

  add(bytes: Uint8Array): void {
    const kept = bytes.subarray(Math.max(0, bytes.length - KEPT));
    const at = (this.#end + bytes.length - kept.length) % KEPT;
    const first = Math.min(kept.length, KEPT - at);
    this.#ring.set(kept.subarray(0, first), at);
    this.#ring.set(kept.subarray(first), 0);
    this.#end += bytes.length;
  }

  /** A copy of the bytes from number `from`, which must still be here. */
  read(from: number): Uint8Array {
    const bytes = new Uint8Array(this.#end - from);
    const at = from % KEPT;
    const first = Math.min(bytes.length, KEPT - at);
    bytes.set(this.#ring.subarray(at, at + first));
    bytes.set(this.#ring.subarray(0, bytes.length - first), first);
    return bytes;
  }
}
