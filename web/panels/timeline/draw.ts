// Draws the timeline's picture on a canvas: ruler, harts, then the processes as far as they are scrolled into view.
// Nothing is remembered from one drawing to the next.

import { MARK_TRAP } from "../../../host/picture/chronicle/marks.ts";
import { STATE_BLOCKED, STATE_READY, STATE_RUNNING } from "../../../host/picture/states.ts";
import type { RowsPicture, TimelinePicture } from "../../../host/picture/timeline.ts";
import { channelName } from "../../../host/trace/events.ts";
import { colour } from "../../page/colours.ts";
import {
  BAR_HEIGHT,
  BAR_TOP,
  drawMark,
  drawShares,
  drawState,
  drawTick,
  type MixedColumn,
  ROW,
  stateColour,
} from "./shapes.ts";
import { rulerSteps, rulerText } from "./window.ts";

export interface Scene {
  readonly timeline: TimelinePicture;
  /** Ticks: where the machine stands. */
  readonly now: number;
  readonly clockHz: number;
  /** Pixels that the list of processes is scrolled down. */
  readonly scrolled: number;
  /** Column that the pointer is at; -1: none. */
  readonly pointer: number;
}

const LABEL_LEAST = 28;
/** As in chronicle/spans.ts. */
const MIXED = 255;
const WHOLE = 240;
const SHARES = 8;
const FONT = "11px ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace";
/** Pixels between marks that are drawn as shapes. */
const MARKS_APART = 7;

/** Height of ruler and harts, which stay while processes are scrolled. */
export function headHeight(harts: number): number {
  return (1 + harts) * ROW;
}

export function draw(context: CanvasRenderingContext2D, scene: Scene, width: number, height: number): void {
  const { timeline } = scene;
  context.clearRect(0, 0, width, height);
  context.font = FONT;
  context.textBaseline = "middle";
  const head = headHeight(timeline.harts.spansEnd.length);
  drawGrid(context, scene, width, height);
  context.save();
  context.beginPath();
  context.rect(0, head, width, Math.max(0, height - head));
  context.clip();
  drawProcesses(context, scene, head, width);
  context.restore();
  drawHarts(context, timeline);
  drawFuture(context, scene, width, height);
  drawRule(context, scene, head, width);
  if (scene.pointer >= 0) {
    context.fillStyle = colour("--line-strong");
    context.fillRect(scene.pointer, ROW, 1, height);
  }
}

function columnOf({ from, to, width }: TimelinePicture, ticks: number): number {
  return ((ticks - from) / (to - from)) * width;
}

const STEP_PIXELS = 110;

function drawGrid(context: CanvasRenderingContext2D, scene: Scene, width: number, height: number): void {
  const { timeline, clockHz } = scene;
  const steps = rulerSteps(timeline.from, timeline.to, width / STEP_PIXELS, clockHz);
  for (const ticks of steps) {
    const x = Math.round(columnOf(timeline, ticks));
    context.fillStyle = colour("--line");
    context.fillRect(x, 0, 1, height);
    context.fillStyle = colour("--ink-3");
    if (ticks >= 0) context.fillText(rulerText(ticks, steps[1] - steps[0], clockHz), x + 4, ROW / 2);
  }
}

function drawRule(
  context: CanvasRenderingContext2D,
  { timeline, now }: Scene,
  head: number,
  width: number,
): void {
  context.fillStyle = colour("--line-strong");
  context.fillRect(0, head - 1, width, 1);
  context.fillStyle = colour("--line");
  context.fillRect(0, ROW - 1, width, 1);
  const x = Math.round(columnOf(timeline, now));
  context.fillStyle = colour("--accent");
  context.fillRect(x, ROW - 6, 1, 10_000);
  context.beginPath();
  context.moveTo(x - 4, ROW - 10);
  context.lineTo(x + 5, ROW - 10);
  context.lineTo(x + 0.5, ROW - 3);
  context.fill();
}

