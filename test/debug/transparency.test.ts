// A run that is debugged is bit for bit the run that is not: random processes (actor.c) under random points and
// stops, resumed at each, end in the state of the plain run.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type DebugPoint, type DebugSetup, Machine } from "../../host/index.ts";
import { makeRandom, type Random } from "../differential/random.ts";
import { core, machineWith } from "../harness/machine.ts";
import { missing } from "../harness/tools.ts";
import { compileActor } from "../kernel/actor.ts";

const LENGTH = 20_000;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
let program = "";

async function actors(seed: number, harts: number): Promise<Machine> {
  const options = { quantum: 200, processes: 60, harts, turn: 64 };
  return (await machineWith(readFileSync(program), ["/bin/actor", String(seed), "60"], options)).machine;
}

/** Addresses of instructions and of data that the processes really use, so that points there are met. */
async function placesOf(seed: number, harts: number) {
  const machine = await actors(seed, harts);
  const code: number[] = [];
  const data: number[] = [];
  const random = makeRandom(seed);
  while (code.length < 40) {
    if (machine.run({ maxInstructions: 1 + random.below(997) }).reason !== "budget") break;
    const running = machine.processes().find(({ hart }) => hart >= 0);
    if (!running) continue;
    code.push(running.pc);
    const registers = machine.registers(running.pid)!;
    data.push(registers[2] + 4 * random.below(16), registers[8] >>> 1, registers[15] >>> 1);
  }
  return { code, data };
}

type Places = Awaited<ReturnType<typeof placesOf>>;

function randomPoint(random: Random, { code, data }: Places): DebugPoint {
  const pid = random.oneIn(2) ? 0 : 1 + random.below(6);
  switch (random.below(8)) {
    case 0:
      return { kind: "register", register: 1 + random.below(31), pid };
    case 1:
    case 2:
    case 3: {
      const kind = random.oneIn(2) ? "read" : "write";
      return { kind, address: random.pick(data), length: 1 + random.below(8), pid };
    }
    default:
      return { kind: "execute", address: random.pick(code), pid };
  }
}

function randomSetup(random: Random, places: Places, machine: Machine): DebugSetup {
  const points = Array.from({ length: random.below(6) }, () => randomPoint(random, places));
  return {
    points,
    mode: random.oneIn(4) ? "note" : "stop",
    ...(random.oneIn(3) && { events: { types: [1 + random.below(14)], pid: random.below(5) } }),
    ...(random.oneIn(4) && { untilEvents: machine.eventCount + 1 + random.below(100) }),
    ...(random.oneIn(4) && { untilUserTime: { pid: 1 + random.below(5), time: random.below(5000) } }),
  };
}

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("random points and stops", () => {
  beforeAll(() => {
    program = compileActor();
  });

  test.each([1, 4])("leave no trace (%i harts)", async (harts) => {
    let stops = 0;
    for (const seed of SEEDS) {
      const random = makeRandom(seed + harts * 1000);
      const places = await placesOf(seed, harts);
      const plain = await actors(seed, harts);
      const end = plain.run({ maxInstructions: LENGTH });
      let machine = await actors(seed, harts);
      machine.debugging.set(randomSetup(random, places, machine));
      let reason = "debug";
      while (reason === "debug" || (reason === "budget" && machine.instructions < plain.instructions)) {
        if (random.oneIn(10)) machine.debugging.set(randomSetup(random, places, machine));
        const left = plain.instructions - machine.instructions;
        const piece = random.below(400);
        const maxInstructions = end.reason === "budget" ? Math.min(left, piece) : piece;
        reason = machine.run({ maxInstructions, skipFirst: !random.oneIn(8) }).reason;
        if (reason === "debug" && stops++ % 8 === 0) expect(machine.check()).toEqual([]);
        if (random.oneIn(200)) machine = await Machine.restore(core, machine.snapshot());
      }
      machine.debugging.clear();
      if (end.reason === "budget") machine.run({ maxInstructions: 0 });
      expect(machine.stateHash(), `seed ${seed}`).toBe(plain.stateHash());
    }
    expect(stops).toBeGreaterThan(500);
  });
});
