// C programs for the debugger's tests, with debug information, from a few lines.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFolder } from "../toolchain/gnu.ts";

const START = `
__asm__(".globl _start\\n_start: call main\\n li a7, 93\\n ecall\\n");
`;

const COMMANDS = {
  gcc: ["riscv64-unknown-elf-gcc", "-Wl,--no-warn-rwx-segments"],
  clang: ["clang", "--target=riscv32-unknown-elf", "-fuse-ld=lld"],
} as const;

/** The executable of a C program whose file is named test.c; its first line is line 1. */
export function compiled(
  source: string,
  level: "-O0" | "-O1" | "-O2",
  compiler: "gcc" | "clang" = "gcc",
): Uint8Array {
  return withFolder((folder) => {
    const flags = [
      "-march=rv32imac",
      "-mabi=ilp32",
      "-g",
      level,
      "-ffreestanding",
      "-nostdlib",
      "-static",
      "-w",
    ];
    writeFileSync(join(folder, "test.c"), source);
    writeFileSync(join(folder, "start.c"), START);
    const [command, ...own] = COMMANDS[compiler];
    execFileSync(command, [...own, ...flags, "start.c", "test.c", "-o", "a.elf"], {
      cwd: folder,
      stdio: "pipe",
    });
    return new Uint8Array(readFileSync(join(folder, "a.elf")));
  });
}
