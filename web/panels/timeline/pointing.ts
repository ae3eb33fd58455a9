// From a place on the drawing to what it stands for, and from there to a moment of the run.

import type { TimelinePicture } from "../../../host/picture/timeline.ts";
import type { PointQuery } from "../../../host/picture/timeline-point.ts";
import { move } from "../../page/actions.ts";
import { headHeight } from "./draw.ts";
import { ROW } from "./shapes.ts";

/** Pixels around the pointer in which a mark is meant. */
const REACH = 5;
/** Height of the marks above the bars. */
const MARKS_HEIGHT = 9;

/** What lies at a place of the drawing (pixels from its corner): null on the ruler and on nothing. */
export function pointAt(
  timeline: TimelinePicture,
  x: number,
  y: number,
  scrolled: number,
): PointQuery | null {
  const time = timeAt(timeline, x);
  const harts = timeline.harts.spansEnd.length;
  const row = Math.floor(y / ROW) - 1;
  if (row < 0) return null;
  if (row < harts) return { hart: row, time };
  const fromTop = y - headHeight(harts) + scrolled;
  const index = Math.floor(fromTop / ROW) - timeline.first;
  const life = timeline.lives[index];
  if (life === undefined) return null;
  const event = markNear(timeline, index, x, fromTop % ROW < MARKS_HEIGHT ? REACH : 1);
  return { life: life.serial, time, ...(event === null ? {} : { event }) };
}

export function timeAt({ from, to, width }: TimelinePicture, x: number): number {
  return Math.max(0, Math.round(from + ((to - from) * x) / width));
}

function markNear(
  { marks, marksEnd }: TimelinePicture,
  row: number,
  x: number,
  reach: number,
): number | null {
  let best: number | null = null;
  let distance = reach + 1;
  for (let index = row === 0 ? 0 : marksEnd[row - 1]; index < marksEnd[row]; index++) {
    const away = Math.abs(marks.column[index] - x);
    if (away >= distance) continue;
    distance = away;
    best = marks.number[index];
  }
  return best;
}

/** The moment right after an event, or the first one at a time on the hart that it is about. */
export function goTo({ event, time }: Pick<PointQuery, "event" | "time">, hart: number): void {
  void move(event === undefined ? { kind: "goToTime", ticks: time, hart } : { kind: "goToEvent", event });
}
