// One process from birth to when it is reaped, as its events tell. Pids and slots come again, lives do not.

import {
  REASON_YIELD,
  STATE_BLOCKED,
  STATE_READY,
  STATE_RUNNING,
  STATE_ZOMBIE,
} from "../../../assembly/layout.ts";
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

interface Switches {
  /** It waited, or gave way. */
  readonly voluntary: number;
  /** Its time slice was over. */
  readonly involuntary: number;
}

function switchesIn(lane: Lane): Switches {
  let voluntary = 0;
  let involuntary = 0;
  for (let index = 1; index < lane.length; index++) {
    if (lane.stateOf(index - 1) !== STATE_RUNNING) continue;
    const state = lane.stateOf(index);
    const isReady = state === STATE_READY;
    if (state === STATE_BLOCKED || (isReady && lane.detailOf(index) === REASON_YIELD)) voluntary++;
    else if (isReady) involuntary++;
  }
  return { voluntary, involuntary };
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
  /** Ticks of the first time that it ran; -1: never yet. */
  firstRun = -1;
  #firstRunNumber = Number.POSITIVE_INFINITY;
  /** Of what is forgotten. */
  #switches: Switches = { voluntary: 0, involuntary: 0 };
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

  /** It changes its state: see Lane. */
  change(number: number, time: number, state: number, detail: number): void {
    this.lane.add(number, time, state, detail);
    if (state !== STATE_RUNNING || this.firstRun >= 0) return;
    this.firstRun = this.lane.latest;
    this.#firstRunNumber = number;
  }

  /** How often it left a hart, as its PCB counts. */
  switches(): Switches {
    const { voluntary, involuntary } = this.#switches;
    const more = switchesIn(this.lane);
    return { voluntary: voluntary + more.voluntary, involuntary: involuntary + more.involuntary };
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
    if (this.#firstRunNumber >= end) {
      this.#firstRunNumber = Number.POSITIVE_INFINITY;
      this.firstRun = -1;
    }
    if (this.reaped < end) return;
    this.reaped = Number.POSITIVE_INFINITY;
    this.reapTime = Number.POSITIVE_INFINITY;
  }

  /** Forgets what lies before event number `first` and is not needed for what comes after. */
  trim(first: number): void {
    const all = this.switches();
    this.lane.trim(first);
    const left = switchesIn(this.lane);
    this.#switches = {
      voluntary: all.voluntary - left.voluntary,
      involuntary: all.involuntary - left.involuntary,
    };
    this.marks.trim(first);
  }
}
