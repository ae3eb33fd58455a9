// The timeline by keys: zoom, pan, choose a process, point at its events one after the other and go there.

import type { TimelinePicture, Window } from "../../../host/picture/timeline.ts";
import { chosen } from "../../page/store.ts";
import type { Ask } from "./gestures.ts";
import { goTo } from "./pointing.ts";
import type { Asked } from "./Timeline.tsx";
import { movedTo, panned, zoomed } from "./window.ts";

const ZOOM = 0.6;
/** Of the width. */
const PAN = 1 / 8;

export function keyPressed(event: KeyboardEvent, timeline: TimelinePicture, asked: Asked, ask: Ask): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const window = windowAfter(event.key, timeline);
  if (window !== null) ask({ window });
  else if (event.key === "ArrowUp" || event.key === "ArrowDown")
    choose(timeline, event.key === "ArrowUp" ? -1 : 1);
  else if (event.key === "," || event.key === ".") point(timeline, asked, event.key === "," ? -1 : 1, ask);
  else if (event.key === "Enter" && asked.point?.event !== undefined) goTo(asked.point, 0);
  else if (event.key === "Escape" && asked.point) ask({ point: undefined });
  else return;
  event.preventDefault();
}

function windowAfter(key: string, timeline: TimelinePicture): Window | null {
  const length = timeline.to - timeline.from;
  switch (key) {
    case "+":
    case "=":
      return zoomed(timeline, ZOOM, 0.5);
    case "-":
    case "_":
      return zoomed(timeline, 1 / ZOOM, 0.5);
    case "ArrowLeft":
      return panned(timeline, -length * PAN);
    case "ArrowRight":
      return panned(timeline, length * PAN);
    case "PageUp":
      return panned(timeline, -length);
    case "PageDown":
      return panned(timeline, length);
    case "Home":
      return movedTo(timeline, timeline.start);
    case "End":
      return movedTo(timeline, timeline.end - length * (1 - PAN));
    case "0":
      return { kind: "all" };
    case "n":
      return { kind: "follow", ticks: length };
    default:
      return null;
  }
}

/** The process of the next row that is still in the table. */
function choose({ lives, focus, first }: TimelinePicture, step: number): void {
  for (let row = focus - first + step; row >= 0 && row < lives.length; row += step) {
    if (lives[row].reaped >= 0) continue;
    chosen.value = lives[row].pid;
    return;
  }
}

/** Points at the next mark of the process in focus that is in sight. */
function point(timeline: TimelinePicture, asked: Asked, step: number, ask: Ask): void {
  const { marks, marksEnd, focus, first, lives } = timeline;
  const row = focus - first;
  if (lives[row] === undefined) return;
  const begin = row === 0 ? 0 : marksEnd[row - 1];
  const end = marksEnd[row];
  if (begin === end) return;
  const current = asked.point?.event ?? -1;
  let index = step > 0 ? begin : end - 1;
  while (index >= begin && index < end && (marks.number[index] - current) * step <= 0 && current >= 0)
    index += step;
  if (index < begin || index >= end) return;
  const time = timeline.from + ((marks.column[index] + 0.5) / timeline.width) * (timeline.to - timeline.from);
  ask({ point: { life: lives[row].serial, time, event: marks.number[index] } });
}
