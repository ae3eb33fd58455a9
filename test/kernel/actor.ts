// Compiles actor.c, the program whose processes do at random what processes can do.

import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/steps.mjs";

const FLAGS = ["-march=rv32imac", "-mabi=ilp32", "-O1", "-nostdlib", "-static", "-ffreestanding", "-w"];

/** Path of the executable. Needs riscv64-unknown-elf-gcc. */
export function compileActor(): string {
  const folder = join(ROOT, "build/test");
  const program = join(folder, `actor-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const source = join(ROOT, "test/kernel/actor.c");
  execFileSync("riscv64-unknown-elf-gcc", [...FLAGS, "-Wl,--no-warn-rwx-segments", source, "-o", program]);
  return program;
}
