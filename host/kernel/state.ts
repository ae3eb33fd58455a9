// The kernel's state in the host: plain data under one root, so that a snapshot is a copy of it.
// Identity, state, context and accounting of a process lie in its PCB in linear memory; here is what
// only the host needs.

import type { Descriptor, FileSystemState } from "../fs/state.ts";
import type { PageCache } from "../memory/cache.ts";
import type { Region } from "../memory/region.ts";

/** What a process asked rt_sigaction for one signal. */
export interface SignalAction {
  /** 0 SIG_DFL, 1 SIG_IGN, else the handler's address. */
  handler: number;
  flags: number;
  restorer: number;
  /** Low and high word of the 64-bit mask. */
  mask: [number, number];
}

/**
 * Soft and hard limit of one resource; Infinity is not plain, so RLIM_INFINITY is -1. Replaced, never changed: it is
 * frozen, so that processes and checkpoints share it.
 */
export type ResourceLimit = readonly [soft: number, hard: number];

/** An address space: shared by vfork's child and, later, threads. */
export interface SpaceState {
  /** Page-table root frame. */
  root: number;
  /** Processes that use it. */
  users: number;
  /** Sorted by start, disjoint, page aligned. */
  regions: Region[];
  breakStart: number;
  break: number;
}

export interface ProcessState {
  pid: number;
  /** Index in `spaces`; -1 when it has none (a zombie). */
  space: number;
  /** By descriptor number; null where closed. */
  descriptors: (Descriptor | null)[];
  /** Inode of the working directory (holds a reference). */
  workingDirectory: number;
  umask: number;
  /** Path of the program, and its arguments and environment as given to execve. Byte strings. */
  executable: string;
  /** Whether it ran execve since it was created (setpgid asks). */
  hasExecuted: boolean;
  arguments: string[];
  /** By signal number; null is the default action. */
  actions: (SignalAction | null)[];
  /** By RLIMIT_* number. */
  limits: ResourceLimit[];
}

/** Signals 1..32 and 33..64, a bit each. */
export type SignalSet = [low: number, high: number];

/** A process that waits for one of several descriptors. */
export interface Poller {
  slot: number;
  /** Whoever wakes one of these wakes it. */
  channels: number[];
  /** The signals that it blocks again after the wait, if it blocks others during it. */
  blocked: SignalSet | null;
}

export interface KernelState {
  /** By slot of the process table. */
  processes: (ProcessState | null)[];
  spaces: (SpaceState | null)[];
  /** Indices of `spaces` that are free, the one to use next last. */
  freeSpaces: number[];
  files: FileSystemState;
  /** Frames of mapped files and of shared-memory objects. */
  pageCache: PageCache;
  /** State of the generator behind getrandom and AT_RANDOM: four words. */
  random: number[];
  /** Processes blocked in a poll. */
  pollers: Poller[];
  /** Wait status of the first process once it has ended, and the machine with it; -1 before. */
  status: number;
}
