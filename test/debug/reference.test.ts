// Random programs under random points: the machine stops, or notes, exactly where single steps find a hit. The
// programs modify their code, cross page borders and reserve words (differential/generator.ts).

import { describe, expect, test } from "vitest";
import type { DebugHit, DebugPoint, Machine } from "../../host/index.ts";
import { writeBatch } from "../differential/batch.ts";
import { generateProgram } from "../differential/generator.ts";
import { makeRandom, type Random } from "../differential/random.ts";
import { machineWith } from "../harness/machine.ts";
import { stopsOf } from "./programs.ts";
import { accessOf, type Expected, expectedHits, type Moment, momentsOf } from "./reference.ts";

/** The driver fills the data first; then come the program's own instructions. */
const LENGTH = 14_000;
const FILL = 10_500;
const SEEDS = Array.from({ length: 8 }, (_, index) => 301 + index);
const known = new Map<number, Moment[]>();

async function start(seed: number): Promise<Machine> {
  const options = { quantum: 61, memory: 16 * 1024 * 1024 };
  return (await machineWith(writeBatch([generateProgram(seed)]), ["random"], options)).machine;
}

/** All moments of the program's run. */
async function momentsOfProgram(seed: number): Promise<Moment[]> {
  const moments = known.get(seed) ?? momentsOf(await start(seed), LENGTH);
  known.set(seed, moments);
  return moments;
}

/** A point that is met: at the instruction, register or access of one of the moments. */
function randomPoint(random: Random, moments: readonly Moment[]): DebugPoint {
  const moment = random.pick(moments);
  const access = accessOf(moment, undefined);
  const pid = random.oneIn(8) ? 2 : random.below(2);
  if (access && !random.oneIn(3)) {
    const kind = access.kind === "update" ? random.pick(["read", "write"] as const) : access.kind;
    return { kind, address: access.address + random.below(access.length), length: 1 + random.below(6), pid };
  }
  const { rd = 0 } = moment.instruction.operands;
  if (rd !== 0 && random.oneIn(4)) return { kind: "register", register: rd, pid };
  return { kind: "execute", address: moment.pc, pid };
}

function stopOf({ moment, code, memory, access }: Expected) {
  const isCode = code >= 0;
  return {
    retired: moment.retired,
    pc: moment.pc,
    point: isCode ? code : memory,
    address: isCode ? 0 : access!.address,
    length: isCode ? 0 : access!.length,
  };
}

function brief({ retired, pc, point, address, length }: DebugHit) {
  return { retired, pc, point, address, length };
}

describe.each(SEEDS)("the random program %i", (seed) => {
  test("stops at every hit that single steps find, and at no other", async () => {
    const random = makeRandom(seed);
    const moments = await momentsOfProgram(seed);
    const own = moments.slice(FILL);
    for (let round = 0; round < 6; round++) {
      const points = Array.from({ length: 1 + random.below(5) }, () => randomPoint(random, own));
      const machine = await start(seed);
      machine.run({ maxInstructions: FILL });
      machine.debugging.set({ points });
      const stops = [...stopsOf(machine, moments.length)].map(brief);
      expect(stops, JSON.stringify(points)).toEqual(expectedHits(own, points).map(stopOf));
    }
  });

  test("notes the last hit before any moment", async () => {
    const random = makeRandom(seed);
    const moments = await momentsOfProgram(seed);
    for (let round = 0; round < 12; round++) {
      const points = Array.from({ length: 1 + random.below(3) }, () =>
        randomPoint(random, moments.slice(FILL)),
      );
      const length = FILL + random.below(moments.length - FILL);
      const machine = await start(seed);
      machine.debugging.set({ points, mode: "note" });
      machine.run({ maxInstructions: length });
      const last = expectedHits(moments.slice(0, length), points).at(-1);
      const memory = last && last.memory >= 0 ? { ...last, code: -1 } : last;
      const noted = machine.debugging.noted;
      expect(noted && brief(noted), JSON.stringify(points)).toEqual(memory ? stopOf(memory) : null);
    }
  });
});