/** What lies after the machine's moment is known, but has not happened yet. */
function drawFuture(
  context: CanvasRenderingContext2D,
  { timeline, now }: Scene,
  width: number,
  height: number,
): void {
  if (now >= timeline.end) return;
  const x = Math.max(0, columnOf(timeline, now));
  context.globalAlpha = 0.6;
  context.fillStyle = colour("--surface");
  context.fillRect(x, ROW, Math.max(0, width - x), height);
  context.globalAlpha = 1;
}

function drawHarts(context: CanvasRenderingContext2D, timeline: TimelinePicture): void {
  const { harts, lives, focus, first } = timeline;
  const chosen = lives[focus - first]?.pid ?? -1;
  harts.spansEnd.forEach((_, row) => {
    const y = (1 + row) * ROW + 6;
    drawRow(context, harts, row, y, (pid) => ({
      text: pid === 0 ? "" : String(pid),
      faint: pid !== chosen,
    }));
  });
}

function drawProcesses(context: CanvasRenderingContext2D, scene: Scene, head: number, width: number): void {
  const { timeline, scrolled } = scene;
  timeline.lives.forEach((_, row) => {
    const y = head + (timeline.first + row) * ROW - scrolled;
    if (timeline.first + row === timeline.focus) {
      context.globalAlpha = 0.5;
      context.fillStyle = colour("--accent-wash");
      context.fillRect(0, y, width, ROW);
      context.globalAlpha = 1;
    }
    drawRow(context, timeline.processes, row, y + BAR_TOP, (detail, state) => ({
      text: labelOf(state, detail, timeline.harts.spansEnd.length),
      faint: false,
    }));
    drawMarks(context, timeline, row, y);
  });
}

/** What is written into a bar that has room for it. */
function labelOf(state: number, detail: number, harts: number): string {
  if (state === STATE_BLOCKED) return channelName(detail);
  if (state === STATE_RUNNING && harts > 1) return `hart ${detail}`;
  return "";
}

type Labels = (detail: number, state: number) => { readonly text: string; readonly faint: boolean };

function drawRow(
  context: CanvasRenderingContext2D,
  { spans, spansEnd }: RowsPicture,
  row: number,
  y: number,
  label: Labels,
): void {
  const mixed: MixedColumn[] = [];
  for (let index = row === 0 ? 0 : spansEnd[row - 1]; index < spansEnd[row]; index++) {
    const x = spans.from[index];
    const state = spans.state[index];
    if (state === MIXED) {
      mixed.push({ x, first: spans.detail[index] * SHARES });
      continue;
    }
    const { text, faint } = label(spans.detail[index], state);
    const width = spans.to[index] - x;
    if (faint) context.globalAlpha = 0.3;
    drawState(context, state, x, y, width > 2 && faint ? width - 1 : width);
    context.globalAlpha = 1;
    if (width >= LABEL_LEAST && text !== "") drawLabel(context, text, x, y, width, state, faint);
  }
  if (mixed.length > 0) drawShares(context, mixed, spans.shares, WHOLE, y);
}

function drawLabel(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  width: number,
  state: number,
  faint: boolean,
): void {
  const left = Math.max(4, x + 4);
  const room = x + width - left - 4;
  if (context.measureText(text).width > room) return;
  const isSolid = state === STATE_RUNNING && !faint;
  context.fillStyle = isSolid
    ? colour("--surface")
    : state === STATE_READY
      ? stateColour(state)
      : colour("--ink");
  context.fillText(text, left, y + BAR_HEIGHT / 2 + 0.5);
}

function drawMarks(
  context: CanvasRenderingContext2D,
  timeline: TimelinePicture,
  row: number,
  y: number,
): void {
  const { marks, marksEnd } = timeline;
  let last = Number.NEGATIVE_INFINITY;
  for (let index = row === 0 ? 0 : marksEnd[row - 1]; index < marksEnd[row]; index++) {
    const x = marks.column[index];
    const kind = marks.kind[index];
    const isPlain = kind <= MARK_TRAP;
    const next = index + 1 < marksEnd[row] ? marks.column[index + 1] : Number.POSITIVE_INFINITY;
    const isCrowded = x - last < MARKS_APART || next - x < MARKS_APART;
    if (isPlain && isCrowded) drawTick(context, x, y);
    else drawMark(context, kind, x + 0.5, y);
    last = x;
  }
}
