// The process that the screen is about: the one that was chosen while it lives, else the one that runs, else
// the one that ran last.

import {
  HART_LAST_SLOT,
  HART_SIZE,
  HART_SLOT,
  HARTS,
  MACHINE,
  MACHINE_HART,
  PCB_PID,
  PCB_STATE,
  STATE_FREE,
} from "../../assembly/layout.ts";
import { pcbWord } from "../machine/core.ts";
import type { StillSource } from "./source.ts";

export interface Focus {
  readonly slot: number;
  readonly pid: number;
}

/** `chosen`: a pid, or 0 for whichever runs. Null where there is no process at all. */
export function focusOf({ machine }: StillSource, chosen: number): Focus | null {
  const { core } = machine.kernel;
  const hart = HARTS + core.unsigned[(MACHINE + MACHINE_HART) >>> 2] * HART_SIZE;
  const candidates = [
    core.pidSlot(chosen),
    core.unsigned[(hart + HART_SLOT) >>> 2],
    core.unsigned[(hart + HART_LAST_SLOT) >>> 2],
    1,
  ];
  const slot = candidates.find((one) => one !== 0 && core.unsigned[pcbWord(one, PCB_STATE)] !== STATE_FREE);
  return slot === undefined ? null : { slot, pid: core.unsigned[pcbWord(slot, PCB_PID)] };
}
