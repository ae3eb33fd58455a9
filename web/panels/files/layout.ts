// Where the nodes of the graph lie: three columns, as the three tables of an operating system. Deterministic, and
// without a search: each node stands beside the middle of what leads to it, or below the one before.

import type { FilesPicture } from "../../../host/picture/files.ts";

/** Pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** An arrow's line; `from` and `to` are points on the boxes. */
export interface Edge {
  readonly key: string;
  readonly fromX: number;
  readonly fromY: number;
  readonly toX: number;
  readonly toY: number;
  /** Pid of the process whose edge it is; 0: of an open file. */
  readonly pid: number;
  /** Bytes go towards the end, towards the beginning. */
  readonly writes: boolean;
  readonly reads: boolean;
}

export interface GraphLayout {
  /** By pid, by id of the open file, by id of the inode. */
  readonly processes: ReadonlyMap<number, Box>;
  readonly files: ReadonlyMap<number, Box>;
  readonly inodes: ReadonlyMap<number, Box>;
  readonly edges: readonly Edge[];
  readonly width: number;
  readonly height: number;
}

/** Heights of a title and of a line in a box; gaps; all on the grid of 4 pixels. */
export const TITLE = 24;
export const LINE = 20;
const PADDING = 4;
const GAP = 12;
const MARGIN = 12;
const LEAST_WIDTH = 340;
const MOST_WIDTH = 900;

/** Descriptors of a process that name one open file are one line. */
export function linesOf({
  descriptors,
}: FilesPicture["processes"][number]): [file: number, numbers: number[]][] {
  const lines = new Map<number, number[]>();
  for (const { file, number } of descriptors) lines.set(file, [...(lines.get(file) ?? []), number]);
  return [...lines];
}

export function inodeLines({ kind, sleepers }: FilesPicture["inodes"][number]): number {
  return (kind === "pipe" ? 2 : kind === "file" ? 1 : 0) + sleepers.length;
}

export function layoutOf(picture: FilesPicture, available: number): GraphLayout {
  const width = Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, available));
  const column = columnsOf(width);
  const processes = new Map<number, Box>();
  /** Middle of the line that leads to an open file, of all processes. */
  const lines: { pid: number; file: number; y: number }[] = [];
  let y = MARGIN;
  for (const process of picture.processes) {
    const own = linesOf(process);
    const height = TITLE + own.length * LINE + PADDING;
    processes.set(process.pid, { ...column(0), y, height });
    own.forEach(([file], index) =>
      lines.push({ pid: process.pid, file, y: y + TITLE + (index + 0.5) * LINE }),
    );
    y += height + GAP;
  }
  const files = place(
    picture.files,
    column(1),
    () => TITLE + LINE + PADDING,
    ({ id }) => middle(lines.filter(({ file }) => file === id).map((line) => line.y)),
  );
  const inodes = place(
    picture.inodes,
    column(2),
    (inode) => TITLE + inodeLines(inode) * LINE + PADDING,
    ({ id }) =>
      middle(picture.files.filter(({ inode }) => inode === id).map((file) => centre(files.get(file.id)!))),
  );
  const bottom = [...processes.values(), ...files.values(), ...inodes.values()].map(
    (box) => box.y + box.height,
  );
  return {
    processes,
    files,
    inodes,
    edges: [...descriptorEdges(lines, column(0), files), ...fileEdges(picture, files, inodes)],
    width,
    height: Math.max(0, ...bottom) + MARGIN,
  };
}

/** What has the longest words is the widest. */
const SHARES = [0.3, 0.3, 0.4] as const;

function columnsOf(width: number): (index: 0 | 1 | 2) => { x: number; width: number } {
  const inner = width - 2 * MARGIN;
  const gap = Math.max(28, Math.floor(inner * 0.1));
  const widths = SHARES.map((share) => Math.floor((inner - 2 * gap) * share));
  const starts = [0, widths[0] + gap, widths[0] + widths[1] + 2 * gap];
  return (index) => ({ x: MARGIN + starts[index], width: widths[index] });
}

/** Below each other in the order of where they would best be, each there or below the one before. */
function place<T extends { readonly id: number }>(
  nodes: readonly T[],
  column: { x: number; width: number },
  heightOf: (node: T) => number,
  bestOf: (node: T) => number,
): Map<number, Box> {
  const ordered = nodes.map((node) => ({ node, best: bestOf(node) }));
  ordered.sort((a, b) => a.best - b.best || a.node.id - b.node.id);
  const boxes = new Map<number, Box>();
  let free = MARGIN;
  for (const { node, best } of ordered) {
    const height = heightOf(node);
    const y = Math.max(free, Math.round((best - height / 2) / 4) * 4);
    boxes.set(node.id, { ...column, y, height });
    free = y + height + GAP;
  }
  return boxes;
}

function middle(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function centre({ y, height }: Box): number {
  return y + height / 2;
}

function descriptorEdges(
  lines: readonly { pid: number; file: number; y: number }[],
  { x, width }: { x: number; width: number },
  files: ReadonlyMap<number, Box>,
): Edge[] {
  return lines.map(({ pid, file, y }) => {
    const target = files.get(file)!;
    return {
      key: `${pid} ${file}`,
      fromX: x + width,
      fromY: y,
      toX: target.x,
      toY: centre(target),
      pid,
      writes: false,
      reads: false,
    };
  });
}

/** Lines to one inode end one below the other, so that each has its own arrow. */
function fileEdges(
  { files }: FilesPicture,
  boxes: ReadonlyMap<number, Box>,
  inodes: ReadonlyMap<number, Box>,
): Edge[] {
  return files.map(({ id, inode, canRead, canWrite }) => {
    const from = boxes.get(id)!;
    const to = inodes.get(inode)!;
    const siblings = files
      .filter((file) => file.inode === inode)
      .sort((a, b) => boxes.get(a.id)!.y - boxes.get(b.id)!.y);
    const place = siblings.findIndex((file) => file.id === id) + 1;
    return {
      key: `file ${id}`,
      fromX: from.x + from.width,
      fromY: centre(from),
      toX: to.x,
      toY: to.y + (to.height * place) / (siblings.length + 1),
      pid: 0,
      writes: canWrite,
      reads: canRead,
    };
  });
}
