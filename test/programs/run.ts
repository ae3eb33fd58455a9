// Runs a program here, under qemu-riscv32 or natively, and says what came out: the three are to agree.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Outcome {
  readonly output: string;
  /** Exit status, or 128 + n when signal n ended the program. */
  readonly status: number;
}

export interface Input {
  readonly arguments?: readonly string[];
  readonly stdin?: string;
}

/** The instruction set that is ours, and no more. */
const QEMU = ["-cpu", "rv32,f=off,d=off,zba=off,zbb=off,zbc=off,zbs=off"];
const TIME_LIMIT_MS = 20_000;

/** On the build machine itself. */
export function runNative(path: string, input: Input = {}): Outcome {
  return inScratch((scratch) => spawn(path, [], scratch, input));
}

/** Under user-mode emulation. */
export function runQemu(path: string, input: Input = {}): Outcome {
  return inScratch((scratch) => spawn("qemu-riscv32", [...QEMU, path], scratch, input));
}

/** In a session of its own, so that signals to the program's group reach nobody else. */
function spawn(command: string, words: string[], scratch: string, input: Input): Outcome {
  const result = spawnSync("setsid", ["--wait", command, ...words, ...(input.arguments ?? [])], {
    cwd: scratch,
    env: { PATH: process.env["PATH"], SCRATCH: scratch },
    input: input.stdin ?? "",
    timeout: TIME_LIMIT_MS,
    maxBuffer: 1 << 24,
    encoding: "utf8",
  });
  if (result.error !== undefined) throw result.error;
  return { output: result.stdout, status: result.status ?? 255 };
}

function inScratch(run: (scratch: string) => Outcome): Outcome {
  const scratch = mkdtempSync(join(tmpdir(), "timeslice-"));
  try {
    return run(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
