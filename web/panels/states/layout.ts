// Where the states and the arrows between them lie: three columns and three rows, as textbooks draw them.

import {
  STATE_BLOCKED,
  STATE_NEW,
  STATE_READY,
  STATE_RUNNING,
  STATE_STOPPED,
  STATE_ZOMBIE,
} from "../../../host/picture/states.ts";

/** After the states of the table: a process that was reaped is in it no more. */
export const GONE = 7;

export interface Node {
  readonly state: number;
  readonly column: 0 | 1 | 2;
  readonly row: 0 | 1 | 2;
}

export const NODES: readonly Node[] = [
  { state: STATE_NEW, column: 0, row: 0 },
  { state: STATE_READY, column: 1, row: 0 },
  { state: STATE_RUNNING, column: 2, row: 0 },
  { state: STATE_BLOCKED, column: 1, row: 1 },
  { state: STATE_ZOMBIE, column: 2, row: 1 },
  { state: STATE_STOPPED, column: 1, row: 2 },
  { state: GONE, column: 2, row: 2 },
];

/** A point on a box: 0 is its left or upper edge, 1 its right or lower one. */
type Port = readonly [x: number, y: number];

export interface Route {
  readonly from: number;
  readonly to: number;
  readonly start: Port;
  readonly end: Port;
  /** How far the arrow bends, in pixels to its right; 0: straight. */
  readonly bend?: number;
  /** Drawn only once it was taken: what textbooks leave out. */
  readonly isRare?: boolean;
}

export const ROUTES: readonly Route[] = [
  { from: STATE_NEW, to: STATE_READY, start: [1, 0.5], end: [0, 0.5] },
  { from: STATE_READY, to: STATE_RUNNING, start: [1, 0.3], end: [0, 0.3] },
  { from: STATE_RUNNING, to: STATE_READY, start: [0, 0.7], end: [1, 0.7] },
  { from: STATE_RUNNING, to: STATE_BLOCKED, start: [0.25, 1], end: [1, 0.3] },
  { from: STATE_BLOCKED, to: STATE_READY, start: [0.5, 0], end: [0.5, 1] },
  { from: STATE_RUNNING, to: STATE_ZOMBIE, start: [0.6, 1], end: [0.6, 0] },
  { from: STATE_ZOMBIE, to: GONE, start: [0.6, 1], end: [0.6, 0] },
  { from: STATE_BLOCKED, to: STATE_ZOMBIE, start: [1, 0.7], end: [0, 0.7], isRare: true },
  { from: STATE_READY, to: STATE_ZOMBIE, start: [1, 1], end: [0, 0], isRare: true },
  { from: STATE_NEW, to: STATE_ZOMBIE, start: [0.5, 1], end: [0, 0.85], bend: -40, isRare: true },
  { from: STATE_RUNNING, to: STATE_STOPPED, start: [0.1, 1], end: [1, 0.2], isRare: true },
  { from: STATE_BLOCKED, to: STATE_STOPPED, start: [0.5, 1], end: [0.5, 0], isRare: true },
  { from: STATE_READY, to: STATE_STOPPED, start: [0, 0.8], end: [0, 0.3], bend: -36, isRare: true },
  { from: STATE_STOPPED, to: STATE_READY, start: [0, 0.7], end: [0, 0.95], bend: 52, isRare: true },
  { from: STATE_STOPPED, to: STATE_BLOCKED, start: [0.3, 0], end: [0.3, 1], isRare: true },
  { from: STATE_STOPPED, to: STATE_ZOMBIE, start: [1, 0.5], end: [0, 1], isRare: true },
];

/** Pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export const BOX_HEIGHT = 44;
const ROW_GAP = 40;
const MARGIN = 12;
const LEAST_WIDTH = 328;
const MOST_WIDTH = 640;
export const HEIGHT = 3 * BOX_HEIGHT + 2 * ROW_GAP + 2 * MARGIN;

export interface Diagram {
  readonly width: number;
  readonly boxWidth: number;
  readonly placeOf: (node: Node) => Place;
}

export function diagramOf(available: number): Diagram {
  const width = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, available));
  const boxWidth = Math.min(132, Math.floor((width - 2 * MARGIN) * 0.26));
  const step = (width - 2 * MARGIN - boxWidth) / 2;
  return {
    width,
    boxWidth,
    placeOf: ({ column, row }) => ({
      x: Math.round(MARGIN + column * step),
      y: MARGIN + row * (BOX_HEIGHT + ROW_GAP),
    }),
  };
}

export interface Arrow {
  readonly path: string;
  /** Where its count stands. */
  readonly label: Place;
}

export function arrowOf({ from, to, start, end, bend = 0 }: Route, diagram: Diagram): Arrow {
  const a = pointAt(diagram, from, start);
  const b = pointAt(diagram, to, end);
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  // The middle of the arrow, moved to the right of its way.
  const x = (a.x + b.x) / 2 - ((b.y - a.y) / length) * bend;
  const y = (a.y + b.y) / 2 + ((b.x - a.x) / length) * bend;
  const middle = { x: (a.x + b.x) / 4 + x / 2, y: (a.y + b.y) / 4 + y / 2 };
  return { path: `M${a.x} ${a.y}Q${x} ${y} ${b.x} ${b.y}`, label: bend === 0 ? { x, y } : middle };
}

function pointAt(diagram: Diagram, state: number, [x, y]: Port): Place {
  const place = diagram.placeOf(NODES.find((node) => node.state === state)!);
  return { x: Math.round(place.x + x * diagram.boxWidth), y: Math.round(place.y + y * BOX_HEIGHT) };
}
