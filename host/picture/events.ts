// Events of the log as rows of a table, in words: only those that are on the screen are made.

import {
  EVENT_LOAD,
  EVENT_PID,
  EVENT_SAVE,
  EVENT_SIZE,
  EVENT_TIME,
  EVENT_TYPE,
} from "../../assembly/layout.ts";
import { eventWords } from "../debug/event-words.ts";
import type { EventLog } from "../history/event-log.ts";
import { countUpTo } from "./chronicle/columns.ts";
import { chronicleOf } from "./chronicle/followed.ts";
import type { Focus } from "./focus.ts";
import type { PictureSource } from "./source.ts";

export interface EventsQuery {
  /** Ticks: events of this stretch of time only. */
  readonly from: number;
  readonly to: number;
  /** Of this process only; 0: of all. */
  readonly pid: number;
  /** Rows: the first one wanted, and how many (at the most 128). */
  readonly first: number;
  readonly rows: number;
}

export interface EventRow {
  readonly number: number;
  /** Ticks of the hart's clock. */
  readonly time: number;
  readonly hart: number;
  readonly pid: number;
  /** Of the process; "" where it is not known. */
  readonly name: string;
  readonly type: number;
  readonly what: string;
  readonly why: string;
}

export interface EventsPicture {
  readonly first: number;
  /** How many there are in all. */
  readonly count: number;
  /** There are more: only the first MOST are listed. */
  readonly isCut: boolean;
  /** How many of them lie before the machine's moment. */
  readonly passed: number;
  readonly rows: readonly EventRow[];
}

/** Events of a table. */
export const MOST = 100_000;
const MOST_ROWS = 128;

export function takeEvents(source: PictureSource, _focus: Focus | null, asked: EventsQuery): EventsPicture {
  const { events, now } = source.history;
  const list = listOf(events, asked);
  const first = Math.max(0, Math.min(asked.first, list.numbers.length - 1));
  const chronicle = chronicleOf(events, source.machine.configuration.harts);
  const shown = list.numbers.slice(first, first + Math.min(asked.rows, MOST_ROWS));
  return {
    first,
    count: list.numbers.length,
    isCut: list.isCut,
    passed: countUpTo(list.numbers, list.numbers.length, now.events - 1),
    rows: Array.from(shown, (number) => {
      const event = events.at(number)!;
      const { time, hart, pid, type } = event;
      return {
        number,
        time,
        hart,
        pid,
        type,
        name: chronicle.lifeWith(pid)?.name ?? "",
        ...eventWords(event),
      };
    }),
  };
}

interface List {
  readonly key: string;
  readonly numbers: Float64Array;
  readonly isCut: boolean;
}

const lists = new WeakMap<EventLog, List>();

/** The numbers of the events that are wanted; the same list as long as nothing else is asked for. */
function listOf(log: EventLog, { from, to, pid }: EventsQuery): List {
  const key = `${from} ${to} ${pid} ${log.first} ${log.end} ${log.cuts.length}`;
  const known = lists.get(log);
  if (known?.key === key) return known;
  const numbers = new Float64Array(Math.min(MOST, log.end - log.first));
  let count = 0;
  let isCut = false;
  for (const { first, end, words, bytes } of log.blocks(log.firstAtTime(from))) {
    if (isCut || wordsTime(words, 0) > to + BLOCK_TIME) break;
    for (let number = first; number < end && !isCut; number++) {
      const at = (number - first) * EVENT_SIZE;
      const type = bytes[at + EVENT_TYPE];
      const time = wordsTime(words, at);
      // What is saved and loaded is told by the trap and the decision beside it.
      if (type === EVENT_SAVE || type === EVENT_LOAD || time < from || time > to) continue;
      if (pid !== 0 && words[(at + EVENT_PID) >>> 2] !== pid) continue;
      if (count === numbers.length) isCut = true;
      else numbers[count++] = number;
    }
  }
  const list = { key, numbers: numbers.slice(0, count), isCut };
  lists.set(log, list);
  return list;
}

/** Harts' clocks differ by up to a turn: an event may be so many ticks before one that came earlier. */
const BLOCK_TIME = 10_000_000;

function wordsTime(words: Uint32Array, at: number): number {
  const word = (at + EVENT_TIME) >>> 2;
  return words[word + 1] * 4294967296 + words[word];
}
