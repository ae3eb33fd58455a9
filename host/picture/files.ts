// Descriptors, open files, and what they are of: for the process in focus and those that share an open file or a
// pipe with it. Three tables, as an operating system has them: descriptors of processes, open file descriptions,
// inodes.

import { PCB_PID, PCB_STATE } from "../../assembly/layout.ts";
import { isReadable, isWritable, O_APPEND, O_NONBLOCK } from "../fs/flags.ts";
import { PIPE_CAPACITY } from "../fs/pipe.ts";
import type { FileSystemState, Inode } from "../fs/state.ts";
import type { KernelState } from "../kernel/state.ts";
import { type Core, pcbWord } from "../machine/core.ts";
import type { Focus } from "./focus.ts";
import { nameAt } from "./names.ts";
import { pathsOf } from "./paths.ts";
import { type Sleeper, sleepersOf } from "./sleepers.ts";
import type { PictureSource } from "./source.ts";

export interface DescriptorPicture {
  readonly number: number;
  /** Id of the open file. */
  readonly file: number;
  readonly closeOnExec: boolean;
}

export interface HolderPicture {
  readonly pid: number;
  readonly name: string;
  /** STATE_*. */
  readonly state: number;
  readonly descriptors: readonly DescriptorPicture[];
}

/** An open file description: what open(2) and pipe(2) make, and dup(2) and fork(2) share. */
export interface OpenFilePicture {
  readonly id: number;
  /** Id of the inode. */
  readonly inode: number;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  readonly isAppending: boolean;
  readonly isNonBlocking: boolean;
  /** Bytes. Of no meaning in a pipe or a terminal. */
  readonly offset: number;
  /** Descriptors that name it, in all processes. */
  readonly references: number;
}

export interface InodePicture {
  readonly id: number;
  readonly kind: Inode["kind"] | "terminal";
  /** Path; of a pipe or a stream what it is. */
  readonly name: string;
  /** Bytes in it: of a file its size, of a pipe those that wait in it; else 0. */
  readonly bytes: number;
  /** Bytes that a pipe can hold; else 0. */
  readonly capacity: number;
  /** Open files that can read, and that can write: of a pipe. */
  readonly readers: number;
  readonly writers: number;
  /** Who sleeps on it. */
  readonly sleepers: readonly Sleeper[];
}

export interface FilesPicture {
  /** The one in focus, and its neighbours by pid. */
  readonly processes: readonly HolderPicture[];
  readonly files: readonly OpenFilePicture[];
  readonly inodes: readonly InodePicture[];
  /** Neighbours that are left out, since there are too many. */
  readonly omitted: number;
}

/** Processes of one picture. */
const MOST = 8;
/** Descriptors of one process that are shown. */
const DESCRIPTORS_MOST = 64;

export function takeFiles(
  { machine }: PictureSource,
  focus: Focus | null,
  _asked: true,
): FilesPicture | null {
  if (focus === null) return null;
  const { core, state } = machine.kernel;
  const { slots, omitted } = neighbours(state, focus.slot);
  const processes = slots.map((slot) => takeHolder(core, state, slot));
  const ids = new Set(processes.flatMap(({ descriptors }) => descriptors.map(({ file }) => file)));
  const files = [...ids].sort((a, b) => a - b).map((id) => takeOpenFile(state.files, id));
  const inodes = new Set(files.map(({ inode }) => inode));
  const paths = pathsOf(state.files, inodes);
  const sleepers = sleepersOf(core, state, inodes);
  return {
    processes,
    files,
    inodes: [...inodes].map((id) => takeInode(state.files, id, paths.get(id) ?? "", sleepers.get(id) ?? [])),
    omitted,
  };
}

/**
 * Slots of the process and of those that share with it: first those with a pipe in common, then a file. What nearly
 * all share, the terminal, counts only if nothing else is shared.
 */
