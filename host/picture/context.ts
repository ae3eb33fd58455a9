// Where a process's registers are: in the hart that executes it, or else in its PCB.

import {
  HART_CONTEXT,
  HART_MODE,
  HART_SIZE,
  HART_USER,
  HARTS,
  PCB_CONTEXT,
  PCB_HART,
} from "../../assembly/layout.ts";
import { type Core, pcbWord } from "../machine/core.ts";

/** Word index of pc, x1..x31 of the process in a slot. */
export function contextOf({ unsigned }: Core, slot: number): number {
  const hart = unsigned[pcbWord(slot, PCB_HART)] - 1;
  const record = HARTS + hart * HART_SIZE;
  const isInHart = hart >= 0 && unsigned[(record + HART_MODE) >>> 2] === HART_USER;
  return isInHart ? (record + HART_CONTEXT) >>> 2 : pcbWord(slot, PCB_CONTEXT);
}

export function pcOf(core: Core, slot: number): number {
  return core.unsigned[contextOf(core, slot)];
}
