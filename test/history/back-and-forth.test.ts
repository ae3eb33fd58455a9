// Forwards, backwards and forwards again is the same state: at random moments of random programs, amid traps too, the
// hash is that of the same machine run once and straight, without any history.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { History, type Machine, type MachineOptions, type Moment } from "../../host/index.ts";
import { writeSingle } from "../differential/batch.ts";
import { generateProgram } from "../differential/generator.ts";
import { makeRandom, type Random } from "../differential/random.ts";
import { missing } from "../harness/tools.ts";
import { compileActor } from "../kernel/actor.ts";
import { busyMachine } from "./actors.ts";

interface Known extends Moment {
  readonly hash: string;
}

interface Journey {
  readonly program: Uint8Array;
  readonly args: readonly string[];
  readonly options: Partial<MachineOptions>;
  /** Instructions of a stretch at the most; every third one ends amid a trap instead, after so many events. */
  readonly stretch: number;
  readonly stretches: number;
  readonly visits: number;
}

/** Goes on by a random stretch: to where an instruction is next, or to where the trap path is anywhere. */
function wander(machine: Machine, random: Random, { stretch }: Journey): void {
  if (random.oneIn(3)) {
    machine.debugging.set({ untilEvents: machine.eventCount + 1 + random.below(12) });
    machine.run({ maxInstructions: stretch });
    machine.debugging.clear();
  } else machine.run({ maxInstructions: random.below(stretch) });
}

/** What a machine that only goes forwards is at the moments where it stops. */
async function straight(journey: Journey, seed: number): Promise<Known[]> {
  const machine = await busyMachine(journey.options);
  machine.load(journey.program, journey.args);
  const random = makeRandom(seed);
  return Array.from({ length: journey.stretches }, () => {
    wander(machine, random, journey);
    return { retired: machine.instructions, events: machine.eventCount, hash: machine.stateHash() };
  });
}

/** Visits random moments of the run, each from the one before, and compares. Returns how many. */
async function travel(journey: Journey, seed: number): Promise<number> {
  const known = await straight(journey, seed);
  const machine = await busyMachine(journey.options);
  machine.load(journey.program, journey.args);
  const history = History.create(machine, { pace: () => 2000, stopovers: [200, 30] });
  const last = known[known.length - 1];
  history.run({ maxInstructions: last.retired - machine.instructions });
  const random = makeRandom(~seed);
  const reachable = known.filter(({ events }) => events <= history.end.events);
  for (let visit = 0; visit < journey.visits; visit++) {
    const target = random.pick(reachable);
    history.goTo(target);
    expect(history.now).toEqual({ retired: target.retired, events: target.events });
    if (machine.stateHash() !== target.hash)
      throw new Error(`another state at ${target.retired}, ${target.events}`);
  }
  return journey.visits;
}

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("random processes", () => {
  let actor: Uint8Array;
  beforeAll(() => {
    actor = readFileSync(compileActor());
  });

  const runs = [1, 2, 4].flatMap((harts) => [1, 2, 3, 4, 5, 6].map((seed) => [harts, seed * 7919 + harts]));
  test.each(runs)("are the same both ways (%i harts, seed %i)", async (harts, seed) => {
    const args = ["/bin/actor", String(seed), "60"];
    await travel(
      { program: actor, args, options: { harts }, stretch: 700, stretches: 60, visits: 170 },
      seed,
    );
  });
});

test.each(Array.from({ length: 20 }, (_, index) => index * 104729))(
  "a random program is the same both ways (seed %i)",
  async (seed) => {
    const program = writeSingle(generateProgram(seed));
    await travel(
      { program, args: ["program"], options: {}, stretch: 4000, stretches: 30, visits: 100 },
      seed,
    );
  },
);
