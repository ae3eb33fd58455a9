// The end of the machine, with its first process.

import {
  MACHINE,
  MACHINE_SLOT_LIMIT,
  PCB_PARENT,
  PCB_STATE,
  STATE_FREE,
  STATE_ZOMBIE,
} from "../../assembly/layout.ts";
import { pcbWord } from "../machine/core.ts";
import { SIGKILL } from "../syscalls/signal-numbers.ts";
import type { Kernel } from "./kernel.ts";
import { exitProcess } from "./lifetime.ts";

/** The machine ends with its first process: all that still live are killed, and all but the first are reaped. */
export function shutDown(kernel: Kernel): void {
  const { core } = kernel;
  const slots = Array.from({ length: core.words[(MACHINE + MACHINE_SLOT_LIMIT) >>> 2] }, (_, slot) => slot);
  const used = slots.slice(1).filter((slot) => core.words[pcbWord(slot, PCB_STATE)] !== STATE_FREE);
  for (const slot of used) exitProcess(kernel, slot, SIGKILL);
  for (const slot of used) {
    const isOther = core.words[pcbWord(slot, PCB_PARENT)] !== 0;
    if (isOther && core.words[pcbWord(slot, PCB_STATE)] === STATE_ZOMBIE) core.processReap(slot);
  }
}
