// Round robin: in order of arrival, each for one quantum at the most; who uses it up goes to the end.

import { MACHINE, MACHINE_QUANTUM } from "../../layout";

/** Instructions until the timer takes the hart away. */
export function roundRobinQuantum(): u32 {
  return load<u32>(MACHINE + MACHINE_QUANTUM);
}
