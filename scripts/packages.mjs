// The Debian packages that some suites need (never the program itself), how to see that each is there,
// and which suites go without. A suite says what it needs with `missing("command")` of
// test/harness/tools.ts.

import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { command, filesUnder, ROOT, StepError } from "./steps.mjs";

/** Package to what shows that it is installed: a command on the PATH, or a file. */
export const PACKAGES = {
  chromium: "chromium",
  gcc: "gcc",
  "libc6-dev": "/usr/include/stdio.h",
  "qemu-user": "qemu-riscv32",
  "gcc-riscv64-unknown-elf": "riscv64-unknown-elf-gcc",
  "picolibc-riscv64-unknown-elf": "/usr/lib/picolibc/riscv64-unknown-elf/picolibc.specs",
  clang: "clang",
  lld: "ld.lld",
  "gdb-multiarch": "gdb-multiarch",
};

/** Is the command on the PATH, or does the file exist? */
export function isPresent(probe) {
  if (probe.startsWith("/")) return existsSync(probe);
  return (process.env.PATH ?? "").split(delimiter).some((folder) => isExecutable(join(folder, probe)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Names of the packages that are not installed. */
export function missingPackages() {
  return Object.keys(PACKAGES).filter((name) => !isPresent(PACKAGES[name]));
}

/** Test files that name one of the packages' probes in `missing(…)`. */
export function suitesNeeding(packages) {
  const probes = packages.map((name) => PACKAGES[name]);
  return filesUnder("test").filter((file) => {
    if (!file.endsWith(".test.ts")) return false;
    const calls = readFileSync(join(ROOT, file), "utf8").match(/\bmissing\([^)]*\)/g) ?? [];
    return calls.some((call) => probes.some((probe) => call.includes(`"${probe}"`)));
  });
}

/**
 * Installs what is missing with apt when running as root; otherwise says what is missing and which
 * suites are skipped for it. With CI=true a package that stays missing is an error.
 */
export async function ensurePackages() {
  if (missingPackages().length === 0) return;
  if (process.getuid?.() === 0 && isPresent("apt-get")) await install(missingPackages());
  const missing = missingPackages();
  if (missing.length === 0) return;
  const message = report(missing);
  if (process.env.CI === "true") throw new StepError(`${message}\nWith CI=true nothing may be skipped.`);
  process.stderr.write(`${message}\n`);
}

async function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const args = ["install", "--yes", "--no-install-recommends", ...packages];
  try {
    await command("Updating the package lists", "apt-get", ["update"], { env });
    await command(`Installing ${packages.join(", ")}`, "apt-get", args, { env });
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    process.stderr.write(`${error.message}\n`);
  }
}

function report(missing) {
  const suites = suitesNeeding(missing);
  const lines = [
    `Missing Debian packages: ${missing.join(", ")}.`,
    `Install them with: sudo apt-get install ${missing.join(" ")}`,
  ];
  if (suites.length > 0)
    lines.push("Skipped without them, in whole or in part:", ...suites.map((s) => `  ${s}`));
  return lines.join("\n");
}
