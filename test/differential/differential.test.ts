// Random programs end with the same registers, memory and signals here as under qemu-riscv32.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { INSTRUCTIONS } from "../../assembly/isa/table.ts";
import { decode, instructionSize } from "../../host/isa/codec.ts";
import { missing } from "../harness/tools.ts";
import { compareBatch, compareProgram, type Difference } from "./compare.ts";
import { Code, emitItems } from "./emit.ts";
import { generateProgram } from "./generator.ts";
import { FOUND } from "./hunt.ts";
import { MANNERS } from "./machine.ts";

const BATCH = 100;
const BATCHES_OF_MANNER = 5;
const FAULTS = 25;

/** The seeds that differ, for the report of a failing test: scripts/hunt.mjs shrinks them. */
function seeds(differences: readonly Difference[]): string[] {
  return differences.map(({ program, machine, qemu }) => `seed ${program.seed}: ${machine}, not ${qemu}`);
}

describe.skipIf(missing("qemu-riscv32"))("random programs", () => {
  test.each(MANNERS.map((manner, index) => ({ ...manner, index })))(
    "run $name they end as under qemu",
    async ({ index }) => {
      const differences: Difference[] = [];
      for (let batch = 0; batch < BATCHES_OF_MANNER; batch++) {
        const first = (index * BATCHES_OF_MANNER + batch) * BATCH;
        const programs = Array.from({ length: BATCH }, (_, at) => generateProgram(first + at));
        differences.push(...(await compareBatch(programs, MANNERS[index]!)));
      }
      expect(seeds(differences)).toEqual([]);
    },
  );

  test.each(MANNERS.map((manner, index) => ({ ...manner, index })))(
    "that fault do so with the same signal, address, registers and memory, run $name",
    async ({ index }) => {
      const differences: Difference[] = [];
      for (let seed = index * FAULTS; seed < (index + 1) * FAULTS; seed++) {
        const difference = await compareProgram(generateProgram(seed, true), MANNERS[index]!);
        if (difference !== null) differences.push(difference);
      }
      expect(seeds(differences)).toEqual([]);
    },
  );

  const files = existsSync(FOUND) ? readdirSync(FOUND).filter((name) => name.endsWith(".json")) : [];
  test.each(files)("%s, which differed once, ends as under qemu", async (name) => {
    const { program, manner } = JSON.parse(readFileSync(join(FOUND, name), "utf8"));
    expect(await compareProgram(program, manner)).toBeNull();
  });
});

test("every instruction that executes occurs in the programs", () => {
  const names = new Set<string>();
  for (let seed = 0; seed < 500; seed++) {
    for (const word of wordsOf(seed)) names.add(decode(word)?.name ?? "");
  }
  const traps = ["ecall", "ebreak", "c.ebreak", "csrrw", "csrrwi"];
  const absent = INSTRUCTIONS.map(({ name }) => name).filter((name) => !names.has(name));
  expect(absent).toEqual(absent.filter((name) => traps.includes(name)));
});

/** The words at which the instructions of a seed's program begin. */
function wordsOf(seed: number): number[] {
  const code = new Code();
  emitItems(code, generateProgram(seed).body);
  const bytes = code.assemble(0x10000);
  const view = new DataView(bytes.buffer);
  const words: number[] = [];
  for (let at = 0; at < bytes.length; at += instructionSize(words.at(-1)!)) {
    words.push(view.getUint16(at, true) | (at + 2 < bytes.length ? view.getUint16(at + 2, true) << 16 : 0));
  }
  return words;
}

test("a seed makes the same program every time", () => {
  expect(generateProgram(7)).toEqual(generateProgram(7));
  expect(generateProgram(7)).not.toEqual(generateProgram(8));
});
