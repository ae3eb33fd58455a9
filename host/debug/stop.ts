// Why and where the session stopped: plain data, the same for every screen and protocol.

import type { Moment } from "../history/moment.ts";
import type { Waiting } from "../kernel/deadlock.ts";
import type { MachineEvent } from "../trace/events.ts";
import type { LastWrite } from "./last-write.ts";

export type StopReason =
  /** A step was made: one instruction, a call, a line, a pass. */
  | "step"
  /** A place that `runTo`, `stepOut` or the like aimed at was reached. */
  | "location"
  | "breakpoint"
  | "watchpoint"
  /** A caught event, or the one that was looked for. */
  | "event"
  /** The moment that was asked for. */
  | "moment"
  /** Interrupted: by `interrupt`. */
  | "paused"
  /** The machine has ended. */
  | "ended"
  /** Nothing can run until there is input. */
  | "input"
  /** Nothing can ever run again. */
  | "deadlock"
  /** Going back came to the beginning of what is remembered. */
  | "start"
  /** The process that was followed has ended. */
  | "process-ended";

/** An access that a watchpoint saw. */
export interface WatchedAccess {
  readonly kind: "read" | "write" | "register";
  /** First byte that is watched; for a register its number. */
  readonly address: number;
  /** Bytes that are watched; 4 for a register. */
  readonly length: number;
  /** Value before and after, as the bytes lie in memory; only one of them where nothing changed hands. */
  readonly before?: Uint8Array;
  readonly after?: Uint8Array;
  /** Address of the instruction that did it; of the ecall, if a system call did. */
  readonly pc: number;
}

export interface Stop {
  readonly reason: StopReason;
  readonly moment: Moment;
  /** Whom it is about: the process that stopped, hit, or is next to execute. Absent if none is. */
  readonly pid?: number;
  /** Address of the process's next instruction. */
  readonly pc?: number;
  /** Number of the breakpoint, watchpoint or catchpoint. */
  readonly breakpoint?: number;
  readonly access?: WatchedAccess;
  readonly event?: MachineEvent & { readonly number: number };
  /** Wait status of the machine ("ended") or of the process ("process-ended"). */
  readonly status?: number;
  /** What was found by "lastWrite". */
  readonly write?: LastWrite;
  /** A condition that had no value, so that it could not be told whether it holds. */
  readonly problem?: string;
  /** In a deadlock: who waits for what. */
  readonly waiting?: readonly Waiting[];
}
