// Virtual time: each hart counts the instructions it retires and the ticks it idles.

import { ELAPSED } from "../cpu/state";
import { HARTS, HART_CLOCK, HART_SIZE, MACHINE, MACHINE_HART } from "../layout";

/** Linear address of the record of the hart whose turn it is. */
// @ts-ignore: decorator
@inline
export function currentHart(): u32 {
  return HARTS + load<u32>(MACHINE + MACHINE_HART) * HART_SIZE;
}

/** Clock of the hart whose turn it is, in ticks; while it executes, exact at the instruction that asks. */
// @ts-ignore: decorator
@inline
export function now(): u64 {
  return load<u64>(currentHart(), HART_CLOCK) + load<u32>(ELAPSED);
}
