// The same run in any engine: state hashes along it, and again across a snapshot. Runs in Node and in the page.

import { Machine, type MachineOptions } from "../../host/index.ts";

const STRETCH = 7_001;
const STRETCHES = 12;

/** Hashes of a run of `program` after each stretch; from the middle on by a machine that was restored. */
export async function hashes(
  core: WebAssembly.Module,
  program: Uint8Array,
  args: readonly string[],
  options: Partial<MachineOptions>,
): Promise<string[]> {
  let machine = await Machine.create({ ...options, core });
  machine.load(program, args);
  machine.endInput();
  const found: string[] = [];
  for (let stretch = 0; stretch < STRETCHES; stretch++) {
    const { reason } = machine.run({ maxInstructions: STRETCH });
    found.push(`${reason} ${machine.stateHash()}`);
    if (stretch === STRETCHES / 2) machine = await Machine.restore(core, machine.snapshot());
  }
  return found;
}
