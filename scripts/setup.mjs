// What `npm start`, `npm test` and `npm run check` need before they begin: dependencies as locked,
// the core (AssemblyScript to build/core.wasm), the host (TypeScript to build/) and the page (build/web).
// Run by itself it does all of it: `npm run build`.

import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { command, ensure, main, ROOT, withLock } from "./steps.mjs";

const BIN = join(ROOT, "node_modules/.bin");

/** Installs the dependencies if those in node_modules are not the ones of the lockfile. */
export async function ensureDependencies() {
  if (dependenciesAreInstalled()) return;
  await withLock(async () => {
    if (dependenciesAreInstalled()) return;
    const args = ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
    const npm = process.env.npm_execpath;
    if (npm) await command("Installing the dependencies", process.execPath, [npm, ...args]);
    else await command("Installing the dependencies", "npm", args);
  });
}

// npm writes what it has installed to node_modules/.package-lock.json as its last act, so a broken-off
// installation is noticed. Optional packages (those of other platforms) may be absent.
function dependenciesAreInstalled() {
  const record = join(ROOT, "node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  const locked = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")).packages;
  return Object.entries(locked).every(([path, entry]) => {
    if (path === "") return true;
    return installed[path] ? installed[path].version === entry.version : entry.optional === true;
  });
}

/** Builds build/core.wasm from assembly/. It is written beside and moved, so no reader sees half of it. */
export function ensureCore() {
  return ensure({
    name: "core",
    inputs: ["assembly", "asconfig.json", "package-lock.json"],
    outputs: ["build/core.wasm"],
    async make() {
      const fresh = "build/core.new.wasm";
      const args = ["--target", "release", "--outFile", fresh];
      await command("Building the core", join(BIN, "asc"), args);
      renameSync(join(ROOT, fresh), join(ROOT, "build/core.wasm"));
    },
  });
}

/** Compiles host/ (and what it shares with the core) to JavaScript in build/, and bundles the command line. */
export function ensureHost() {
  return ensure({
    name: "host",
    inputs: [
      "host",
      "assembly/layout.ts",
      "assembly/isa",
      "tsconfig.json",
      "tsconfig.build.json",
      "package-lock.json",
      "scripts/bundle.mjs",
    ],
    outputs: ["build/host/cli/main.js", "build/timeslice.bundle.cjs", "build/timeslice.cjs"],
    async make() {
      await command("Compiling the host", join(BIN, "tsc"), ["-p", "tsconfig.build.json"]);
      await command("Bundling the command line", process.execPath, [join(ROOT, "scripts/bundle.mjs")]);
    },
  });
}

/** Assembles the machine's own programs to build/bin, with the assembler that was just built. */
export function ensurePrograms() {
  return ensure({
    name: "programs",
    inputs: ["programs", "host/toolchain", "host/loader", "host/isa", "assembly/isa", "scripts/programs.mjs"],
    outputs: ["build/bin/init", "build/examples/index.json", "build/lib/system.inc"],
    make: () => command("Assembling the programs", process.execPath, [join(ROOT, "scripts/programs.mjs")]),
  });
}

/** Keeps what V8 compiles of the command line for the runs to come. */
export function ensureCompileCache() {
  const target = `${process.version}-${process.arch}`;
  return ensure({
    name: `compile-cache-${target}`,
    inputs: [
      "build/timeslice.bundle.cjs",
      "build/timeslice.cjs",
      "build/core.wasm",
      "scripts/compile-cache.mjs",
    ],
    outputs: [`build/timeslice-${target}.cache`],
    make: () =>
      command("Compiling the command line", process.execPath, [join(ROOT, "scripts/compile-cache.mjs")]),
  });
}

/** Builds the page to build/web, with the core and the programs that were just built. */
export function ensureWeb() {
  return ensure({
    name: "web",
    inputs: [
      "web",
      "host",
      "assembly",
      "asconfig.json",
      "programs",
      "vite.config.ts",
      "package-lock.json",
      "scripts/web.mjs",
    ],
    outputs: ["build/web/index.html"],
    make: () => command("Building the page", process.execPath, [join(ROOT, "scripts/web.mjs")]),
  });
}

/** Everything that running a program needs. */
export async function ensureBuild() {
  await ensureDependencies();
  await ensureCore();
  await ensureHost();
  await ensurePrograms();
  await ensureCompileCache();
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    await ensureBuild();
    await ensureWeb();
    return 0;
  });
}
