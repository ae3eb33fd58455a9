// Assembles the machine's own programs: programs/*.s to build/bin, and the examples, programs/examples/*.s, to
// build/examples, with their sources and their index beside them; the library that sources include goes to
// build/lib. Run by the set-up, after the host.

import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import launcher from "../build/timeslice.cjs";
import { ROOT } from "./steps.mjs";

const { main: timeslice } = launcher.loadBundle().bundle;
const SOURCES = join(ROOT, "programs");
const EXAMPLES = join(SOURCES, "examples");

/** Makes a folder of build/ beside its place and moves it, so that a failure leaves what was there. */
async function makeFolder(name, fill) {
  const place = join(ROOT, "build", name);
  const fresh = `${place}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const status = await fill(fresh);
  if (status !== 0) return status;
  rmSync(place, { recursive: true, force: true });
  renameSync(fresh, place);
  return 0;
}

/** Assembles all sources of a folder. Line tables name files as seen from there, never by a path of this host. */
async function assembleAll(folder, output) {
  process.chdir(folder);
  for (const source of readdirSync(folder).filter((name) => name.endsWith(".s"))) {
    const program = join(output, basename(source, ".s"));
    const status = await timeslice(["asm", source, "-o", program]);
    if (status !== 0) return status;
  }
  return 0;
}

async function makeLibrary(output) {
  cpSync(join(SOURCES, "lib"), output, { recursive: true });
  return 0;
}

async function makeExamples(output) {
  for (const name of readdirSync(EXAMPLES).filter((file) => /\.(s|json)$/.test(file))) {
    cpSync(join(EXAMPLES, name), join(output, name));
  }
  return assembleAll(EXAMPLES, output);
}

process.exitCode =
  (await makeFolder("lib", makeLibrary)) ||
  (await makeFolder("bin", (output) => assembleAll(SOURCES, output))) ||
  (await makeFolder("examples", makeExamples));
