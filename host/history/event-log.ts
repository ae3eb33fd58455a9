// All events of the run so far, past what the ring holds: copied out of it record by record as they are, into
// blocks. Bounded: the oldest block goes first. Replayed events are known already and are not added again. Nothing that is
// in a block is changed unless the run takes another course: checkpoints share it.

import {
  EVENT_A,
  EVENT_B,
  EVENT_C,
  EVENT_CAPACITY,
  EVENT_HART,
  EVENT_PID,
  EVENT_REASON,
  EVENT_SIZE,
  EVENT_SLOT,
  EVENT_TIME,
  EVENT_TYPE,
  EVENTS,
} from "../../assembly/layout.ts";
import type { Core } from "../machine/core.ts";
import type { MachineEvent } from "../trace/events.ts";
import { eventCount } from "./event-segments.ts";

/** Events of a block. */
const BLOCK_EVENTS = 8192;
const BLOCK_BYTES = BLOCK_EVENTS * EVENT_SIZE;

/**
 * A stretch of the log to be read fast: event number `first + i` begins at byte `i * EVENT_SIZE`, its fields are at
 * EVENT_* of layout.ts. Stays as it is until the log is truncated to before its end.
 */
export interface EventBlock {
  readonly first: number;
  /** Number after the last event. */
  readonly end: number;
  readonly bytes: Uint8Array;
  /** Index: byte / 4. */
  readonly words: Uint32Array;
}

interface Block {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  /** Latest time of an event in it once it is full and was asked for; -1 before. */
  latest: number;
}

export class EventLog {
  readonly #blocks: Block[] = [];
  readonly #most: number;
  /** Number of the first block: that of its first event / BLOCK_EVENTS. */
  #firstBlock: number;
  #begin: number;
  #first: number;
  #end: number;
  readonly #cuts: number[] = [];

  /** Begins with what the ring holds. `limitBytes`: of all events, at least two blocks' worth (512 KiB). */
  constructor(core: Core, limitBytes: number) {
    this.#most = Math.max(2, Math.floor(limitBytes / BLOCK_BYTES));
    this.#begin = Math.max(0, eventCount(core) - EVENT_CAPACITY);
    this.#first = this.#begin;
    this.#end = this.#begin;
    this.#firstBlock = Math.floor(this.#begin / BLOCK_EVENTS);
    this.drain(core);
  }

  /** Number of the oldest event that is here. */
  get first(): number {
    return this.#first;
  }

  /** Number after the newest event. */
  get end(): number {
    return this.#end;
  }

  /** Events that were here and had to go. */
  get dropped(): number {
    return this.#first - this.#begin;
  }

  /** Where the log was cut off because the run took another course: numbers of the first event that went, in order. */
  get cuts(): readonly number[] {
    return this.#cuts;
  }

