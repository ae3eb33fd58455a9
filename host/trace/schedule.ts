// From events to the schedule: for every process the stretches of time it spent in each state, on which
// hart, why each began and what a blocked one waits for. The base of CSV, JSON and the Chrome trace.

import * as L from "../../assembly/layout.ts";
import {
  channelName,
  execName,
  type MachineEvent,
  REASON_NAMES,
  STATE_NAMES,
  type StateName,
} from "./events.ts";

/** A process through its life; pids and slots may come again, `serial` does not. */
export interface Life {
  readonly serial: number;
  readonly pid: number;
  readonly parentPid: number;
  /** How many processes had this pid before. */
  readonly reuse: number;
  name: string;
}

/** A stretch of one state, [start, end) in ticks. */
export interface Interval {
  readonly life: Life;
  readonly state: StateName;
  readonly start: number;
  readonly end: number;
  /** Where it ran; null in other states. */
  readonly hart: number | null;
  /** Why it began. */
  readonly reason: string;
  /** What it waits for when blocked, else "". */
  readonly waitsFor: string;
}

interface Open {
  readonly life: Life;
  state: StateName;
  start: number;
  hart: number | null;
  reason: string;
  waitsFor: string;
}

/** Follows the processes through the events and hands out each interval when it ends. */
export class Schedule {
  readonly lives: Life[] = [];
  /** By slot. */
  readonly #open = new Map<number, Open>();
  /** By pid: who has it, or had it last. */
  readonly #latest = new Map<number, Life>();
  readonly #emit: (interval: Interval) => void;
  #now = 0;

  constructor(emit: (interval: Interval) => void) {
    this.#emit = emit;
  }

  /** Takes the next event; events of one process come in the order of time. */
  take(event: MachineEvent): void {
    this.#now = Math.max(this.#now, event.time);
    if (event.type === L.EVENT_CREATE) this.#create(event);
    else if (event.type === L.EVENT_EXEC) this.#rename(event);
    else if (event.type === L.EVENT_STATE) this.#change(event);
    else if (event.type === L.EVENT_REAP) this.#end(event);
  }

  /** The life that the event's process is in. */
  lifeOf(event: MachineEvent): Life {
    return (this.#open.get(event.slot) ?? this.#create(event)).life;
  }

  /** Ends the interval that is open for the process, and begins one of the same state. */
  cut(event: MachineEvent): void {
    const open = this.#open.get(event.slot);
    if (open) this.#close(open, event.time);
  }

  /** Ends all that is open, at the time of the last event. */
  finish(): void {
    for (const open of this.#open.values()) this.#close(open, this.#now);
    this.#open.clear();
  }

  #create(event: MachineEvent): Open {
    const known = this.#open.get(event.slot);
    if (known?.life.pid === event.pid) return known;
    const parentPid = event.type === L.EVENT_CREATE ? event.a : 0;
    const name = this.#latest.get(parentPid)?.name ?? "";
    const reuse = (this.#latest.get(event.pid)?.reuse ?? -1) + 1;
    const life = { serial: this.lives.length, pid: event.pid, parentPid, reuse, name };
    this.#latest.set(event.pid, life);
    const open = { life, state: "new" as StateName, start: event.time, hart: null, reason: "", waitsFor: "" };
    this.lives.push(life);
    this.#open.set(event.slot, open);
    return open;
  }

  #rename(event: MachineEvent): void {
    this.#create(event).life.name = execName(event);
  }

  #change(event: MachineEvent): void {
    const open = this.#create(event);
    this.#close(open, event.time);
    open.state = STATE_NAMES[event.b];
    open.hart = event.b === L.STATE_RUNNING ? event.hart : null;
    open.reason = REASON_NAMES[event.reason] ?? "";
    open.waitsFor = event.b === L.STATE_BLOCKED ? channelName(event.c) : "";
    if (event.b === L.STATE_FREE) this.#open.delete(event.slot);
  }

  #end(event: MachineEvent): void {
    const open = this.#open.get(event.slot);
    if (!open) return;
    this.#close(open, event.time);
    this.#open.delete(event.slot);
  }

  #close(open: Open, time: number): void {
    if (time > open.start && open.state !== "free") this.#emit({ ...open, end: time });
    open.start = time;
  }
}
