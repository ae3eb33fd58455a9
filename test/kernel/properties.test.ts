// Random processes (actor.c) on the real machine: after every few instructions the invariants of processes, memory
// and files hold, whatever they do; and the run is the same whether or not it was cut into pieces, saved or restored.

import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { MACHINE, MACHINE_FRAMES_USED } from "../../assembly/layout.ts";
import { Machine, type MachineOptions, type RunResult } from "../../host/index.ts";
import { checkKernel } from "../../host/kernel/check.ts";
import { cachedFrames } from "../../host/memory/cache.ts";
import { core, machineWith } from "../harness/machine.ts";
import { missing } from "../harness/tools.ts";
import { compileActor } from "./actor.ts";

let program = "";
const SEEDS = Array.from({ length: 16 }, (_, index) => 1 + index * 7919);
const LIMIT = 120_000;

async function actors(seed: number, options: Partial<MachineOptions> = {}): Promise<Machine> {
  const args = ["/bin/actor", String(seed), "60"];
  return (await machineWith(readFileSync(program), args, { quantum: 200, processes: 60, ...options }))
    .machine;
}

/** Runs in pieces and checks after each; every process may do with the machine what it likes. */
function runChecked(machine: Machine, piece: number): RunResult {
  let result: RunResult;
  do {
    result = machine.run({ maxInstructions: piece });
    const problems = checkKernel(machine.kernel);
    if (problems.length > 0)
      throw new Error(`at instruction ${machine.instructions}: ${problems.join("; ")}`);
  } while (result.reason === "budget" && machine.instructions < LIMIT);
  return result;
}

/** The kernel's state but for pages brought in, and who is in the table. */
function stateOf(machine: Machine): string {
  const { pageCache: _, ...state } = machine.kernel.state;
  const table = machine
    .processes()
    .map(({ pid, parent, group, session, state }) => [pid, parent, group, session, state]);
  return JSON.stringify([state, table]);
}

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("random processes", () => {
  beforeAll(() => {
    program = compileActor();
  });

  test.each(SEEDS)("keep every invariant after every step (seed %i)", async (seed) => {
    runChecked(await actors(seed), 97);
  });

  test.each([1, 2, 3, 4, 5, 6])("keep every invariant on four harts (seed %i)", async (seed) => {
    runChecked(await actors(seed, { harts: 4, turn: 50 }), 131);
  });

  test.each([11, 12, 13, 14, 15, 16])("keep every invariant when memory runs out (seed %i)", async (seed) => {
    runChecked(await actors(seed, { memory: 400 * 1024 }), 97);
  });

  test.each(SEEDS.slice(0, 8))(
    "find everything as it was after a call that failed (seed %i)",
    async (seed) => {
      const machine = await actors(seed);
      let before = "";
      let failures = 0;
      machine.observe({
        callBegins: () => {
          before = stateOf(machine);
        },
        callEnds: (_slot, row, _number, _args, result) => {
          if (result === undefined || result >= 0 || result < -4095) return;
          failures++;
          if (stateOf(machine) !== before)
            throw new Error(`${row?.name} failed with ${result} and changed something`);
        },
      });
      machine.run({ maxInstructions: 30_000 });
      expect(failures).toBeGreaterThan(20);
    },
  );

  test("give every frame back when the machine has ended", async () => {
    let ended = 0;
    for (const seed of SEEDS) {
      const machine = await actors(seed);
      const result = machine.run({ maxInstructions: LIMIT });
      if (result.reason !== "ended") continue;
      ended++;
      const used = machine.kernel.core.words[(MACHINE + MACHINE_FRAMES_USED) >>> 2];
      expect(used, `seed ${seed}`).toBe(cachedFrames(machine.kernel.state.pageCache).length);
    }
    expect(ended).toBeGreaterThan(SEEDS.length / 2);
  });

  test.each([1, 4])("do the same in one run as in pieces of any length (%i harts)", async (harts) => {
    for (const seed of SEEDS.slice(0, 6)) {
      const whole = await actors(seed, { harts, turn: 64 });
      const cut = await actors(seed, { harts, turn: 64 });
      const { reason } = whole.run({ maxInstructions: 30_000 });
      let last: RunResult;
      let piece = 1;
      do {
        piece = (piece * 7) % 211;
        const left = whole.instructions - cut.instructions;
        // An instruction that traps does not retire, so an end may lie beyond the last one that did.
        last = cut.run({ maxInstructions: reason === "budget" ? Math.min(piece, left) : piece });
      } while (last.reason === "budget" && (reason !== "budget" || cut.instructions < whole.instructions));
      expect(cut.stateHash(), `seed ${seed}`).toBe(whole.stateHash());
    }
  });

  test.each([1, 4])("go on identically after a snapshot (%i harts)", async (harts) => {
    for (const seed of SEEDS.slice(0, 6)) {
      const original = await actors(seed, { harts, turn: 64 });
      original.run({ maxInstructions: 5_003 });
      const restored = await Machine.restore(core, original.snapshot());
      expect(restored.stateHash()).toBe(original.stateHash());
      const first = original.run({ maxInstructions: 40_000 });
      const second = restored.run({ maxInstructions: 40_000 });
      expect(second).toEqual(first);
      expect(restored.stateHash(), `seed ${seed}`).toBe(original.stateHash());
      expect(checkKernel(restored.kernel)).toEqual([]);
    }
  });
});
