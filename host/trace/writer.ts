// What all trace formats have in common: they take events as these come, and write text as they go, so
// that a long run needs no memory for its trace.

import type { MachineEvent } from "./events.ts";

export interface TraceFormat {
  /** Takes events in the order of the ring. */
  take(events: readonly MachineEvent[]): void;
  /** Says in the trace that so many events are missing here. */
  lost(count: number): void;
  /** Writes what is still open; nothing may follow. */
  finish(): void;
}

export interface TraceContext {
  /** Takes the next piece of the file. */
  readonly write: (text: string) => void;
  /** Ticks per second. */
  readonly clockHz: number;
  readonly harts: number;
  /** Name of a system call, as in "pipe2". */
  readonly callName: (number: number) => string;
}
