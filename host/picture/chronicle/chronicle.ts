// What became of every process and every hart through the known run: the log of events, sorted by whom they are
// about. It follows the log event by event and never reads one twice; where the log was cut off or has dropped
// events, it forgets as well. A function of the log: however it was followed, the same comes of it.
//
// Details of a lane: hart a process runs on, channel that it waits on, REASON_* for which it is ready; of a hart the
// pid of the process that runs on it.

import {
  CAUSE_ECALL,
  CAUSE_FETCH_PAGE_FAULT,
  CAUSE_LOAD_PAGE_FAULT,
  CAUSE_STORE_PAGE_FAULT,
  EVENT_A,
  EVENT_B,
  EVENT_C,
  EVENT_CALL,
  EVENT_CREATE,
  EVENT_EXEC,
  EVENT_EXIT,
  EVENT_FAULT,
  EVENT_HART,
  EVENT_PID,
  EVENT_REAP,
  EVENT_REASON,
  EVENT_SIGNAL,
  EVENT_SIZE,
  EVENT_SLOT,
  EVENT_STATE,
  EVENT_TIME,
  EVENT_TRAP,
  EVENT_TYPE,
  FAULT_COPY,
  FAULT_REUSE,
  STATE_BLOCKED,
  STATE_FREE,
  STATE_NEW,
  STATE_READY,
  STATE_RUNNING,
} from "../../../assembly/layout.ts";
import type { EventBlock, EventLog } from "../../history/event-log.ts";
import { Lane } from "./lane.ts";
import { Life } from "./life.ts";
import {
  MARK_CALL,
  MARK_COPY,
  MARK_CREATE,
  MARK_EXEC,
  MARK_EXIT,
  MARK_FAULT,
  MARK_REUSE,
  MARK_SIGNAL,
  MARK_TRAP,
} from "./marks.ts";

/** An event where it lies in its block. */
interface Place {
  readonly block: EventBlock;
  readonly at: number;
  readonly number: number;
  readonly time: number;
}

/** Events dropped by the log before the chronicle forgets them too. */
const TRIM_EVERY = 262_144;
const SERVED_QUIETLY = [CAUSE_ECALL, CAUSE_FETCH_PAGE_FAULT, CAUSE_LOAD_PAGE_FAULT, CAUSE_STORE_PAGE_FAULT];

export class Chronicle {
  /** In the order of birth. */
  readonly lives: Life[] = [];
  readonly harts: readonly Lane[];
  readonly #log: EventLog;
  /** The latest life in each slot, and with each pid. */
  readonly #bySlot: (Life | undefined)[] = [];
  readonly #byPid: (Life | undefined)[] = [];
  #seen = 0;
  #cuts = 0;
  #trimmed = 0;
  #forgotten = 0;

  constructor(log: EventLog, harts: number) {
    this.#log = log;
    this.#cuts = log.cuts.length;
    this.harts = Array.from({ length: harts }, () => new Lane());
  }

  /** Number after the last event that has been read. */
  get seen(): number {
    return this.#seen;
  }

  /** Lives that ended before the oldest event that is remembered. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** The latest life with this pid. */
  lifeWith(pid: number): Life | undefined {
    return this.#byPid[pid];
  }

