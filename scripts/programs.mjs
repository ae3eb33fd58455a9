// Assembles the machine's own programs, programs/*.s, to build/bin. Run by the set-up, after the host.

import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { main as timeslice } from "../build/timeslice.js";
import { ROOT } from "./steps.mjs";

const SOURCES = join(ROOT, "programs");
const OUTPUT = join(ROOT, "build/bin");

rmSync(OUTPUT, { recursive: true, force: true });
mkdirSync(OUTPUT, { recursive: true });
for (const source of readdirSync(SOURCES).filter((name) => name.endsWith(".s"))) {
  const status = await timeslice(["asm", join(SOURCES, source), "-o", join(OUTPUT, basename(source, ".s"))]);
  if (status !== 0) process.exitCode = status;
}
