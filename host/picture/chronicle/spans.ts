// A lane as a screen of so many columns shows it: spans of one state, and columns in which there were several, with
// the share of each. Costs what there is to see: spans, not columns, and never the changes in between.

import { STATE_FREE } from "../../../assembly/layout.ts";
import { type Lane, STATE_COUNT } from "./lane.ts";
import type { Marks } from "./marks.ts";

/** A stretch of time in columns of equal length. */
export interface View {
  /** Ticks. */
  readonly from: number;
  readonly to: number;
  /** Columns. */
  readonly width: number;
}

/** As the state of a span: several states in one column. */
export const MIXED = 255;
/** Shares of a column are parts of so many. */
export const WHOLE = 240;

/** One entry of each column is a span; those of one row lie together, in the order of time. */
export interface Spans {
  /** First column, and the one after the last. */
  readonly from: number[];
  readonly to: number[];
  /** STATE_*, or MIXED. */
  readonly state: number[];
  /** As in Chronicle; 0 where it is not the same in the whole span. Of a MIXED one, which of the shares are its own. */
  readonly detail: number[];
  /** Of each MIXED span: STATE_COUNT shares. */
  readonly shares: number[];
}

export const noSpans = (): Spans => ({ from: [], to: [], state: [], detail: [], shares: [] });

let before = new Float64Array(STATE_COUNT);
let after = new Float64Array(STATE_COUNT);
/** What `after` holds the sums of. */
let summed: { lane: Lane | null; time: number } = { lane: null, time: 0 };

/**
 * Adds the spans of a lane up to `end` (ticks), where what is known ends. Nothing is added where it is free: before
 * its first change, and after `end`.
 */
export function addSpans(spans: Spans, lane: Lane, { from, to, width }: View, end: number): void {
  const step = (to - from) / width;
  const rowStart = spans.from.length;
  summed = { lane: null, time: 0 };
  let column = Math.max(0, Math.floor((lane.timeOf(0) - from) / step));
  let index = lane.at(from + column * step);
  while (column < width && from + column * step < end) {
    const begin = from + column * step;
    const next = index + 1 < lane.length ? Math.min(lane.timeOf(index + 1), end) : end;
    if (index >= 0 && next >= begin + step) {
      const stop = Math.min(width, Math.max(column + 1, Math.floor((next - from) / step)));
      append(spans, rowStart, column, stop, lane.stateOf(index), lane.detailOf(index));
      column = stop;
    } else {
      const there = lane.at(Math.min(begin + step, end), Math.max(0, index));
      addColumn(spans, rowStart, lane, column, [begin, index], [Math.min(begin + step, end), there]);
      column++;
      index = there;
      continue;
    }
    index = lane.at(from + column * step, Math.max(0, index));
  }
}

type Point = readonly [time: number, index: number];

/** A column in which the state changes. */
function addColumn(spans: Spans, rowStart: number, lane: Lane, column: number, a: Point, b: Point): void {
  sumUp(lane, a, b);
  let total = 0;
  let only = STATE_FREE;
  let states = 0;
  for (let state = 0; state < STATE_COUNT; state++) {
    const ticks = after[state] - before[state];
    if (ticks <= 0) continue;
    total += ticks;
    only = state;
    states++;
  }
  if (states === 0) only = lane.stateOf(Math.max(0, b[1]));
  if (states <= 1)
    return append(spans, rowStart, column, column + 1, only, sameDetail(lane, only, a[1], b[1]));
  append(spans, rowStart, column, column + 1, MIXED, spans.shares.length / STATE_COUNT);
  for (let state = 0; state < STATE_COUNT; state++) {
    spans.shares.push(Math.round((Math.max(0, after[state] - before[state]) / total) * WHOLE));
  }
}

/** Sums up to the beginning and the end of a column; where one follows the other, its beginning is known. */
function sumUp(lane: Lane, a: Point, b: Point): void {
  if (summed.lane === lane && summed.time === a[0]) [before, after] = [after, before];
  else lane.sumTo(a[0], a[1], before);
  lane.sumTo(b[0], b[1], after);
  summed = { lane, time: b[0] };
}

/** Detail of the stretches of a state, if it is the same in all of the few that are looked at. */
function sameDetail(lane: Lane, state: number, first: number, last: number): number {
  let detail = -1;
  if (last - first > STATE_COUNT) return 0;
  for (let index = Math.max(0, first); index <= last; index++) {
    if (lane.stateOf(index) !== state) continue;
    if (detail !== -1 && detail !== lane.detailOf(index)) return 0;
    detail = lane.detailOf(index);
  }
  return Math.max(0, detail);
}

/** Adds a span, or makes the last one of the row longer. */
function append(
  spans: Spans,
  rowStart: number,
  from: number,
  to: number,
  state: number,
  detail: number,
): void {
  const last = spans.from.length - 1;
  const isSame = last >= rowStart && spans.to[last] === from && spans.state[last] === state;
  if (isSame && state !== MIXED && spans.detail[last] === detail) {
    spans.to[last] = to;
    return;
  }
  if (state === STATE_FREE) return;
  spans.from.push(from);
  spans.to.push(to);
  spans.state.push(state);
  spans.detail.push(detail);
}

/** One entry of each column is the most remarkable thing that happened in a column of the screen. */
export interface MarkSpans {
  readonly column: number[];
  /** MARK_*. */
  readonly kind: number[];
  /** Number of its event. */
  readonly number: number[];
  /** How many things happened there. */
  readonly count: number[];
}

export const noMarks = (): MarkSpans => ({ column: [], kind: [], number: [], count: [] });

/** Marks of one column that are looked at: more of them cannot be told apart anyway. */
const MOST_IN_COLUMN = 32;

export function addMarks(spans: MarkSpans, marks: Marks, { from, to, width }: View): void {
  const step = (to - from) / width;
  for (let index = marks.from(from); index < marks.length && marks.timeOf(index) < to; ) {
    const column = Math.min(width - 1, Math.floor((marks.timeOf(index) - from) / step));
    const next = marks.from(from + (column + 1) * step, index);
    const end = Math.max(next, index + 1);
    const best = mostRemarkable(marks, index, Math.min(end, index + MOST_IN_COLUMN));
    spans.column.push(column);
    spans.kind.push(marks.kindOf(best));
    spans.number.push(marks.numberOf(best));
    spans.count.push(end - index);
    index = end;
  }
}

function mostRemarkable(marks: Marks, first: number, end: number): number {
  let best = first;
  for (let index = first + 1; index < end; index++) {
    if (marks.kindOf(index) > marks.kindOf(best)) best = index;
  }
  return best;
}
