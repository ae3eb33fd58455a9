// Machines with random processes whose history is kept, and what the same machines do without one.

import { Machine, type MachineOptions } from "../../host/index.ts";
import { core } from "../harness/machine.ts";

/** A machine in which nothing has been started yet, small and busy: short slices, many switches. */
export function busyMachine(options: Partial<MachineOptions> = {}): Promise<Machine> {
  return Machine.create({ memory: 8 * 1024 * 1024, quantum: 200, turn: 50, processes: 60, ...options, core });
}