  /** Index of the life with this serial; -1 if it is forgotten. */
  rowOf(serial: number): number {
    let low = 0;
    let high = this.lives.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.lives[middle].serial < serial) low = middle + 1;
      else high = middle;
    }
    return this.lives[low]?.serial === serial ? low : -1;
  }

  /** How many of the lives began before event number `number`. */
  bornBefore(number: number): number {
    let count = this.lives.length;
    while (count > 0 && this.lives[count - 1].birth.number >= number) count--;
    return count;
  }

  /** Reads the log on, `most` events at the most. */
  follow(most = Number.POSITIVE_INFINITY): void {
    const { cuts, first, end } = this.#log;
    if (cuts.length > this.#cuts) this.#truncate(Math.min(...cuts.slice(this.#cuts)));
    this.#cuts = cuts.length;
    const from = Math.max(this.#seen, first);
    const to = Math.min(end, from + most);
    for (const block of this.#log.blocks(from, to)) this.#read(block);
    this.#seen = to;
    if (first - this.#trimmed >= TRIM_EVERY) this.#trim(first);
  }

  #read(block: EventBlock): void {
    const { words, bytes } = block;
    for (let number = block.first; number < block.end; number++) {
      const at = (number - block.first) * EVENT_SIZE;
      if (!READ[bytes[at + EVENT_TYPE]]) continue;
      const word = (at + EVENT_TIME) >>> 2;
      this.#take({ block, at, number, time: words[word + 1] * 4294967296 + words[word] });
    }
  }

  #take(place: Place): void {
    const { block, at, number, time } = place;
    const life = this.#lifeOf(place);
    if (life === null) return;
    const a = block.words[(at + EVENT_A) >>> 2];
    switch (block.bytes[at + EVENT_TYPE]) {
      case EVENT_STATE:
        return this.#change(life, place);
      case EVENT_TRAP:
        if (!SERVED_QUIETLY.includes(a)) life.marks.add(number, time, MARK_TRAP);
        return;
      case EVENT_CALL:
        return life.marks.add(number, time, MARK_CALL);
      case EVENT_FAULT:
        return life.marks.add(number, time, FAULT_MARKS[wordOf(place, EVENT_B)] ?? MARK_FAULT);
      case EVENT_SIGNAL:
        return life.marks.add(number, time, MARK_SIGNAL);
      case EVENT_EXEC:
        life.rename(number, nameIn(place));
        return life.marks.add(number, time, MARK_EXEC);
      case EVENT_CREATE:
        return life.marks.add(number, time, MARK_CREATE);
      case EVENT_EXIT:
        life.status = a;
        return life.marks.add(number, time, MARK_EXIT);
      case EVENT_REAP:
        return life.reap(number, time);
    }
  }

  /** Whom the event is about; a process that was not known is born. Null for one that is gone already. */
  #lifeOf(place: Place): Life | null {
    const slot = wordOf(place, EVENT_SLOT);
    const pid = wordOf(place, EVENT_PID);
    const known = this.#bySlot[slot];
    if (known?.birth.pid === pid && known.reaped === Number.POSITIVE_INFINITY) return known;
    if (slot === 0 || place.block.bytes[place.at + EVENT_TYPE] === EVENT_REAP) return null;
    const { number, time } = place;
    const isBirth = place.block.bytes[place.at + EVENT_TYPE] === EVENT_CREATE;
    const parent = isBirth ? wordOf(place, EVENT_A) : 0;
    const name = this.#byPid[parent]?.name ?? "";
    const birth = { number, time, slot, pid, parent, name, state: stateBefore(place) };
    const life = new Life(this.#forgotten + this.lives.length, birth);
    this.lives.push(life);
    this.#enter(life);
    return life;
  }

  #enter(life: Life): void {
    this.#bySlot[life.birth.slot] = life;
    this.#byPid[life.birth.pid] = life;
  }

  #change(life: Life, place: Place): void {
    const { block, at, number, time } = place;
    const { lane } = life;
    const to = wordOf(place, EVENT_B);
    // A process may be ended by another hart than the one that it runs on.
    const last = lane.length - 1;
    if (lane.stateOf(last) === STATE_RUNNING)
      this.harts[lane.detailOf(last)].add(number, time, STATE_FREE, 0);
    life.change(number, time, to, detailOf(place, to));
    if (to === STATE_RUNNING) {
      this.harts[block.bytes[at + EVENT_HART]].add(number, time, STATE_RUNNING, life.birth.pid);
    }
  }

  #truncate(end: number): void {
    if (end >= this.#seen) return;
    while (this.lives.length > 0 && this.lives[this.lives.length - 1].birth.number >= end) this.lives.pop();
    this.#bySlot.length = 0;
    this.#byPid.length = 0;
    for (const life of this.lives) {
      life.truncate(end);
      this.#enter(life);
    }
    for (const hart of this.harts) hart.truncate(end);
    this.#seen = end;
  }

  #trim(first: number): void {
    const kept = this.lives.filter(({ reaped }) => reaped >= first);
    this.#forgotten += this.lives.length - kept.length;
    this.lives.splice(0, this.lives.length, ...kept);
    for (const life of kept) life.trim(first);
    for (const hart of this.harts) hart.trim(first);
    this.#trimmed = first;
  }
}

const FAULT_MARKS: Readonly<Record<number, number>> = { [FAULT_COPY]: MARK_COPY, [FAULT_REUSE]: MARK_REUSE };

/** By type: whether a chronicle takes it. */
const READ: readonly boolean[] = Array.from({ length: 256 }, (_, type) =>
  [
    EVENT_STATE,
    EVENT_TRAP,
    EVENT_CALL,
    EVENT_FAULT,
    EVENT_SIGNAL,
    EVENT_EXEC,
    EVENT_CREATE,
    EVENT_EXIT,
    EVENT_REAP,
  ].includes(type),
);

function wordOf({ block, at }: Place, field: number): number {
  return block.words[(at + field) >>> 2];
}

/** State of a process whose first event that is known is this one. */
function stateBefore(place: Place): number {
  const type = place.block.bytes[place.at + EVENT_TYPE];
  if (type === EVENT_STATE) return wordOf(place, EVENT_A);
  return type === EVENT_TRAP || type === EVENT_CALL ? STATE_RUNNING : STATE_NEW;
}

function detailOf(place: Place, state: number): number {
  if (state === STATE_RUNNING) return place.block.bytes[place.at + EVENT_HART];
  if (state === STATE_READY) return place.block.bytes[place.at + EVENT_REASON];
  return state === STATE_BLOCKED ? wordOf(place, EVENT_C) : 0;
}

/** The name in an EVENT_EXEC record. */
function nameIn({ block, at }: Place): string {
  let name = "";
  for (let byte = at + EVENT_A; byte < at + EVENT_SIZE && block.bytes[byte] !== 0; byte++) {
    name += String.fromCharCode(block.bytes[byte]);
  }
  return name;
}
