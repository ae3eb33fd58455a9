// The states of one process, or of one hart, through time: a change in each row of the columns. Sums up to every
// sixteenth change make the time spent in each state, up to any moment, the matter of a few steps: so a lane is
// drawn at the same cost from a millisecond or from an hour.

import { countUpTo, withRoom } from "./columns.ts";

/** STATE_* values, and one for a round number. */
export const STATE_COUNT = 8;
const GROUP = 16;

export class Lane {
  #length = 0;
  #number = new Float64Array(4);
  #time = new Float64Array(4);
  #state = new Uint8Array(4);
  #detail = new Uint32Array(4);
  /** Ticks in each state before the first change of each group. */
  #sums = new Float64Array(STATE_COUNT);

  get length(): number {
    return this.#length;
  }

  /** Number of the event of a change; so with the others. */
  numberOf(index: number): number {
    return this.#number[index];
  }

  /** Ticks. */
  timeOf(index: number): number {
    return this.#time[index];
  }

  /** STATE_*. */
  stateOf(index: number): number {
    return this.#state[index];
  }

  /** By state: see Chronicle. */
  detailOf(index: number): number {
    return this.#detail[index];
  }

  /** Ticks of the last change; 0: there was none. */
  get latest(): number {
    return this.#length === 0 ? 0 : this.#time[this.#length - 1];
  }

  /**
   * From now on it is in this state. Harts' clocks differ by up to a turn: a change before the last one counts from
   * there, as in the PCB's account.
   */
  add(number: number, time: number, state: number, detail: number): void {
    const index = this.#length;
    this.#makeRoom(index + 1);
    this.#number[index] = number;
    this.#time[index] = Math.max(time, this.latest);
    this.#state[index] = state;
    this.#detail[index] = detail;
    if (index % GROUP === 0 && index > 0) this.#sumUp(index);
    this.#length = index + 1;
  }

  #makeRoom(length: number): void {
    this.#number = withRoom(this.#number, length);
    this.#time = withRoom(this.#time, length);
    this.#state = withRoom(this.#state, length);
    this.#detail = withRoom(this.#detail, length);
    this.#sums = withRoom(this.#sums, Math.ceil(length / GROUP) * STATE_COUNT);
  }

  #sumUp(index: number): void {
    const to = (index / GROUP) * STATE_COUNT;
    this.#sums.copyWithin(to, to - STATE_COUNT, to);
    for (let one = index - GROUP; one < index; one++) {
      this.#sums[to + this.#state[one]] += this.#time[one + 1] - this.#time[one];
    }
  }

  /** Index of the state at a time, the last one where it changed several times then; -1 before the first. */
  at(time: number, from = 0): number {
    return countUpTo(this.#time, this.#length, time, from) - 1;
  }

  /** Index of the state right before event number `number`; -1 before the first. */
  before(number: number): number {
    return countUpTo(this.#number, this.#length, number - 1) - 1;
  }

  /** Writes the ticks in each state up to `time` into `sums`. `index`: of the state at that time. */
  sumTo(time: number, index: number, sums: Float64Array): void {
    sums.fill(0);
    if (index < 0) return;
    const group = Math.floor(index / GROUP);
    for (let state = 0; state < STATE_COUNT; state++) sums[state] = this.#sums[group * STATE_COUNT + state];
    for (let one = group * GROUP; one < index; one++) {
      sums[this.#state[one]] += this.#time[one + 1] - this.#time[one];
    }
    sums[this.#state[index]] += Math.max(0, time - this.#time[index]);
  }

  /** Forgets the changes by events from number `end` on. */
  truncate(end: number): void {
    this.#length = this.before(end) + 1;
  }

  /** Forgets whole groups of changes before the state that held right before event number `first`. Sums stay true. */
  trim(first: number): void {
    const groups = Math.floor(Math.max(0, this.before(first)) / GROUP);
    if (groups === 0) return;
    const gone = groups * GROUP;
    this.#number = this.#number.slice(gone);
    this.#time = this.#time.slice(gone);
    this.#state = this.#state.slice(gone);
    this.#detail = this.#detail.slice(gone);
    this.#sums = this.#sums.slice(groups * STATE_COUNT);
    this.#length -= gone;
  }
}
