// What pictures are taken of. Nothing here is changed by looking at it.

import type { Machine } from "../machine.ts";
import type { Moment } from "./moment.ts";
import type { Output } from "./output.ts";

export interface PictureSource {
  readonly machine: Machine;
  /** The latest moment of the known run. */
  readonly end: Moment;
  /** What the machine is doing, or why it does nothing. */
  readonly status: Status;
  /** What the machine has written. */
  readonly output: Output;
}

/** What the machine is doing, or why it does nothing. */
export type Status =
  | { readonly kind: "running" | "paused" }
  /** Nothing can run until there is input. */
  | { readonly kind: "input" }
  /** As wait(2) has it. */
  | { readonly kind: "ended"; readonly exitStatus: number }
  /** Nothing can ever run again. */
  | { readonly kind: "deadlock"; readonly waiting: readonly { pid: number; for: string }[] };
