// One process from birth to when it is reaped, as its events tell. Pids and slots come again, lives do not.

import { STATE_ZOMBIE } from "../../../assembly/layout.ts";
import { Lane } from "./lane.ts";
import { Marks } from "./marks.ts";

export interface Birth {
  /** Number of its first event. */
  readonly number: number;
  /** Ticks. */
  readonly time: number;
  readonly slot: number;
  readonly pid: number;
  /** Pid; 0: none, or not known. */
  readonly parent: number;
  /** Until it executes a program of its own. */
  readonly name: string;
  /** STATE_* that it was in: NEW, unless its first events are forgotten. */
  readonly state: number;
}

export class Life {
  /** Counts the lives of a run, from 0: names this one. */
  readonly serial: number;
  readonly birth: Birth;
  readonly lane = new Lane();
  readonly marks = new Marks();
  readonly #names: { readonly number: number; readonly name: string }[] = [];
  /** Number and time of the event that reaped it; Infinity while it is in the table. */
  reaped = Number.POSITIVE_INFINITY;
  reapTime = Number.POSITIVE_INFINITY;
  /** As wait(2) has it; valid once it has ended. */
  status = 0;

  constructor(serial: number, birth: Birth) {
    this.serial = serial;
    this.birth = birth;
    this.lane.add(birth.number, birth.time, birth.state, 0);
  }

  /** Of the program that it executes, or executed last. */
  get name(): string {
    return this.#names[this.#names.length - 1]?.name ?? this.birth.name;
  }

  rename(number: number, name: string): void {
    this.#names.push({ number, name });
  }

  reap(number: number, time: number): void {
    this.reaped = number;
    this.reapTime = Math.max(time, this.lane.latest);
  }

  /** Ticks at its end; Infinity while it lives. */
  get endTime(): number {
    const last = this.lane.length - 1;
    return this.lane.stateOf(last) === STATE_ZOMBIE ? this.lane.timeOf(last) : Number.POSITIVE_INFINITY;
  }

  /** Forgets what events from number `end` on told, of which its birth is none. */
  truncate(end: number): void {
    this.lane.truncate(end);
    this.marks.truncate(end);
    while (this.#names.length > 0 && this.#names[this.#names.length - 1].number >= end) this.#names.pop();
    if (this.reaped < end) return;
    this.reaped = Number.POSITIVE_INFINITY;
    this.reapTime = Number.POSITIVE_INFINITY;
  }

  /** Forgets what lies before event number `first` and is not needed for what comes after. */
  trim(first: number): void {
    this.lane.trim(first);
    this.marks.trim(first);
  }
}
