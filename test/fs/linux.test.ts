// The same random sequences of file operations here and on the Linux beneath: same results, same errors.
// After every step the invariants hold, and a call that failed has changed nothing.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkFileSystem } from "../../host/fs/check.ts";
import type { FileSystemOptions } from "../../host/fs/create.ts";
import type { KernelState } from "../../host/kernel/state.ts";
import { boot } from "../syscalls/files-harness.ts";
import { execute, type Operation, operation, type Result } from "./operations.ts";

const SEED = Number(process.env.SEED ?? 20261123);
const SEQUENCES = Number(process.env.SEQUENCES ?? 400);
const LENGTH = 40;
const oracle = fileURLToPath(new URL("./linux-oracle.py", import.meta.url));

const sequences = fc.sample(fc.array(operation, { minLength: LENGTH, maxLength: LENGTH }), {
  seed: SEED,
  numRuns: SEQUENCES,
});

function onLinux(): Result[][] {
  const input = JSON.stringify(sequences);
  return JSON.parse(execFileSync("python3", [oracle], { input, encoding: "utf8", maxBuffer: 2 ** 28 }));
}

/** The state as text, without what a call may change though it fails: the order of free indices. */
function picture(kernel: KernelState): string {
  return JSON.stringify(kernel.files, (key, value) => (key === "data" ? `${value.length}:${value}` : value));
}

function runHere(sequence: readonly Operation[], check: boolean, options: FileSystemOptions = {}): Result[] {
  const guest = boot(options);
  const { kernel } = guest.machine;
  return sequence.map((step) => {
    guest.machine.time += 10;
    const before = check ? picture(kernel) : "";
    const result = execute(guest, step);
    if (check) {
      expect(checkFileSystem(kernel), JSON.stringify(step)).toEqual([]);
      if (typeof result === "number" && result < 0 && step[0] !== "list")
        expect(picture(kernel)).toBe(before);
    }
    return result;
  });
}

test("after every operation all counts are right, and a failed one has changed nothing", () => {
  for (const sequence of sequences.slice(0, 150)) runHere(sequence, true);
});

test("so it is where inodes, open files and bytes run out", () => {
  const spare = boot().machine.kernel.files.inodes.length;
  sequences.slice(150, 300).forEach((sequence, n) => {
    runHere(sequence, true, {
      limits: { inodes: spare + (n % 7), openFiles: 4 + (n % 5), bytes: 500 * (n % 9) },
    });
  });
});

const isRoot = process.getuid?.() === 0;

test.runIf(isRoot)(`${SEQUENCES} random sequences give what Linux gives (seed ${SEED})`, () => {
  const expected = onLinux();
  const differences: string[] = [];
  sequences.forEach((sequence, n) => {
    const results = runHere(sequence, false);
    const at = results.findIndex((result, i) => JSON.stringify(result) !== JSON.stringify(expected[n][i]));
    if (at < 0) return;
    const history = sequence
      .slice(0, at)
      .map((step, i) => `  ${JSON.stringify(step)} = ${JSON.stringify(results[i])}`);
    const here = JSON.stringify(results[at]);
    differences.push(
      [
        ...history,
        `${JSON.stringify(sequence[at])} = ${here}, on Linux ${JSON.stringify(expected[n][at])}`,
      ].join("\n"),
    );
  });
  differences.sort((a, b) => a.length - b.length);
  expect(differences.slice(0, 3).join("\n\n"), `${differences.length} sequences differ`).toBe("");
});
