// Runs programs outside the machine: natively, pinned to one core, or under qemu-riscv32.

import { spawnSync } from "node:child_process";
import { isInstalled } from "../build.mjs";

export const QEMU = "qemu-riscv32";

/** Which peers can be measured here, each missing one with what to do about it. */
export function findPeers() {
  const qemu = isInstalled(QEMU);
  const taskset = isInstalled("taskset");
  const missing = [];
  if (!qemu) missing.push(`${QEMU} is missing: no comparison with it (apt install qemu-user)`);
  if (!isInstalled("gcc")) missing.push("gcc is missing: no comparison with native Linux (apt install gcc)");
  if (!taskset)
    missing.push("taskset is missing: native programs run unpinned only (apt install util-linux)");
  return { qemu, taskset, missing };
}

/** Runs a command to its end. Returns the wall-clock time in seconds and what it printed; throws if it failed. */
export function runPeer(command, args) {
  const begin = process.hrtime.bigint();
  const result = spawnSync(command, args, { encoding: "utf8" });
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  if (result.error) throw result.error;
  if (result.status !== 0) {
    const end = result.signal ?? `status ${result.status}`;
    throw new Error(`${[command, ...args].join(" ")} ended with ${end}: ${result.stdout}${result.stderr}`);
  }
  return { seconds, output: result.stdout };
}

/** The time in seconds that a process benchmark measured on its own clock, from "NAME COUNT NANOSECONDS". */
export function reportedSeconds(output) {
  const nanoseconds = Number(output.trim().split(" ")[2]);
  if (!Number.isFinite(nanoseconds)) throw new Error(`a benchmark program printed no time: ${output}`);
  return nanoseconds / 1e9;
}
