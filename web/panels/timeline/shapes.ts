// How states and marks look on the timeline. Each state has a form of its own beside its colour, and each mark a
// shape: nothing is told by colour alone.

import * as M from "../../../host/picture/chronicle/marks.ts";
import * as L from "../../../host/picture/states.ts";
import { STATE_NAMES } from "../../../host/trace/events.ts";
import { colour } from "../../page/colours.ts";

/** Pixels. As --row in tokens.css. */
export const ROW = 24;
/** Of the bar in its row. */
export const BAR_TOP = 8;
export const BAR_HEIGHT = 12;

export function stateColour(state: number): string {
  return colour(`--state-${STATE_NAMES[state]}`);
}

/** A stretch of one state; `y`: top of the bar. */
export function drawState(
  context: CanvasRenderingContext2D,
  state: number,
  x: number,
  y: number,
  width: number,
): void {
  context.fillStyle = stateColour(state);
  switch (state) {
    case L.STATE_RUNNING:
      context.fillRect(x, y, width, BAR_HEIGHT);
      return;
    case L.STATE_READY:
      context.fillStyle = hatch(stateColour(state), "slant");
      context.fillRect(x, y, width, BAR_HEIGHT);
      context.fillStyle = stateColour(state);
      context.fillRect(x, y, width, 1);
      context.fillRect(x, y + BAR_HEIGHT - 1, width, 1);
      return;
    case L.STATE_BLOCKED:
      context.globalAlpha = 0.14;
      context.fillRect(x, y, width, BAR_HEIGHT);
      context.globalAlpha = 1;
      context.fillRect(x, y + BAR_HEIGHT - 2, width, 2);
      return;
    case L.STATE_STOPPED:
      context.fillStyle = hatch(stateColour(state), "upright");
      context.fillRect(x, y, width, BAR_HEIGHT);
      return;
    default:
      context.fillStyle = hatch(stateColour(state), "dashes");
      context.fillRect(x, y + BAR_HEIGHT / 2 - 1, width, 2);
  }
}

/** Shares of a column stand on each other, the one that ran below. Their heights are pixels. */
const STACK = [L.STATE_RUNNING, L.STATE_READY, L.STATE_BLOCKED, L.STATE_STOPPED, L.STATE_NEW, L.STATE_ZOMBIE];
const STACK_ALPHA: Readonly<Record<number, number>> = {
  [L.STATE_RUNNING]: 1,
  [L.STATE_READY]: 0.55,
  [L.STATE_STOPPED]: 0.55,
};

/** A column with several states: where it is, and where its shares begin. */
export interface MixedColumn {
  readonly x: number;
  readonly first: number;
}

/** All such columns of a row, one path for each state. */
export function drawShares(
  context: CanvasRenderingContext2D,
  columns: readonly MixedColumn[],
  shares: Uint8Array,
  whole: number,
  y: number,
): void {
  const tops = new Float32Array(columns.length).fill(y + BAR_HEIGHT);
  for (const state of STACK) {
    context.beginPath();
    columns.forEach(({ x, first }, index) => {
      const height = (shares[first + state] / whole) * BAR_HEIGHT;
      if (height === 0) return;
      tops[index] -= height;
      context.rect(x, tops[index], 1, height);
    });
    context.fillStyle = stateColour(state);
    context.globalAlpha = STACK_ALPHA[state] ?? 0.3;
    context.fill();
  }
  context.globalAlpha = 1;
}

type Pattern = "slant" | "upright" | "dashes";
const patterns = new Map<string, CanvasPattern>();

/** A pattern in a colour, on nothing. */
function hatch(ink: string, kind: Pattern): CanvasPattern {
  const key = `${kind} ${ink} ${devicePixelRatio}`;
  const known = patterns.get(key);
  if (known) return known;
  const scale = Math.max(1, Math.round(devicePixelRatio));
  const tile = document.createElement("canvas");
  const size = 6 * scale;
  tile.width = size;
  tile.height = size;
  const context = tile.getContext("2d")!;
  context.strokeStyle = ink;
  context.fillStyle = ink;
  context.lineWidth = 1.3 * scale;
  drawTile(context, kind, size);
  const pattern = context.createPattern(tile, "repeat")!;
  pattern.setTransform(new DOMMatrix().scale(1 / scale));
  patterns.set(key, pattern);
  return pattern;
}

function drawTile(context: CanvasRenderingContext2D, kind: Pattern, size: number): void {
  if (kind === "upright") context.fillRect(0, 0, size / 2, size);
  if (kind === "dashes") context.fillRect(0, 0, (size * 2) / 3, size);
  if (kind !== "slant") return;
  context.globalAlpha = 0.22;
  context.fillRect(0, 0, size, size);
  context.globalAlpha = 1;
  context.beginPath();
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift - 1, size + 1);
    context.lineTo(shift + size + 1, -1);
  }
  context.stroke();
}

/** Middle of the marks above the bar. */
const MARK_Y = 4;

interface MarkLook {
  readonly token: string;
  readonly name: string;
  /** In a square of 8 pixels around its middle. */
  readonly path: string;
}

export const MARK_LOOKS: Readonly<Record<number, MarkLook>> = {
  [M.MARK_CALL]: { token: "--ink-3", name: "system call", path: "M-.6-3h1.200v6h-1.200z" },
  [M.MARK_FAULT]: { token: "--ink-3", name: "page fault", path: "M-1.500-1.500h3v3h-3z" },
  [M.MARK_REUSE]: {
    token: "--ink-3",
    name: "page written again",
    path: "M-1.500-1.500h3v3h-3zM-.7-.7v1.400h1.400v-1.400z",
  },
  [M.MARK_COPY]: { token: "--ink-2", name: "copy on write", path: "M-3-2h2.500v4H-3zM.5-2H3v4H.5z" },
  [M.MARK_TRAP]: { token: "--ink-2", name: "interrupt or exception", path: "M-3-3h6l-3 6z" },
  [M.MARK_EXEC]: { token: "--ink", name: "exec", path: "M-3-3h6v6h-6zM-1.600-1.600v3.200h3.200v-3.200z" },
  [M.MARK_CREATE]: {
    token: "--ink",
    name: "created",
    path: "M-.7-3H.7v2.300H3V.7H.7V3H-.7V.7H-3V-.7h2.300z",
  },
  [M.MARK_SIGNAL]: { token: "--error", name: "signal", path: "M0-4 4 0 0 4-4 0z" },
  [M.MARK_EXIT]: {
    token: "--ink",
    name: "end",
    path: "M-2-3 0-1 2-3 3-2 1 0l2 2-1 1-2-2-2 2-1-1 2-2-2-2z",
  },
};

const paths = new Map<number, Path2D>();

export function drawMark(context: CanvasRenderingContext2D, kind: number, x: number, y: number): void {
  const look = MARK_LOOKS[kind];
  let path = paths.get(kind);
  if (path === undefined) {
    path = new Path2D(look.path);
    paths.set(kind, path);
  }
  context.fillStyle = colour(look.token);
  context.translate(x, y + MARK_Y);
  context.fill(path, "evenodd");
  context.translate(-x, -y - MARK_Y);
}

/** Where marks lie too close to be told apart. */
export function drawTick(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.fillStyle = colour("--ink-3");
  context.fillRect(Math.round(x), y + 2, 1, 4);
}
