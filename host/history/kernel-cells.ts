// The kernel's state as checkpoints see it: cut into cells (a process, a space, an inode, the bytes of a regular
// file, an open file, the cached pages of a file, a shared object, and one cell for all the rest), of which only
// those that differ are copied and put back. The bytes of a file differ when its serial number or version does.

import type { RegularInode } from "../fs/state.ts";
import type { KernelState } from "../kernel/state.ts";
import { sameTree, TreeCopier } from "./tree-copy.ts";

/** The arrays whose elements are cells. A cell's key is its array's place here << 24 | its index. */
const ARRAYS: readonly ((state: KernelState) => unknown[])[] = [
  (state) => state.files.inodes,
  (state) => state.processes,
  (state) => state.spaces,
  (state) => state.files.openFiles,
  (state) => state.pageCache.files,
  (state) => state.pageCache.objects,
];
const KEY_SHIFT = 24;
/** Cells of the inodes have the key of their index, those of files' bytes this much more. */
const BYTES = ARRAYS.length << KEY_SHIFT;
const REST = (ARRAYS.length + 1) << KEY_SHIFT;
const NO_BYTES = new Uint8Array(0);

/** Everything but the cells, and how many of them there are. */
interface Rest {
  lengths: number[];
  state: KernelState;
}

/** What a cell was. Its value is never changed. */
export interface Cell {
  readonly value: unknown;
  /** An estimate. */
  readonly bytes: number;
}

/** The cell with a key, undefined if there is none. */
export type CellSource = (key: number) => Cell | undefined;

/** Copies of the cells that differ from what `known` says they are. */
export function changedCells(state: KernelState, known: CellSource): Map<number, Cell> {
  const cells = new Map<number, Cell>();
  for (const [place, arrayOf] of ARRAYS.entries()) {
    const array = arrayOf(state);
    for (let index = 0; index < array.length; index++) {
      const key = (place << KEY_SHIFT) | index;
      const [now, before] = [array[index], known(key)?.value];
      if (isFile(now) && !hasBytesOf(now, before)) cells.set(BYTES + index, copyOf(now.data));
      if (!sameTree(now, before, isFile(now) ? "data" : "")) cells.set(key, copyOf(withoutBytes(now)));
    }
  }
  const rest = restOf(state);
  if (!sameTree(rest, known(REST)?.value)) cells.set(REST, copyOf(rest));
  return cells;
}

/** Number of the state's cells. */
export function countCells(state: KernelState): number {
  return ARRAYS.reduce((sum, arrayOf) => sum + arrayOf(state).length, 1);
}

/** Makes the state what `wanted` says its cells are. */
export function restoreCells(state: KernelState, wanted: CellSource): void {
  const rest = restIn(wanted);
  if (!sameTree(restOf(state), rest)) putRest(state, copyOf(rest.state).value);
  for (const [place, arrayOf] of ARRAYS.entries()) {
    const array = arrayOf(state);
    array.length = rest.lengths[place];
    for (let index = 0; index < array.length; index++) {
      const value = wanted((place << KEY_SHIFT) | index)?.value;
      if (isFile(value)) array[index] = restoreFile(array[index], value, wanted(BYTES + index)?.value);
      else if (!sameTree(array[index], value)) array[index] = copyOf(value).value;
    }
  }
}

/** The file as it was; the bytes that the kernel has now are kept where they are the same. */
function restoreFile(now: unknown, wanted: RegularInode, bytes: unknown): RegularInode {
  if (!hasBytesOf(wanted, now)) return { ...wanted, data: (bytes as Uint8Array).slice() };
  return { ...wanted, data: (now as RegularInode).data };
}

/** A whole state of cells: a copy. */
export function stateOfCells(wanted: CellSource): KernelState {
  const state = copyOf(restIn(wanted).state).value;
  restoreCells(state, wanted);
  return state;
}

function restIn(wanted: CellSource): Rest {
  return (wanted(REST) as Cell).value as Rest;
}

function restOf(state: KernelState): Rest {
  return {
    lengths: ARRAYS.map((arrayOf) => arrayOf(state).length),
    state: {
      ...state,
      processes: [],
      spaces: [],
      files: { ...state.files, inodes: [], openFiles: [] },
      pageCache: { ...state.pageCache, files: [], objects: [] },
    },
  };
}

/** The objects that the kernel's parts hold on to (state, files, page cache) stay; so do the arrays of cells. */
function putRest(state: KernelState, rest: KernelState): void {
  const { processes, spaces, files, pageCache } = state;
  const { inodes, openFiles } = files;
  const { files: cachedFiles, objects } = pageCache;
  Object.assign(files, rest.files, { inodes, openFiles });
  Object.assign(pageCache, rest.pageCache, { files: cachedFiles, objects });
  Object.assign(state, rest, { processes, spaces, files, pageCache });
}

function isFile(value: unknown): value is RegularInode {
  return typeof value === "object" && value !== null && (value as { kind?: unknown }).kind === "file";
}

/** Whether `other` is the same file with the same bytes: a version names a content, a serial number a file. */
function hasBytesOf(file: RegularInode, other: unknown): boolean {
  return isFile(other) && file.serial === other.serial && file.version === other.version;
}

function withoutBytes(value: unknown): unknown {
  return isFile(value) ? { ...value, data: NO_BYTES } : value;
}

function copyOf<Value>(value: Value): { value: Value; bytes: number } {
  const copier = new TreeCopier();
  return { value: copier.copy(value), bytes: copier.bytes };
}
