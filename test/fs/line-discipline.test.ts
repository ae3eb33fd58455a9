// The same keys, reads and settings at a terminal here and at a pseudo-terminal of the Linux beneath: a program
// reads the same, and the screen shows the same.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultTermios, ICANON, ISIG } from "../../host/fs/termios.ts";
import { boot } from "../syscalls/files-harness.ts";
import { execute, type Operation, operation, type Result } from "./terminal-operations.ts";

const SEED = Number(process.env.SEED ?? 20261124);
const SEQUENCES = Number(process.env.SEQUENCES ?? 300);
const LENGTH = 60;
const O_NONBLOCK = 0x800;
const F_SETFL = 4;
const oracle = fileURLToPath(new URL("./pty-oracle.py", import.meta.url));

function onLinux(sequences: readonly Operation[][], pauseMs: number): Result[][] {
  const input = JSON.stringify({ sequences, pauseMs });
  return JSON.parse(execFileSync("python3", [oracle], { input, encoding: "utf8", maxBuffer: 2 ** 28 }));
}

function here(sequence: readonly Operation[]): Result[] {
  const guest = boot({ terminal: [true, true, true], lineDiscipline: true });
  guest.call("fcntl64", 0, F_SETFL, O_NONBLOCK);
  return sequence.map((step) => execute(guest, step));
}

/** Both begin with the same attributes: a pseudo-terminal of Linux is not set to UTF-8. */
const { input, output, local, characters } = defaultTermios();
const usual: Operation = ["set", false, input, output, local, characters];

/** Where the two first differ, with the steps before; "" if they do not. */
function difference(
  sequence: readonly Operation[],
  ours: readonly Result[],
  linux: readonly Result[],
): string {
  const at = ours.findIndex((result, i) => JSON.stringify(result) !== JSON.stringify(linux[i]));
  if (at < 0) return "";
  const steps = sequence
    .slice(0, at)
    .map((step, i) => `  ${JSON.stringify(step)} = ${JSON.stringify(ours[i])}`);
  const last = `${JSON.stringify(sequence[at])} = ${JSON.stringify(ours[at])}, on Linux ${JSON.stringify(linux[at])}`;
  return [...steps, last].join("\n");
}

/** Compared in bulk; what differs is played once more, slowly, before it counts. */
function differences(sequences: readonly Operation[][]): string[] {
  const ours = sequences.map(here);
  const linux = onLinux(sequences, 3);
  const doubtful = sequences.filter((sequence, n) => difference(sequence, ours[n], linux[n]) !== "");
  if (doubtful.length === 0) return [];
  const slowly = onLinux(doubtful, 20);
  return doubtful
    .map((sequence, n) => difference(sequence, here(sequence), slowly[n]))
    .filter((text) => text !== "")
    .sort((a, b) => a.length - b.length);
}

test(`${SEQUENCES} random sequences of keys, reads and settings give what Linux gives (seed ${SEED})`, () => {
  const settings = { minLength: LENGTH, maxLength: LENGTH };
  const random = fc.sample(fc.array(operation, settings), { seed: SEED, numRuns: SEQUENCES });
  const sequences = random.map((steps): Operation[] => [usual, ...steps]);
  const found = differences(sequences);
  expect(found.slice(0, 3).join("\n\n"), `${found.length} sequences differ`).toBe("");
}, 60_000);

test("a line that is too long is cut where Linux cuts it, and so is what nobody reads", () => {
  const letters = (count: number, letter: string): number[] => new Array(count).fill(letter.charCodeAt(0));
  const noSignals: Operation = [
    "set",
    false,
    0,
    0,
    ICANON & ~ISIG,
    [3, 28, 127, 21, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ];
  const raw: Operation = [
    "set",
    false,
    0,
    0,
    0,
    [3, 28, 127, 21, 4, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ];
  const reads: Operation[] = [
    ["queued"],
    ["read", 4090],
    ["read", 9],
    ["read", 4090],
    ["read", 4090],
    ["queued"],
  ];
  const sequences: Operation[][] = [
    [
      noSignals,
      ["type", letters(4000, "a")],
      ["type", letters(200, "b")],
      ["type", [127]],
      ["type", [99, 10]],
      ...reads,
    ],
    [noSignals, ["type", [...letters(4094, "a"), 10]], ["type", [98, 10]], ...reads],
    [
      noSignals,
      ["type", letters(4000, "a")],
      ["type", [10]],
      ["type", letters(200, "b")],
      ["read", 50],
      ["type", [10]],
      ...reads,
    ],
    [raw, ["type", letters(4000, "a")], ["type", letters(200, "b")], ["queued"], ["read", 150], ...reads],
  ];
  expect(differences(sequences).join("\n\n")).toBe("");
}, 30_000);
