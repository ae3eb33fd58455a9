// Runs a static executable under qemu-riscv32.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

/** How a program ended, and what it wrote to its standard output. */
export interface Outcome {
  /** Exit status, or 128 + the signal that killed it, as a shell says it. */
  readonly status: number;
  readonly output: Uint8Array;
}

const CPU = "rv32,f=off,d=off,zba=off,zbb=off,zbc=off,zbs=off";
const TIMEOUT_MS = 5_000;

export function runUnderQemu(executable: Uint8Array): Outcome {
  const folder = mkdtempSync(join(tmpdir(), "timeslice-random-"));
  try {
    const path = join(folder, "program");
    writeFileSync(path, executable, { mode: 0o755 });
    const run = spawnSync("qemu-riscv32", ["-cpu", CPU, path], { timeout: TIMEOUT_MS, maxBuffer: 2 ** 26 });
    const status = run.signal ? 128 + constants.signals[run.signal] : run.status!;
    return { status, output: new Uint8Array(run.stdout) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
