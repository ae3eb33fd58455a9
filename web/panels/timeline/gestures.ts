// What wheel and pointer do to the timeline: zoom at the pointer, pan and scroll, go to a moment.

import type { TimelinePicture } from "../../../host/picture/timeline.ts";
import { picture } from "../../page/store.ts";
import { goTo, pointAt, timeAt } from "./pointing.ts";
import type { Asked } from "./Timeline.tsx";
import { panned, zoomed } from "./window.ts";

export type Ask = (change: Partial<Asked>) => void;

/** A press that moves by less is a click. Pixels. */
const STILL = 4;
/** What a turn of the wheel by one pixel does. */
const WHEEL = 0.002;

export interface Size {
  readonly width: number;
  readonly height: number;
  /** Width of the names. */
  readonly gutter: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Pixels from the corner of the drawing. */
export function placeOf({ clientX, clientY }: MouseEvent, box: HTMLElement, { gutter }: Size): Place {
  const { left, top } = box.getBoundingClientRect();
  return { x: clientX - left - gutter, y: clientY - top };
}

export function isOn({ x }: Place, { width }: Size): boolean {
  return x >= 0 && x <= width;
}

export function turnWheel(
  event: WheelEvent,
  at: Place,
  timeline: TimelinePicture,
  size: Size,
  ask: Ask,
): void {
  if (!isOn(at, size)) return;
  event.preventDefault();
  const { deltaX, deltaY, shiftKey } = event;
  const sideways = shiftKey ? deltaY || deltaX : deltaX;
  if (shiftKey || Math.abs(deltaX) > Math.abs(deltaY)) {
    ask({ window: panned(timeline, (sideways / size.width) * (timeline.to - timeline.from)) });
  } else ask({ window: zoomed(timeline, Math.exp(deltaY * WHEEL), at.x / size.width) });
}

export function click(timeline: TimelinePicture, at: Place, scrolled: number): void {
  const found = pointAt(timeline, at.x, at.y, scrolled);
  goTo(found ?? { time: timeAt(timeline, at.x) }, found?.hart ?? hartOf(timeline));
}

/** Hart whose clock a place on a process's row is told by: the one whose turn it is. */
function hartOf(timeline: TimelinePicture): number {
  return Math.min(timeline.harts.spansEnd.length - 1, picture.value?.harts.current ?? 0);
}

/** A press: pans and scrolls while it moves, or is a click. */
export function drag(
  event: PointerEvent,
  timeline: TimelinePicture,
  width: number,
  list: HTMLElement,
  ask: Ask,
  click: () => void,
): void {
  const element = event.currentTarget as HTMLElement;
  const from = { x: event.clientX, y: event.clientY, scroll: list.scrollTop };
  const perPixel = (timeline.to - timeline.from) / width;
  let isStill = true;
  element.setPointerCapture(event.pointerId);
  const pan = (moved: PointerEvent) => {
    const [x, y] = [moved.clientX - from.x, moved.clientY - from.y];
    if (isStill && Math.hypot(x, y) < STILL) return;
    isStill = false;
    list.scrollTop = from.scroll - y;
    ask({ window: panned(timeline, -x * perPixel), point: undefined });
  };
  const release = () => {
    element.removeEventListener("pointermove", pan);
    if (isStill) click();
  };
  element.addEventListener("pointermove", pan);
  element.addEventListener("lostpointercapture", release, { once: true });
}
