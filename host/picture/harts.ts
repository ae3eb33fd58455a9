// The harts as a screen shows them: what each executes, and how its time went.

import {
  HART_CLOCK,
  HART_IDLE,
  HART_IDLE_TIME,
  HART_MODE,
  HART_RETIRED,
  HART_SIZE,
  HART_SLOT,
  HART_USER,
  HARTS,
  MACHINE,
  MACHINE_HART,
  PCB_PC,
  PCB_PID,
} from "../../assembly/layout.ts";
import { heldContext, pcbWord, readTime } from "../machine/core.ts";
import type { StillSource } from "./source.ts";

export interface HartPicture {
  /** "trap": its process is in the kernel. */
  readonly mode: "user" | "trap" | "idle";
  /** 0 when idle. */
  readonly pid: number;
  /** Of the process it executes; 0 when idle. */
  readonly pc: number;
  /** Ticks. */
  readonly clock: number;
  readonly retired: number;
  /** Ticks spent idle. */
  readonly idle: number;
}

export interface HartsPicture {
  readonly all: readonly HartPicture[];
  /** Whose turn it is. */
  readonly current: number;
}

export function takeHarts({ machine }: StillSource): HartsPicture {
  const { core } = machine.kernel;
  const all = Array.from({ length: machine.configuration.harts }, (_, index): HartPicture => {
    const record = HARTS + index * HART_SIZE;
    const field = (offset: number) => core.unsigned[(record + offset) >>> 2];
    const slot = field(HART_SLOT);
    const mode = field(HART_MODE);
    const pc = core.unsigned[heldContext(core, index) || pcbWord(slot, PCB_PC)];
    return {
      mode: mode === HART_USER ? "user" : mode === HART_IDLE ? "idle" : "trap",
      pid: slot === 0 ? 0 : core.unsigned[pcbWord(slot, PCB_PID)],
      pc: slot === 0 ? 0 : pc,
      clock: readTime(core, record + HART_CLOCK),
      retired: readTime(core, record + HART_RETIRED),
      idle: readTime(core, record + HART_IDLE_TIME),
    };
  });
  return { all, current: core.unsigned[(MACHINE + MACHINE_HART) >>> 2] };
}
