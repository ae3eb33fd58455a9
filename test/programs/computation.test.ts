// Programs that only compute: the four RISC-V executables of each print what the native one prints, and
// what qemu-riscv32 prints.

import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { compile, NATIVE, programsIn, RISCV_TARGETS } from "./compile.ts";
import { type Input, runNative, runOurs, runQemu } from "./run.ts";

/** Programs whose native form cannot be the oracle, and why. */
const RISCV_ONLY: Readonly<Record<string, string>> = {
  division: "its results for x/0 and INT_MIN/-1 are RISC-V's own; x86-64 traps",
};

const INPUTS: Readonly<Record<string, Input>> = {
  arguments: { arguments: ["one", "two three", "", "ü"], stdin: "some lines\n".repeat(500) },
};

const skipped = missing("gcc", "qemu-riscv32", "riscv64-unknown-elf-gcc", "clang", "ld.lld");

describe.skipIf(skipped)("programs that only compute", () => {
  test.each(programsIn("computation"))("%s: the same here, under qemu and natively", async (name) => {
    const input = INPUTS[name] ?? {};
    const expected = runQemu(compile("computation", name, RISCV_TARGETS[0]), input);
    if (RISCV_ONLY[name] === undefined) {
      expect(runNative(compile("computation", name, NATIVE), input)).toEqual(expected);
    }
    for (const target of RISCV_TARGETS) {
      const outcome = await runOurs(compile("computation", name, target), input);
      expect(outcome, JSON.stringify(target)).toEqual(expected);
    }
  });
});
