// Compiles the benchmark programs twice from the same sources: for rv32 with the cross compiler,
// and for the machine that the benchmark runs on. Output goes to build/bench; what is newer than
// its sources stays.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "..", "build", "bench");
const library = join(here, "kernels", "lib");

const COMMON_FLAGS = ["-O2", "-Wall", "-Wextra", "-ffreestanding", "-fno-tree-loop-distribute-patterns"];
const LINK_FLAGS = ["-nostdlib", "-static"];

/** The two compilers: what each is called, its own flags, and how its outputs are named. */
const COMPILERS = {
  guest: {
    command: "riscv64-unknown-elf-gcc",
    package: "gcc-riscv64-unknown-elf",
    flags: ["-march=rv32imac", "-mabi=ilp32"],
    suffix: ".elf",
  },
  native: {
    command: "gcc",
    package: "gcc",
    flags: ["-fno-stack-protector", "-fno-pie", "-no-pie"],
    suffix: "",
  },
};

/** True where the command can be started at all. */
export function isInstalled(command) {
  return spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
}

function isUpToDate(target, sources) {
  if (!existsSync(target)) return false;
  const built = statSync(target).mtimeMs;
  return sources.every((source) => statSync(source).mtimeMs < built);
}

/** Compiles one program with one compiler and returns the path of the executable. */
function compile(source, name, compiler) {
  const target = join(output, name + compiler.suffix);
  const shared = readdirSync(library).map((file) => join(library, file));
  if (isUpToDate(target, [source, ...shared])) return target;
  const units = [source, ...shared.filter((file) => file.endsWith(".c"))];
  const args = [...COMMON_FLAGS, ...compiler.flags, ...LINK_FLAGS, "-o", target, ...units, "-lgcc"];
  const result = spawnSync(compiler.command, args, { encoding: "utf8" });
  if (result.status !== 0) throw new Error(`${compiler.command} failed on ${source}:\n${result.stderr}`);
  return target;
}

/**
 * Compiles every program of bench/kernels, bench/processes and bench/viewer.
 * Returns {name: {guest: path, native: path or null}}; native is null without a native compiler.
 * Throws where the cross compiler is missing, since without it there is nothing to run.
 */
export function buildPrograms() {
  const { guest, native } = COMPILERS;
  if (!isInstalled(guest.command)) {
    throw new Error(`${guest.command} is missing: the guest programs need it (apt install ${guest.package})`);
  }
  const hasNative = isInstalled(native.command);
  mkdirSync(output, { recursive: true });
  const programs = {};
  for (const folder of ["kernels", "processes", "viewer"]) {
    for (const file of readdirSync(join(here, folder)).filter((entry) => entry.endsWith(".c"))) {
      const name = file.slice(0, -2);
      const source = join(here, folder, file);
      programs[name] = {
        guest: compile(source, name, guest),
        native: hasNative ? compile(source, name, native) : null,
      };
    }
  }
  return programs;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, { guest, native }] of Object.entries(buildPrograms()))
    console.log(name, guest, native ?? "");
}
