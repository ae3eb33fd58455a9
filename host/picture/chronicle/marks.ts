// What happened to one process and took no time: system calls, faults, signals and so on, in columns.

import { countUpTo, withRoom } from "./columns.ts";

/** Kinds of marks, the more remarkable the higher: where several fall on one place the highest is shown. */
export const MARK_FAULT = 1;
/** A page that was shared may be written again without a copy. */
export const MARK_REUSE = 2;
export const MARK_COPY = 3;
export const MARK_CALL = 4;
export const MARK_TRAP = 5;
export const MARK_EXEC = 6;
export const MARK_CREATE = 7;
export const MARK_SIGNAL = 8;
export const MARK_EXIT = 9;
export const MARK_KINDS = 10;

export class Marks {
  #length = 0;
  #number = new Float64Array(4);
  #time = new Float64Array(4);
  #kind = new Uint8Array(4);
  /** Of each kind, how many were forgotten. */
  readonly #forgotten = new Uint32Array(MARK_KINDS);

  get length(): number {
    return this.#length;
  }

  numberOf(index: number): number {
    return this.#number[index];
  }

  /** Ticks. */
  timeOf(index: number): number {
    return this.#time[index];
  }

  /** MARK_*. */
  kindOf(index: number): number {
    return this.#kind[index];
  }

  add(number: number, time: number, kind: number): void {
    const index = this.#length++;
    this.#number = withRoom(this.#number, this.#length);
    this.#time = withRoom(this.#time, this.#length);
    this.#kind = withRoom(this.#kind, this.#length);
    this.#number[index] = number;
    this.#time[index] = index === 0 ? time : Math.max(time, this.#time[index - 1]);
    this.#kind[index] = kind;
  }

  /** Index of the first mark that is not before a time. */
  from(time: number, start = 0): number {
    return countUpTo(this.#time, this.#length, Math.ceil(time) - 1, start);
  }

  /** How many of each kind there were before event number `end`. */
  count(end: number): Uint32Array {
    const counts = this.#forgotten.slice();
    for (let index = 0; index < this.#length && this.#number[index] < end; index++) {
      counts[this.#kind[index]]++;
    }
    return counts;
  }

  truncate(end: number): void {
    this.#length = countUpTo(this.#number, this.#length, end - 1);
  }

  /** Forgets the marks of events before number `first`, but not that there were so many. */
  trim(first: number): void {
    const gone = countUpTo(this.#number, this.#length, first - 1);
    for (let index = 0; index < gone; index++) this.#forgotten[this.#kind[index]]++;
    this.#number = this.#number.slice(gone);
    this.#time = this.#time.slice(gone);
    this.#kind = this.#kind.slice(gone);
    this.#length -= gone;
  }
}
