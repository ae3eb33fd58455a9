// Looks for seeds whose programs differ, shrinks what it finds, and saves it in found/, where it is a test from then on.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compareBatch, compareProgram, type Difference, shrinkDifference } from "./compare.ts";
import { generateProgram } from "./generator.ts";
import { MANNERS } from "./machine.ts";

const BATCH = 100;
/** One seed in so many makes a program that ends by a fault, in a process of its own. */
const FAULT_INTERVAL = 50;

export const FOUND = join(import.meta.dirname, "found");

/**
 * Tries the seeds from `from` to `to` - 1, and reports what it does line by line. Returns the number of seeds that differ;
 * only the first `shrink` of them are shrunk and saved.
 */
export async function hunt(
  from: number,
  to: number,
  shrink: number,
  report: (line: string) => void,
): Promise<number> {
  let differing = 0;
  for (let first = from; first < to; first += BATCH) {
    const manner = MANNERS[Math.floor(first / BATCH) % MANNERS.length]!;
    const seeds = Array.from({ length: Math.min(BATCH, to - first) }, (_, index) => first + index);
    const differences = await compareBatch(
      seeds.map((seed) => generateProgram(seed)),
      manner,
    );
    for (const seed of seeds.filter((seed) => seed % FAULT_INTERVAL === 0)) {
      const difference = await compareProgram(generateProgram(seed, true), manner);
      if (difference !== null) differences.push(difference);
    }
    for (const difference of differences) {
      report(
        `seed ${difference.program.seed} differs, ${manner.name}: ${difference.machine}, not ${difference.qemu}`,
      );
      if (differing++ < shrink) report(`shrunk to ${await saveSmallest(difference)}`);
    }
  }
  return differing;
}

/** Shrinks the difference, if it is one in a process of its own, and saves its program. */
async function saveSmallest(difference: Difference): Promise<string> {
  const alone = await compareProgram(difference.program, difference.manner);
  if (alone === null) return "nothing: alone it does not differ, only among the programs of its batch";
  const { program, manner } = await shrinkDifference(alone);
  mkdirSync(FOUND, { recursive: true });
  const path = join(FOUND, `seed-${program.seed}.json`);
  writeFileSync(path, `${JSON.stringify({ manner, program }, null, 1)}\n`);
  return path;
}
