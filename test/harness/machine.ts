// Machines for tests: the core compiled once for a worker, output gathered, programs loaded.

import { readFileSync } from "node:fs";
import { Machine, type MachineOptions } from "../../host/index.ts";

/** The compiled core, as built by the test set-up. */
export const core = new WebAssembly.Module(readFileSync(new URL("../../build/core.wasm", import.meta.url)));

export interface Loaded {
  readonly machine: Machine;
  /** All that was written to standard output so far, as text. */
  readonly output: () => string;
}

/** A machine in which `program` is the first process; it has no input. */
export async function machineWith(
  program: Uint8Array,
  args: readonly string[] = ["program"],
  options: Partial<MachineOptions> = {},
): Promise<Loaded> {
  const machine = await Machine.create({ memory: 64 * 1024 * 1024, ...options, core });
  let text = "";
  machine.on("output", (bytes, stream) => {
    if (stream === 1) text += Buffer.from(bytes).toString("latin1");
  });
  const pid = machine.load(program, args);
  if (pid < 0) throw new Error(`the program cannot be started: errno ${-pid}`);
  machine.endInput();
  return { machine, output: () => text };
}
