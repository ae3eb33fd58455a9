// What happened in the run so far that is worth a mark on its time line: births, ends, signals. Events are looked
// at once, as they come; where there are too many marks, those closest together go.

import {
  EVENT_CREATE,
  EVENT_EXIT,
  EVENT_SIGNAL,
  EVENT_SIZE,
  EVENT_TIME,
  EVENT_TYPE,
} from "../../assembly/layout.ts";
import type { EventBlock } from "../history/event-log.ts";
import type { History } from "../history/history.ts";
import type { PictureSource } from "./source.ts";

export interface MarksPicture {
  /** Ticks, in the order of the events. */
  readonly time: Float64Array;
  /** EVENT_CREATE, EVENT_EXIT or EVENT_SIGNAL. */
  readonly type: Uint8Array;
}

interface Marks {
  readonly time: number[];
  readonly type: number[];
  /** Number of the event that each mark is of. */
  readonly number: number[];
  /** Events that have been looked at. */
  seen: number;
}

/** More do not fit on a screen. */
const MOST = 2048;
/** Events looked at for one picture, so that its cost is bounded: the rest is for the next ones. */
const MOST_EVENTS = 200_000;

export { EVENT_CREATE, EVENT_EXIT, EVENT_SIGNAL };

const known = new WeakMap<History, Marks>();

export function takeMarks({ history }: PictureSource): MarksPicture {
  const marks = known.get(history) ?? { time: [], type: [], number: [], seen: 0 };
  known.set(history, marks);
  forgetFrom(marks, history.events.end);
  const to = Math.min(history.events.end, Math.max(marks.seen, history.events.first) + MOST_EVENTS);
  for (const block of history.events.blocks(marks.seen, to)) addBlock(marks, block);
  marks.seen = to;
  return { time: Float64Array.from(marks.time), type: Uint8Array.from(marks.type) };
}

/** The run took another course from event number `end` on. */
function forgetFrom(marks: Marks, end: number): void {
  marks.seen = Math.min(marks.seen, end);
  while (marks.number.length > 0 && marks.number[marks.number.length - 1] >= end) {
    marks.number.pop();
    marks.time.pop();
    marks.type.pop();
  }
}

function addBlock(marks: Marks, { first, end, bytes, words }: EventBlock): void {
  for (let number = first; number < end; number++) {
    const at = (number - first) * EVENT_SIZE;
    const type = bytes[at + EVENT_TYPE];
    if (type !== EVENT_CREATE && type !== EVENT_EXIT && type !== EVENT_SIGNAL) continue;
    const word = (at + EVENT_TIME) >>> 2;
    marks.time.push(words[word + 1] * 4294967296 + words[word]);
    marks.type.push(type);
    marks.number.push(number);
    if (marks.number.length > MOST) thin(marks);
  }
}

/** Keeps of those that would be drawn on each other one of each type. */
function thin(marks: Marks): void {
  const span = Math.max(1, marks.time[marks.time.length - 1] / (MOST / 4));
  const latest = new Map<number, number>();
  let kept = 0;
  for (let index = 0; index < marks.time.length; index++) {
    const place = Math.floor(marks.time[index] / span);
    if (latest.get(marks.type[index]) === place) continue;
    latest.set(marks.type[index], place);
    marks.time[kept] = marks.time[index];
    marks.type[kept] = marks.type[index];
    marks.number[kept++] = marks.number[index];
  }
  marks.time.length = kept;
  marks.type.length = kept;
  marks.number.length = kept;
}
