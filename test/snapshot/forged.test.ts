// Snapshots with right checksums and wrong contents: refused, or run without harm. `verify` is what a file of
// somebody else is restored with.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const FORGE = join(import.meta.dirname, "forge.mjs");
const FIRST = Number(process.env["SEED"] ?? 0);
const COUNT = Number(process.env["COUNT"] ?? 100);
/** A seed takes some 50 ms, many times that on a busy machine. */
const TIME_LIMIT_MS = 60_000 + COUNT * 3000;

test(
  `forged snapshots cause no exception and no endless loop (seeds ${FIRST} to ${FIRST + COUNT - 1})`,
  () => {
    const run = spawnSync(process.execPath, [FORGE, String(FIRST), String(COUNT)], {
      encoding: "utf8",
      timeout: TIME_LIMIT_MS,
    });
    const lastSeed = run.stderr.trimEnd().split("\n").pop();
    expect(run.error, `at seed ${lastSeed}`).toBeUndefined();
    const { refused, ran, failures } = JSON.parse(run.stdout);
    expect(failures).toEqual([]);
    // Either way is taken: else the forger is too clumsy, or the check refuses everything.
    expect(Math.min(refused, ran)).toBeGreaterThan(COUNT / 10);
  },
  TIME_LIMIT_MS + 10_000,
);
