// Random processes on one hart and on several: the same hits however the run is cut, and noted as they are stopped at.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { DebugHit, DebugPoint, Machine } from "../../host/index.ts";
import { makeRandom, type Random } from "../differential/random.ts";
import { machineWith } from "../harness/machine.ts";
import { missing } from "../harness/tools.ts";
import { compileActor } from "../kernel/actor.ts";
import { stopsOf } from "./programs.ts";

const LENGTH = 12_000;
const SEEDS = [4, 6, 12, 40];
let program = "";

async function actors(seed: number, harts: number): Promise<Machine> {
  const options = { quantum: 200, processes: 60, harts, turn: 64 };
  return (await machineWith(readFileSync(program), ["/bin/actor", String(seed), "60"], options)).machine;
}

/** Points of some or all processes, at places that they use. */
async function randomPoints(seed: number, harts: number): Promise<DebugPoint[]> {
  const machine = await actors(seed, harts);
  const random = makeRandom(seed + harts);
  const points: DebugPoint[] = [];
  while (points.length < 4) {
    machine.run({ maxInstructions: 100 + random.below(1500) });
    const running = machine.processes().find(({ hart }) => hart >= 0);
    if (!running) break;
    const { pid, pc } = running;
    points.push(pointNear(random, random.oneIn(2) ? pid : 0, pc, machine.registers(pid)!));
  }
  return points;
}

function pointNear(random: Random, pid: number, pc: number, registers: Uint32Array): DebugPoint {
  const address = (registers[2]! + 4 * random.below(12)) % 2 ** 31;
  if (random.oneIn(4)) return { kind: "register", register: 10, pid };
  if (random.oneIn(2)) return { kind: "execute", address: pc, pid };
  return { kind: random.oneIn(2) ? "read" : "write", address, length: 4, pid };
}

/** All hits; with `piece`, of a run that is cut every so many instructions. */
function hitsOf(machine: Machine, points: readonly DebugPoint[], piece = LENGTH): DebugHit[] {
  machine.debugging.set({ points });
  const hits: DebugHit[] = [];
  for (let end = piece; end < LENGTH + piece; end += piece) {
    for (const hit of stopsOf(machine, Math.min(end, LENGTH))) {
      if (hits.at(-1)?.retired !== hit.retired || hits.at(-1)?.pid !== hit.pid) hits.push(hit);
    }
  }
  return hits;
}

describe.skipIf(missing("riscv64-unknown-elf-gcc")).each([1, 4])("on %i harts", (harts) => {
  beforeAll(() => {
    program = compileActor();
  });

  test("the hits do not depend on where the run is cut", async () => {
    let count = 0;
    for (const seed of SEEDS) {
      const points = await randomPoints(seed, harts);
      const whole = hitsOf(await actors(seed, harts), points);
      for (const piece of [1, 7, 97]) {
        expect(hitsOf(await actors(seed, harts), points, piece), `seed ${seed}`).toEqual(whole);
      }
      count += whole.length;
    }
    expect(count).toBeGreaterThan(100);
  });

  test("the last hit that is noted is the last one to stop at", async () => {
    const random = makeRandom(harts);
    for (const seed of SEEDS) {
      const points = await randomPoints(seed, harts);
      const hits = hitsOf(await actors(seed, harts), points);
      for (let round = 0; round < 8; round++) {
        const length = 1 + random.below(LENGTH);
        const machine = await actors(seed, harts);
        machine.debugging.set({ points, mode: "note" });
        machine.run({ maxInstructions: length });
        const last = hits.filter(({ retired }) => retired < length).at(-1);
        const { retired, pid, pc } = machine.debugging.noted ?? {};
        expect({ retired, pid, pc }).toEqual({ retired: last?.retired, pid: last?.pid, pc: last?.pc });
      }
    }
  });
});
