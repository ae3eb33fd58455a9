// Programs about processes, files, memory and time: the same source, compiled natively and run by Linux, is the
// oracle of what the machine's kernel must do. qemu-riscv32 is a second one where REFERENCE.md trusts it.

import { describe, expect, test } from "vitest";
import { missing } from "../harness/tools.ts";
import { compile, NATIVE, programsIn, type Target } from "./compile.ts";
import { runNative, runOurs, runQemu } from "./run.ts";

const TARGETS: readonly Target[] = [
  { compiler: "gcc", level: "-O2" },
  { compiler: "clang", level: "-O0" },
];

/** Where qemu-riscv32 is not asked, and why. */
const NOT_UNDER_QEMU: Readonly<Record<string, string>> = {
  break: "its brk does not unmap what is given back",
  exec: "execve of a RISC-V program needs binfmt_misc",
  script: "execve of a RISC-V program needs binfmt_misc",
  pipes: "its sigaction has the layout of 20 bytes, our library passes the kernel's 16",
  vfork: "it implements vfork as fork",
  masks: "it loses a signal that comes while ppoll's mask holds it back",
  refusals: "it demands that a whole buffer can be accessed",
  pointers: "it demands that a whole buffer can be accessed",
};

const skipped = missing("gcc", "qemu-riscv32", "riscv64-unknown-elf-gcc", "clang", "ld.lld");

describe.skipIf(skipped)("programs about processes", () => {
  test.each(programsIn("processes"))("%s: as on Linux", async (name) => {
    const expected = runNative(compile("processes", name, NATIVE));
    for (const target of TARGETS) {
      expect(await runOurs(compile("processes", name, target)), JSON.stringify(target)).toEqual(expected);
    }
    if (NOT_UNDER_QEMU[name] !== undefined) return;
    expect(runQemu(compile("processes", name, TARGETS[0]))).toEqual(expected);
  });

  test.each(programsIn("processes"))("%s: the same on four harts", async (name) => {
    const path = compile("processes", name, TARGETS[0]);
    const one = await runOurs(path);
    expect(await runOurs(path, {}, { harts: 4 })).toEqual(one);
  });
});
