// How far apart checkpoints are taken: by a model of what they cost and of what the machine has done since, in
// units of one instruction, so that it depends on the run alone and never on a clock.

import type { CheckpointCost } from "./checkpoints.ts";

/** Work between two checkpoints that cost little: a few dozen milliseconds to run again. */
const SHORTEST = 30_000_000;
/** An event comes with work of the kernel: serving a call costs about as much as that many instructions each. */
export const EVENT_WORK = 40;
/** A copied page, with the first write to it afterwards that is noticed. */
const PAGE_WORK = 2000;
/** A cell of the kernel that is compared: between two checkpoints all of them leave the processor's cache. */
const CELL_WORK = 1600;
/** A byte of the kernel's state that is copied, or of an event that is kept. */
const BYTE_WORK = 1;
/** At most one part of the work in this many goes into checkpoints. */
const SHARE = 20;

/** Work until the next checkpoint. */
export function paceAfter({ pages, cells, bytes }: CheckpointCost): number {
  return Math.max(SHORTEST, SHARE * (pages * PAGE_WORK + cells * CELL_WORK + bytes * BYTE_WORK));
}
