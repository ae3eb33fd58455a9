// Assembles the machine's own programs, programs/*.s, to build/bin. Run by the set-up, after the host.

import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import launcher from "../build/timeslice.cjs";
import { ROOT } from "./steps.mjs";

const { main: timeslice } = launcher.loadBundle().bundle;
const SOURCES = join(ROOT, "programs");
const OUTPUT = join(ROOT, "build/bin");
const FRESH = join(ROOT, "build/bin.new");

// Made beside and moved, so that a failure leaves the programs that were there.
rmSync(FRESH, { recursive: true, force: true });
mkdirSync(FRESH, { recursive: true });
const sources = readdirSync(SOURCES).filter((name) => name.endsWith(".s"));
let status = 0;
for (const source of sources) {
  status = await timeslice(["asm", join(SOURCES, source), "-o", join(FRESH, basename(source, ".s"))]);
  if (status !== 0) break;
}
if (status === 0) {
  rmSync(OUTPUT, { recursive: true, force: true });
  renameSync(FRESH, OUTPUT);
}
process.exitCode = status;
