// Which processes the table shows, and in which order: as a tree or by a column, all or those that match.

import type { ProcessesPicture } from "../../../host/picture/index.ts";

/** By what a column sorts; equal ones by pid. */
export type Key = (processes: ProcessesPicture, row: number) => number | string;

export interface Wanted {
  /** Null: the tree, each process below its parent. */
  readonly key: Key | null;
  readonly descending: boolean;
  /** Whether the person wants to see it. In the tree the ancestors of what matches are kept. */
  readonly matches: (row: number) => boolean;
}

/** One line of the table. */
export interface Line {
  readonly row: number;
  /** For each generation from the first process's children on: whether the line goes on below it. */
  readonly branches: readonly boolean[];
  /** False for an ancestor that is only here for the sake of its descendants. */
  readonly matches: boolean;
}

export function linesOf(processes: ProcessesPicture, wanted: Wanted): Line[] {
  return wanted.key === null ? tree(processes, wanted) : sorted(processes, wanted, wanted.key);
}

function sorted(processes: ProcessesPicture, { descending, matches }: Wanted, key: Key): Line[] {
  const rows = Array.from({ length: processes.count }, (_, row) => row).filter(matches);
  const keys = rows.map((row) => key(processes, row));
  const order = rows.map((_, index) => index);
  const sign = descending ? -1 : 1;
  order.sort((a, b) => sign * compare(keys[a], keys[b]) || processes.pid[rows[a]] - processes.pid[rows[b]]);
  return order.map((index) => ({ row: rows[index], branches: [], matches: true }));
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function tree(processes: ProcessesPicture, { matches }: Wanted): Line[] {
  const children = childrenOf(processes);
  const kept = keptRows(processes, matches);
  const lines: Line[] = [];
  // A stack and no recursion: a chain of forks may be as long as the table.
  const waiting: Line[] = [];
  const push = (rows: readonly number[], above: readonly boolean[] | null) => {
    const shown = rows.filter((row) => kept[row] !== 0);
    for (let at = shown.length - 1; at >= 0; at--) {
      const branches = above === null ? [] : [...above, at < shown.length - 1];
      waiting.push({ row: shown[at], branches, matches: kept[shown[at]] === MATCHES });
    }
  };
  push(children.get(0) ?? [], null);
  for (let line = waiting.pop(); line !== undefined; line = waiting.pop()) {
    lines.push(line);
    push(children.get(processes.pid[line.row]) ?? [], line.branches.slice(-DEEPEST));
  }
  return lines;
}

/** Generations that a line draws. */
const DEEPEST = 11;
const IS_ANCESTOR = 1;
const MATCHES = 2;

/** Rows by the pid of the parent, each list by pid. */
function childrenOf({ count, pid, parent }: ProcessesPicture): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (let row = 0; row < count; row++) {
    const siblings = children.get(parent[row]);
    if (siblings === undefined) children.set(parent[row], [row]);
    else siblings.push(row);
  }
  for (const rows of children.values()) rows.sort((a, b) => pid[a] - pid[b]);
  return children;
}

function keptRows({ count, pid, parent }: ProcessesPicture, matches: (row: number) => boolean): Uint8Array {
  const rowOf = new Map(Array.from({ length: count }, (_, row) => [pid[row], row]));
  const kept = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    if (!matches(row)) continue;
    kept[row] = MATCHES;
    let above = rowOf.get(parent[row]);
    while (above !== undefined && kept[above] === 0) {
      kept[above] = IS_ANCESTOR;
      above = rowOf.get(parent[above]);
    }
  }
  return kept;
}