function neighbours(state: KernelState, slot: number): { slots: number[]; omitted: number } {
  const own = closeness(state, slot);
  const found: { slot: number; rank: number }[] = [];
  state.processes.forEach((process, other) => {
    let rank = 0;
    for (const descriptor of process?.descriptors ?? []) {
      const file = descriptor && state.files.openFiles[descriptor.file];
      if (file) rank = Math.max(rank, own.get(file.inode) ?? 0);
    }
    if (rank > 0 && other !== slot) found.push({ slot: other, rank });
  });
  found.sort((a, b) => b.rank - a.rank || a.slot - b.slot);
  const close = found.filter(({ rank }) => rank > 1);
  const kept = (close.length > 0 ? close : found).slice(0, MOST - 1).map((one) => one.slot);
  const byPid = (a: number, b: number) => (state.processes[a]?.pid ?? 0) - (state.processes[b]?.pid ?? 0);
  return { slots: [slot, ...kept].sort(byPid), omitted: found.length - kept.length };
}

/** How much it says to share an inode of the process: a pipe 3, a file 2, what everybody has 1. */
function closeness(state: KernelState, slot: number): Map<number, number> {
  const ranks = new Map<number, number>();
  for (const descriptor of state.processes[slot]?.descriptors ?? []) {
    const file = descriptor && state.files.openFiles[descriptor.file];
    if (!file) continue;
    const kind = state.files.inodes[file.inode]?.kind;
    ranks.set(file.inode, kind === "pipe" ? 3 : kind === "file" ? 2 : 1);
  }
  return ranks;
}

function takeHolder(core: Core, state: KernelState, slot: number): HolderPicture {
  const descriptors: DescriptorPicture[] = [];
  state.processes[slot]?.descriptors.forEach((descriptor, number) => {
    if (descriptor === null || descriptors.length >= DESCRIPTORS_MOST) return;
    descriptors.push({ number, file: descriptor.file, closeOnExec: descriptor.closeOnExec });
  });
  const field = (offset: number) => core.unsigned[pcbWord(slot, offset)];
  return { pid: field(PCB_PID), name: nameAt(core, slot), state: field(PCB_STATE), descriptors };
}

function takeOpenFile(files: FileSystemState, id: number): OpenFilePicture {
  const file = files.openFiles[id];
  if (!file) throw new Error(`assertion: a descriptor names open file ${id}, which there is not`);
  const { inode, flags, offset, references } = file;
  return {
    id,
    inode,
    canRead: isReadable(flags),
    canWrite: isWritable(flags),
    isAppending: (flags & O_APPEND) !== 0,
    isNonBlocking: (flags & O_NONBLOCK) !== 0,
    offset,
    references,
  };
}

function takeInode(
  files: FileSystemState,
  id: number,
  path: string,
  sleepers: readonly Sleeper[],
): InodePicture {
  const inode = files.inodes[id];
  if (!inode) throw new Error(`assertion: an open file is of inode ${id}, which there is not`);
  const isPipe = inode.kind === "pipe";
  return {
    id,
    kind: isTerminal(files, inode) ? "terminal" : inode.kind,
    name: nameOf(files, inode, id, path),
    bytes: isPipe ? inode.queue.length : inode.kind === "file" ? inode.size : 0,
    capacity: isPipe ? PIPE_CAPACITY : 0,
    readers: isPipe ? inode.readers : 0,
    writers: isPipe ? inode.writers : 0,
    sleepers,
  };
}

function isTerminal(files: FileSystemState, inode: Inode): boolean {
  if (inode.kind !== "device") return false;
  if (inode.device === "stream") return files.terminals[0].streams[inode.unit];
  return inode.device === "tty" || inode.device === "console";
}

const STREAMS = ["standard input", "standard output", "standard error"];

function nameOf(files: FileSystemState, inode: Inode, id: number, path: string): string {
  if (path !== "") return path;
  if (inode.kind === "pipe") return `pipe ${id}`;
  if (inode.kind === "device")
    return isTerminal(files, inode) ? "terminal" : (STREAMS[inode.unit] ?? inode.device);
  return inode.links === 0 ? `deleted ${inode.kind}` : `${inode.kind} ${id}`;
}
