// The whole run so far as a line: where the machine stands, what happened when. Dragging goes to that time; arrows,
// Page Up and Down, Home and End do the same.

import { useEffect, useRef } from "preact/hooks";
import type { Picture } from "../../host/picture/index.ts";
import { EVENT_CREATE, EVENT_EXIT } from "../../host/picture/marks.ts";
import { move } from "./actions.ts";
import { colour } from "./colours.ts";
import { isRunning, picture } from "./store.ts";
import { timeText } from "./text.ts";
import { usePart } from "./usePart.ts";
import { scheme } from "./view.ts";

/** Height of the line; it is as wide as there is room. Pixels. */
const HEIGHT = 24;

export default function Scrubber() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const marks = usePart("marks", true);
  const shown = picture.value;
  const theme = scheme.value;
  useEffect(() => {
    const element = canvas.current!;
    const redraw = () => picture.value && draw(element, picture.value);
    const observer = new ResizeObserver(redraw);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (shown) draw(canvas.current!, shown);
  }, [shown, marks, theme]);
  const now = shown ? timeText(shown.time, shown.clockHz) : "";
  const end = shown ? timeText(shown.endTime, shown.clockHz) : "";
  return (
    <section class="scrubber" aria-label="Run">
      <span class="figure">{now}</span>
      <div
        class="scrubber-line"
        role="slider"
        tabIndex={0}
        aria-label="Time"
        aria-valuemin={0}
        aria-valuemax={shown?.endTime ?? 0}
        aria-valuenow={shown?.time ?? 0}
        aria-valuetext={`${now} of ${end}`}
        title="Drag to any time of the run so far"
        onPointerDown={drag}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} height={HEIGHT} />
      </div>
      <span class="figure">{end}</span>
    </section>
  );
}

/** The time that was asked for last, while another one is gone to. Ticks. */
let next: number | null = null;
let isBusy = false;

/** Goes to a time; of several that are asked for meanwhile only the last one counts. */
async function goToTime(ticks: number): Promise<void> {
  next = Math.round(ticks);
  if (isBusy) return;
  isBusy = true;
  while (next !== null) {
    const target: number = next;
    next = null;
    await move({ kind: "goToTime", ticks: target, hart: 0 });
    await untilStill();
  }
  isBusy = false;
}

function untilStill(): Promise<void> {
  return new Promise((resolve) => {
    const stop = isRunning.subscribe((running) => {
      if (running) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

function drag(event: PointerEvent): void {
  const shown = picture.value;
  if (shown === null || event.button !== 0) return;
  const line = event.currentTarget as HTMLElement;
  line.setPointerCapture(event.pointerId);
  const go = ({ clientX }: PointerEvent) => {
    const { left, width } = line.getBoundingClientRect();
    void goToTime(Math.min(1, Math.max(0, (clientX - left) / width)) * (picture.value?.endTime ?? 0));
  };
  go(event);
  line.addEventListener("pointermove", go);
  line.addEventListener("lostpointercapture", () => line.removeEventListener("pointermove", go), {
    once: true,
  });
}

function onKeyDown(event: KeyboardEvent): void {
  const shown = picture.value;
  if (shown === null) return;
  const percent = shown.endTime / 100;
  const times: Readonly<Record<string, number>> = {
    ArrowLeft: shown.time - percent,
    ArrowDown: shown.time - percent,
    ArrowRight: shown.time + percent,
    ArrowUp: shown.time + percent,
    PageDown: shown.time - 10 * percent,
    PageUp: shown.time + 10 * percent,
  };
  if (event.key === "Home") void move({ kind: "goTo", moment: shown.start });
  else if (event.key === "End") void move({ kind: "goTo", moment: shown.end });
  else if (event.key in times) void goToTime(Math.min(shown.endTime, Math.max(0, times[event.key])));
  else return;
  event.preventDefault();
}

/** The line, what has passed of it, the marks, and where the machine stands. */
function draw(canvas: HTMLCanvasElement, { time, endTime, marks }: Picture): void {
  const scale = globalThis.devicePixelRatio;
  const width = canvas.clientWidth;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(HEIGHT * scale);
  const context = canvas.getContext("2d")!;
  context.scale(scale, scale);
  const place = (ticks: number) => (endTime === 0 ? 0 : Math.round((ticks / endTime) * (width - 2)) + 1);
  const middle = HEIGHT / 2;
  context.fillStyle = colour("--line");
  context.fillRect(0, middle - 2, width, 4);
  context.fillStyle = colour("--accent");
  context.fillRect(0, middle - 2, place(time), 4);
  // Births above the line, ends below it, signals on both sides.
  marks?.time.forEach((ticks, index) => {
    const type = marks.type[index];
    context.fillStyle = colour(
      type === EVENT_CREATE ? "--state-new" : type === EVENT_EXIT ? "--state-zombie" : "--state-stopped",
    );
    if (type !== EVENT_EXIT) context.fillRect(place(ticks), middle - 8, 1, 5);
    if (type !== EVENT_CREATE) context.fillRect(place(ticks), middle + 3, 1, 5);
  });
  context.fillStyle = colour("--ink");
  context.fillRect(place(time) - 1, 2, 2, HEIGHT - 4);
}
