// What GCC and Clang write with -S is assembled and linked (with libgcc.a) here, and does the same under
// qemu-riscv32 as what the compiler's own tools make of it.

import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { assemble, link } from "../../host/toolchain/index.ts";
import { missing } from "../harness/tools.ts";
import { withFolder } from "./gnu.ts";

const SOURCE = fileURLToPath(new URL("corpus/mixed.c", import.meta.url));
const TARGET = ["-march=rv32imac", "-mabi=ilp32"];
const COMMON = ["-ffreestanding", "-fno-pic", "-S", SOURCE, "-o"];

const COMPILERS: Readonly<Record<string, readonly string[]>> = {
  GCC: ["riscv64-unknown-elf-gcc", ...TARGET],
  Clang: ["clang", "--target=riscv32-unknown-elf", "-fno-addrsig", ...TARGET],
};

/** Output and exit status under qemu. */
function run(program: string): { status: number | null; output: string } {
  const { status, stdout } = spawnSync("qemu-riscv32", [program]);
  return { status, output: stdout.toString() };
}

describe.skipIf(missing("riscv64-unknown-elf-gcc", "clang", "qemu-riscv32"))("a compiler's output", () => {
  for (const [name, [command, ...options]] of Object.entries(COMPILERS)) {
    for (const level of ["-O0", "-O2", "-Os -fcommon -ffunction-sections -fdata-sections", "-O1 -g"]) {
      test(`${name} ${level} runs as it does with the GNU tools`, () => {
        withFolder((folder) => {
          const file = join(folder, "mixed.s");
          execFileSync(command!, [...options, ...level.split(" "), ...COMMON, file]);
          const library = execFileSync("riscv64-unknown-elf-gcc", [...TARGET, "-print-libgcc-file-name"])
            .toString()
            .trim();
          const { object, diagnostics } = assemble(readFileSync(file, "utf8"), { file });
          expect(diagnostics).toEqual([]);
          const linked = link([
            { name: "mixed.o", bytes: object },
            { name: "libgcc.a", bytes: readFileSync(library) },
          ]);
          expect(linked.diagnostics).toEqual([]);
          writeFileSync(join(folder, "ours"), linked.program, { mode: 0o755 });
          const theirs = join(folder, "theirs");
          execFileSync("riscv64-unknown-elf-gcc", [
            ...TARGET,
            "-O1",
            "-ffreestanding",
            "-nostdlib",
            SOURCE,
            library,
            "-o",
            theirs,
          ]);
          const result = run(join(folder, "ours"));
          expect(result.output.split("\n").length).toBeGreaterThan(10);
          expect(result).toEqual(run(theirs));
        });
      });
    }
  }
});
