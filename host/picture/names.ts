// Names of processes as their PCBs have them.

import { PCB_NAME, PCB_SIZE, PROCESSES } from "../../assembly/layout.ts";
import type { Core } from "../machine/core.ts";

const NAME_SIZE = 16;

/** Name of the process in a slot: a byte string. */
export function nameAt({ bytes }: Core, slot: number): string {
  const start = PROCESSES + slot * PCB_SIZE + PCB_NAME;
  let name = "";
  for (let at = start; at < start + NAME_SIZE && bytes[at] !== 0; at++)
    name += String.fromCharCode(bytes[at]);
  return name;
}
