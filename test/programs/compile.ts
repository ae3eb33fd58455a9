// Compiles the corpus, by GCC and Clang for RISC-V and by GCC for the build machine. What was compiled once is kept
// under build/programs, named by a hash of the command and of all that it reads.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../../scripts/steps.mjs";

const HERE = join(ROOT, "test", "programs");
const LIBRARY = join(HERE, "lib");
const CACHE = join(ROOT, "build", "programs");
/** Clang may fuse a product and a sum, which rounds once instead of twice. */
const FLAGS = ["-w", "-ffp-contract=off", `-I${LIBRARY}`];
const MACHINE = ["-march=rv32imac", "-mabi=ilp32"];

/** A compiler and its level of optimisation. */
export interface Target {
  readonly compiler: "gcc" | "clang" | "native" | "picolibc";
  readonly level: "-O0" | "-O1" | "-O2" | "-Os";
}

/** The four ways in which every program of the corpus is compiled for RISC-V. */
export const RISCV_TARGETS: readonly Target[] = [
  { compiler: "gcc", level: "-O0" },
  { compiler: "gcc", level: "-O2" },
  { compiler: "clang", level: "-O0" },
  { compiler: "clang", level: "-O2" },
];

/** GCC with picolibc in place of the corpus's own small library. */
export const PICOLIBC_TARGETS: readonly Target[] = [
  { compiler: "picolibc", level: "-O0" },
  { compiler: "picolibc", level: "-O2" },
];

export const NATIVE: Target = { compiler: "native", level: "-O1" };

/** Names of the programs in a folder of the corpus, in order. */
export function programsIn(folder: string): string[] {
  return readdirSync(join(HERE, folder))
    .filter((file) => file.endsWith(".c"))
    .map((file) => basename(file, ".c"))
    .sort();
}

/** Path of the executable made from `folder/name.c`; throws with the compiler's messages if there are errors. */
export function compile(folder: string, name: string, target: Target): string {
  const source = join(HERE, folder, `${name}.c`);
  return build(`${name}-${target.compiler}${target.level}`, commandLine(source, target));
}

function commandLine(source: string, target: Target): string[] {
  const { compiler, level } = target;
  switch (compiler) {
    case "native":
      return ["gcc", ...FLAGS, level, source, join(LIBRARY, "say.c")];
    case "picolibc":
      return picolibc(level, source);
    case "gcc":
      return [...freestanding(target), "-Wl,--no-warn-rwx-segments", source, library(target), "-lgcc"];
    case "clang":
      return [...freestanding(target), "-Wl,--defsym=__global_pointer$=0", source, library(target), libgcc()];
  }
}

/** The compiler's command for programs that bring their own C library. */
function freestanding({ compiler, level }: Target): string[] {
  const command =
    compiler === "clang"
      ? ["clang", "--target=riscv32-unknown-elf", "-fuse-ld=lld"]
      : ["riscv64-unknown-elf-gcc"];
  return [...command, ...FLAGS, level, ...MACHINE, "-ffreestanding", "-fno-builtin", "-static", "-nostdlib"];
}

/** With picolibc, but the compiler's own linker script: picolibc's is for a board with flash memory. */
function picolibc(level: string, source: string): string[] {
  const folder = "/usr/lib/picolibc/riscv64-unknown-elf";
  const headers = ["-isystem", join(folder, "include"), "-ftls-model=local-exec"];
  const libraries = ["-L", join(folder, "lib/rv32imac/ilp32"), "-Wl,--start-group,-lm,-lc,-lgcc,--end-group"];
  const link = ["-static", "-nostdlib", "-Wl,--no-warn-rwx-segments", ...libraries];
  const sources = [source, join(LIBRARY, "picolibc.c")];
  return ["riscv64-unknown-elf-gcc", "-w", level, ...MACHINE, ...headers, ...sources, ...link];
}

/** The small C library as one object file. */
function library(target: Target): string {
  const sources = ["start.S", "system.c", "text.c", "stdlib.c", "say.c"].map((file) => join(LIBRARY, file));
  return build(`library-${target.compiler}${target.level}`, [...freestanding(target), "-r", ...sources]);
}

/** Debian has no run-time library of Clang for rv32: 64-bit division and floats come from GCC's. */
function libgcc(): string {
  return execFileSync("riscv64-unknown-elf-gcc", [...MACHINE, "-print-libgcc-file-name"], {
    encoding: "utf8",
  }).trim();
}

function build(name: string, command: string[]): string {
  const hash = createHash("sha256").update(JSON.stringify(command));
  for (const file of [...libraryFiles(), ...command.filter((word) => /\.[cS]$/.test(word))])
    hash.update(readFileSync(file));
  const path = join(CACHE, `${name}-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(path)) return path;
  mkdirSync(CACHE, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  const [compiler, ...words] = command as [string, ...string[]];
  execFileSync(compiler, [...words, "-o", unfinished], { stdio: ["ignore", "ignore", "pipe"] });
  renameSync(unfinished, path); // another worker may compile the same: each result is whole
  return path;
}

function libraryFiles(): string[] {
  return readdirSync(LIBRARY, { recursive: true, encoding: "utf8" })
    .map((file) => join(LIBRARY, file))
    .filter((file) => /\.(h|ld)$/.test(file))
    .sort();
}
