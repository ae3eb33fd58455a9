// Programs with picolibc as Debian packages it: the same output and status here as under qemu-riscv32.

import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { compile, PICOLIBC_TARGETS, programsIn } from "./compile.ts";
import { runOurs, runQemu } from "./run.ts";

const INPUT = { arguments: ["two words", "ü"], stdin: "1 2 3 40 -5 end\n" };

const skipped = missing(
  "qemu-riscv32",
  "riscv64-unknown-elf-gcc",
  "/usr/lib/picolibc/riscv64-unknown-elf/picolibc.specs",
);

describe.skipIf(skipped)("programs with picolibc", () => {
  for (const target of PICOLIBC_TARGETS) {
    test.each(programsIn("picolibc"))(`%s ${target.level}: the same here and under qemu`, async (name) => {
      const program = compile("picolibc", name, target);
      const expected = runQemu(program, INPUT);
      expect(expected.output).not.toBe("");
      expect(await runOurs(program, INPUT)).toEqual(expected);
    });
  }
});
