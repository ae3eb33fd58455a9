// The timeline: who was in which state when, on which hart, and what happened, for the rows and the stretch of time
// that are on the screen. Its cost is that of rows and columns, however many processes and events there are.

import type { EventLog } from "../history/event-log.ts";
import type { Chronicle } from "./chronicle/chronicle.ts";
import { chronicleOf } from "./chronicle/followed.ts";
import type { Life } from "./chronicle/life.ts";
import {
  addMarks,
  addSpans,
  type MarkSpans,
  noMarks,
  noSpans,
  type Spans,
  type View,
} from "./chronicle/spans.ts";
import type { Focus } from "./focus.ts";
import type { PictureSource } from "./source.ts";
import { type PointPicture, type PointQuery, takePoint } from "./timeline-point.ts";

/** Which stretch of time: all that is known; so many ticks up to now; from one tick to another. */
export type Window =
  | { readonly kind: "all" }
  | { readonly kind: "follow"; readonly ticks: number }
  | { readonly kind: "range"; readonly from: number; readonly to: number };

export interface TimelineQuery {
  readonly window: Window;
  /** Columns; 2048 at the most. */
  readonly width: number;
  /** Rows of processes: the first one wanted, and how many (at the most 128). */
  readonly first: number;
  readonly rows: number;
  /** What is pointed at. */
  readonly point?: PointQuery | undefined;
  /** Changes nothing: a query that is not the last one gets another picture. */
  readonly turn?: number;
}

/** Rows as columns: entry i of each array is row i. */
export interface RowsPicture {
  readonly spans: SpansPicture;
  /** Index after the last span of each row. */
  readonly spansEnd: Uint32Array;
}

export interface SpansPicture {
  readonly from: Uint16Array;
  readonly to: Uint16Array;
  readonly state: Uint8Array;
  readonly detail: Uint32Array;
  readonly shares: Uint8Array;
}

export interface LifePicture {
  /** Names this life: pids come again. */
  readonly serial: number;
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** Ticks; -1: it has not ended, has not been reaped. */
  readonly start: number;
  readonly end: number;
  readonly reaped: number;
}

export interface TimelinePicture {
  /** The stretch of time shown, in ticks. */
  readonly from: number;
  readonly to: number;
  readonly width: number;
  /** Where what is known begins and ends, in ticks. */
  readonly start: number;
  readonly end: number;
  /** Events that are remembered no more. */
  readonly dropped: number;
  /** Events that are known and not in this picture yet: another one will have them. */
  readonly behind: number;
  readonly harts: RowsPicture;
  /** How many processes there are in all; `lives` are those from number `first` on. */
  readonly count: number;
  readonly first: number;
  readonly lives: readonly LifePicture[];
  readonly processes: RowsPicture;
  readonly marks: MarksPicture;
  /** Index after the last mark of each process. */
  readonly marksEnd: Uint32Array;
  /** Row of the process in focus, among all; -1: none. */
  readonly focus: number;
  readonly point: PointPicture | null;
}

export interface MarksPicture {
  readonly column: Uint16Array;
  /** MARK_* of chronicle/marks.ts. */
  readonly kind: Uint8Array;
  /** Number of the event. */
  readonly number: Float64Array;
  /** How many there are at this place. */
  readonly count: Uint32Array;
}

const MOST_COLUMNS = 2048;
const MOST_ROWS = 128;
/** Events read for one picture, so that its cost is bounded. */
const MOST_EVENTS = 65_536;
/** Ticks: nobody can tell less apart, and a window without length has no columns. */
const LEAST_TICKS = 16;

export function takeTimeline(
  source: PictureSource,
  focus: Focus | null,
  asked: TimelineQuery,
): TimelinePicture {
  const { events } = source.history;
  const chronicle = chronicleOf(events, source.machine.configuration.harts);
  chronicle.follow(MOST_EVENTS);
  const end = Math.max(source.endTime, timeOfLast(events));
  const start = events.first === 0 ? 0 : (events.at(events.first)?.time ?? 0);
  const view = viewOf(asked, start, end, source.machine.time);
  const first = Math.max(0, Math.min(asked.first, chronicle.lives.length - 1));
  const shown = chronicle.lives.slice(first, first + Math.min(asked.rows, MOST_ROWS));
  const harts = noSpans();
  const hartEnds = chronicle.harts.map((lane) => {
    if (lane.length > 0) addSpans(harts, lane, view, end);
    return harts.from.length;
  });
  return {
    ...view,
    start,
    end,
    dropped: events.dropped,
    behind: events.end - chronicle.seen,
    harts: { spans: pictureOf(harts), spansEnd: Uint32Array.from(hartEnds) },
    count: chronicle.lives.length,
    first,
    lives: shown.map(lifeOf),
    ...rowsOf(shown, view, end),
    focus: focus === null ? -1 : rowOf(chronicle, focus.pid),
    point: asked.point ? takePoint(chronicle, events, asked.point, end) : null,
  };
}

function timeOfLast(events: EventLog): number {
  return events.at(events.end - 1)?.time ?? 0;
}

function viewOf({ window, width }: TimelineQuery, start: number, end: number, now: number): View {
  const columns = Math.max(1, Math.min(MOST_COLUMNS, Math.floor(width)));
  const span = (from: number, to: number) => ({ from, to: Math.max(to, from + LEAST_TICKS), width: columns });
  if (window.kind === "range") return span(window.from, window.to);
  if (window.kind === "all") return span(start, end + (end - start) / 64);
  const to = now + window.ticks / 16;
  return span(Math.max(start, to - window.ticks), to);
}

function rowsOf(lives: readonly Life[], view: View, end: number) {
  const spans: Spans = noSpans();
  const marks: MarkSpans = noMarks();
  const spansEnd = new Uint32Array(lives.length);
  const marksEnd = new Uint32Array(lives.length);
  lives.forEach((life, row) => {
    addSpans(spans, life.lane, view, Math.min(end, life.reapTime));
    addMarks(marks, life.marks, view);
    spansEnd[row] = spans.from.length;
    marksEnd[row] = marks.column.length;
  });
  return {
    processes: { spans: pictureOf(spans), spansEnd },
    marks: {
      column: Uint16Array.from(marks.column),
      kind: Uint8Array.from(marks.kind),
      number: Float64Array.from(marks.number),
      count: Uint32Array.from(marks.count),
    },
    marksEnd,
  };
}

function pictureOf({ from, to, state, detail, shares }: Spans): SpansPicture {
  return {
    from: Uint16Array.from(from),
    to: Uint16Array.from(to),
    state: Uint8Array.from(state),
    detail: Uint32Array.from(detail),
    shares: Uint8Array.from(shares),
  };
}

function lifeOf({ serial, birth, name, endTime, reapTime }: Life): LifePicture {
  const finite = (time: number) => (Number.isFinite(time) ? time : -1);
  return {
    serial,
    pid: birth.pid,
    parent: birth.parent,
    name,
    start: birth.time,
    end: finite(endTime),
    reaped: finite(reapTime),
  };
}

/** Lives are in the order of their serials. */
function rowOf(chronicle: Chronicle, pid: number): number {
  const life = chronicle.lifeWith(pid);
  return life === undefined ? -1 : chronicle.rowOf(life.serial);
}
