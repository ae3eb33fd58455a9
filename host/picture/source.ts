// What pictures are taken of. Nothing here is changed by looking at it.

import type { Breakpoint, LogLine } from "../debug/breakpoint.ts";
import type { Stop } from "../debug/stop.ts";
import type { History } from "../history/history.ts";
import type { Moment } from "../history/moment.ts";
import type { Waiting } from "../kernel/deadlock.ts";
import type { Machine } from "../machine.ts";
import type { StillMachine } from "../still-machine.ts";
import type { Output } from "./output.ts";

/** What is enough for the first picture: a machine that may not have run yet. */
export interface StillSource {
  readonly machine: StillMachine;
}

export interface PictureSource extends StillSource {
  readonly machine: Machine;
  /** The machine's past: moments, log of events, log of output. Only to be read. */
  readonly history: History;
  /** Ticks at the end of the known run. */
  readonly endTime: number;
  /** What the machine is doing, or why it does nothing. */
  readonly status: Status;
  /** What the machine has written. */
  readonly output: Output;
  /** The latest stop; null before the first one, and while it runs. */
  readonly stop: Stop | null;
  readonly breakpoints: readonly Breakpoint[];
  /** What breakpoints that log have said up to now; absent: nobody has listened. */
  readonly logLines?: readonly LogLine[];
}

/** What the machine is doing, or why it does nothing. */
export type Status =
  | { readonly kind: "paused" }
  /** `goal`: the moment that it is on its way to, if that can be long. */
  | { readonly kind: "running"; readonly goal?: Moment }
  /** Nothing can run until there is input. */
  | { readonly kind: "input" }
  /** As wait(2) has it. */
  | { readonly kind: "ended"; readonly exitStatus: number }
  /** Nothing can ever run again. */
  | { readonly kind: "deadlock"; readonly waiting: readonly Waiting[] };
