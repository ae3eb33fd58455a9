// Programs compiled at test time by GCC and by Clang, without a C library.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const TARGET = ["-march=rv32imac", "-mabi=ilp32", "-nostdlib", "-static", "-O1"];

export const COMPILERS = {
  gcc: ["riscv64-unknown-elf-gcc", ...TARGET],
  clang: ["clang", "--target=riscv32", "-fuse-ld=lld", ...TARGET],
};
export type Compiler = keyof typeof COMPILERS;

/** Text, constants, data and bss, and a function and an object to find among the symbols. */
export const SAMPLE = `
int counter = 5;
int zeros[3000];
const char greeting[] = "hello";
int add(int x) { return x + counter; }
void _start(void) { zeros[2] = add(greeting[0]); for (;;); }
`;

/** Calls `use` with the path of the executable, which is gone when it returns. */
export function withCompiled<T>(
  compiler: Compiler,
  source: string,
  use: (path: string) => T,
  flags: string[] = [],
): T {
  const folder = mkdtempSync(join(tmpdir(), "timeslice-"));
  try {
    writeFileSync(join(folder, "program.c"), source);
    const path = join(folder, "program");
    const [command, ...options] = COMPILERS[compiler];
    execFileSync(command, [...options, ...flags, join(folder, "program.c"), "-o", path], { stdio: "pipe" });
    return use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function compile(compiler: Compiler, source: string, flags: string[] = []): Uint8Array {
  return withCompiled(compiler, source, (path) => new Uint8Array(readFileSync(path)), flags);
}