  /** Adds the events of the ring that are not here yet. None may have been overwritten. */
  drain(core: Core): void {
    const count = eventCount(core);
    if (count - this.#end > EVENT_CAPACITY) throw new Error("assertion: events were lost");
    while (this.#end < count) {
      const inBlock = this.#end % BLOCK_EVENTS;
      const inRing = this.#end % EVENT_CAPACITY;
      const some = Math.min(count - this.#end, BLOCK_EVENTS - inBlock, EVENT_CAPACITY - inRing);
      const from = EVENTS + inRing * EVENT_SIZE;
      this.#blockToFill().bytes.set(
        core.bytes.subarray(from, from + some * EVENT_SIZE),
        inBlock * EVENT_SIZE,
      );
      this.#end += some;
    }
  }

  #blockToFill(): Block {
    const index = Math.floor(this.#end / BLOCK_EVENTS) - this.#firstBlock;
    if (index < this.#blocks.length) return this.#blocks[index];
    if (this.#blocks.length === this.#most) this.#dropBlock();
    const block = newBlock();
    this.#blocks.push(block);
    return block;
  }

  #dropBlock(): void {
    this.#blocks.shift();
    this.#firstBlock++;
    this.#first = Math.max(this.#first, this.#firstBlock * BLOCK_EVENTS);
  }

  /** Forgets the events from number `end` on. */
  truncate(end: number): void {
    if (end >= this.#end) return;
    this.#cuts.push(end);
    this.#end = Math.max(this.#first, end);
    this.#blocks.length = Math.ceil(this.#end / BLOCK_EVENTS) - this.#firstBlock;
    const last = this.#blocks[this.#blocks.length - 1];
    if (last) last.latest = -1;
  }

  /** The event with this number; undefined if it is not here. */
  at(number: number): MachineEvent | undefined {
    if (!(number >= this.#first && number < this.#end)) return undefined;
    const { bytes, words } = this.#blocks[Math.floor(number / BLOCK_EVENTS) - this.#firstBlock];
    const at = (number % BLOCK_EVENTS) * EVENT_SIZE;
    const word = (field: number) => words[(at + field) >>> 2];
    return {
      time: timeAt(words, at),
      type: bytes[at + EVENT_TYPE],
      hart: bytes[at + EVENT_HART],
      reason: bytes[at + EVENT_REASON],
      slot: word(EVENT_SLOT),
      pid: word(EVENT_PID),
      a: word(EVENT_A),
      b: word(EVENT_B),
      c: word(EVENT_C),
    };
  }

  /** The events with numbers from `from` to before `to`, as far as they are here, as blocks in order. */
  *blocks(from = this.#first, to = this.#end): Generator<EventBlock> {
    const end = Math.min(to, this.#end);
    for (let number = Math.max(from, this.#first); number < end; ) {
      const { bytes, words } = this.#blocks[Math.floor(number / BLOCK_EVENTS) - this.#firstBlock];
      const inBlock = number % BLOCK_EVENTS;
      const stop = Math.min(end, number - inBlock + BLOCK_EVENTS);
      const range = [inBlock * EVENT_SIZE, (inBlock + stop - number) * EVENT_SIZE] as const;
      yield {
        first: number,
        end: stop,
        bytes: bytes.subarray(...range),
        words: words.subarray(range[0] / 4, range[1] / 4),
      };
      number = stop;
    }
  }

  /** The events of a range as records. */
  read(from = this.#first, to = this.#end): MachineEvent[] {
    const events: MachineEvent[] = [];
    for (let number = Math.max(from, this.#first); number < Math.min(to, this.#end); number++) {
      events.push(this.at(number) as MachineEvent);
    }
    return events;
  }

  /** Number of the first event here that is not before `ticks` on its hart's clock; `end` if there is none. */
  firstAtTime(ticks: number): number {
    for (const [index, block] of this.#blocks.entries()) {
      const start = (this.#firstBlock + index) * BLOCK_EVENTS;
      if (this.#latestOf(block, start) < ticks) continue;
      for (let number = Math.max(start, this.#first); number < this.#end; number++) {
        if (timeAt(block.words, (number - start) * EVENT_SIZE) >= ticks) return number;
      }
    }
    return this.#end;
  }

  /** Harts take turns, so that times are in order only hart by hart: all are looked at, once. */
  #latestOf(block: Block, start: number): number {
    if (block.latest >= 0) return block.latest;
    let latest = 0;
    const end = Math.min(this.#end, start + BLOCK_EVENTS);
    for (let number = Math.max(start, this.#first); number < end; number++) {
      latest = Math.max(latest, timeAt(block.words, (number - start) * EVENT_SIZE));
    }
    if (end === start + BLOCK_EVENTS) block.latest = latest;
    return latest;
  }
}

function newBlock(): Block {
  const buffer = new ArrayBuffer(BLOCK_BYTES);
  return { bytes: new Uint8Array(buffer), words: new Uint32Array(buffer), latest: -1 };
}

/** Time of the record at a byte. */
function timeAt(words: Uint32Array, at: number): number {
  const word = (at + EVENT_TIME) >>> 2;
  return words[word + 1] * 4294967296 + words[word];
}
