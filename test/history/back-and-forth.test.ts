// Forwards, backwards and forwards again through random programs is the same state: at random moments of a run
// whose history is kept, the hash is that of the same machine, run once and straight, without any history.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { History } from "../../host/history/history.ts";
import type { Machine, MachineOptions } from "../../host/index.ts";
import { makeRandom } from "../differential/random.ts";
import { missing } from "../harness/tools.ts";
import { compileActor } from "../kernel/actor.ts";
import { busyMachine, runSettled } from "./actors.ts";

interface Known {
  readonly retired: number;
  readonly events: number;
  readonly hash: string;
}

/** What a machine is at so many moments of its run, told by a machine that only ever went forwards. */
function straight(machine: Machine, stretches: readonly number[]): Known[] {
  return stretches.map((stretch) => {
    runSettled(machine, stretch);
    return { retired: machine.instructions, events: machine.eventCount, hash: machine.stateHash() };
  });
}

let actor: Uint8Array;

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("random processes", () => {
  beforeAll(() => {
    actor = readFileSync(compileActor());
  });

  const runs = [1, 2, 4].flatMap((harts) => [1, 2, 3, 4].map((seed) => [harts, seed * 7919 + harts]));
  test.each(runs)("are the same both ways (%i harts, seed %i)", async (harts, seed) => {
    const args = ["/bin/actor", String(seed), "60"];
    await travel(actor, args, { harts }, seed, 140);
  });
});

async function travel(
  program: Uint8Array,
  args: readonly string[],
  options: Partial<MachineOptions>,
  seed: number,
  pairs: number,
): Promise<void> {
  const random = makeRandom(seed);
  const stretches = Array.from({ length: 40 }, () => random.below(700));
  const reference = await busyMachine(options);
  reference.load(program, args);
  const known = straight(reference, stretches);
  const machine = await busyMachine(options);
  machine.load(program, args);
  const history = History.create(machine, { pace: () => 2000, stopovers: [200, 30] });
  for (const stretch of stretches) history.run({ maxInstructions: stretch });
  for (let pair = 0; pair < pairs; pair++) {
    const target = known[random.below(known.length)];
    history.goTo(target);
    expect(history.now).toEqual({ retired: target.retired, events: target.events });
    expect(machine.stateHash(), `at ${target.retired}`).toBe(target.hash);
  }
}
