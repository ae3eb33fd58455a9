// From an address to its source line and back, in programs of our own and of GCC and Clang.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assembleProgram, type LineTable, readLines } from "../../host/toolchain/index.ts";
import { missing } from "../harness/tools.ts";
import { withFolder } from "./gnu.ts";

const SOURCE = `        .globl  _start
_start: li      a0, 0x12345678
        nop

        .macro  twice
        nop
        nop
        .endm
        twice
        beqz    a0, far
        .skip   6000
far:    ret
`;

function program(): Uint8Array {
  const { program, diagnostics } = assembleProgram(SOURCE, { file: "src/a.s" });
  expect(diagnostics).toEqual([]);
  return program;
}

test("every instruction of a source has its line", () => {
  const bytes = program();
  const entry = new DataView(bytes.buffer).getUint32(24, true);
  const lines = readLines(bytes);
  const lineAt = (offset: number) => lines.lineOf(entry + offset)?.line;
  // li takes 8 bytes, nop 2, each nop of the macro 2, the far branch 6.
  expect([0, 4, 8, 10, 12, 14, 18].map(lineAt)).toEqual([2, 2, 3, 9, 9, 10, 10]);
  expect(lineAt(20 + 6000)).toBe(12);
  expect(lineAt(-2)).toBeUndefined();
  expect(lines.lineOf(entry)).toEqual({ file: "src/a.s", line: 2, column: 0 });
});

test("a line gives the address of its code, or of the next line that has some", () => {
  const bytes = program();
  const entry = new DataView(bytes.buffer).getUint32(24, true);
  const lines = readLines(bytes);
  expect(lines.addressesOf("src/a.s", 2)).toEqual([entry]);
  expect(lines.addressesOf("a.s", 9)).toEqual([entry + 10]);
  expect(lines.addressesOf("a.s", 4)).toEqual([entry + 10]);
  expect(lines.addressesOf("b.s", 2)).toEqual([]);
});

test("a damaged program gives fewer lines, never an exception", () => {
  const bytes = program();
  const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 });
  const property = fc.property(damage, (changes) => {
    const copy = bytes.slice();
    for (const [at, value] of changes) copy[at] = value;
    readLines(copy).lineOf(0x10000);
  });
  fc.assert(property, { seed: 3, numRuns: 500 });
});

const MIXED = fileURLToPath(new URL("corpus/mixed.c", import.meta.url));

function lineOfText(text: string): number {
  return (
    readFileSync(MIXED, "utf8")
      .split("\n")
      .findIndex((line) => line.includes(text)) + 1
  );
}

function compiled(command: string, ...options: string[]): LineTable {
  return withFolder((folder) => {
    const output = join(folder, "a.elf");
    execFileSync(command, [...options, "-O0", "-ffreestanding", "-nostdlib", MIXED, "-o", output], {
      stdio: "pipe",
    });
    return readLines(readFileSync(output));
  });
}

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("GCC's line tables", () => {
  for (const version of [3, 4, 5]) {
    test(`of DWARF ${version} are read`, () => {
      const gcc = ["-march=rv32imac", "-mabi=ilp32", `-gdwarf-${version}`, "-lgcc"];
      const lines = compiled("riscv64-unknown-elf-gcc", ...gcc, "-Wl,--unresolved-symbols=ignore-all");
      const [address] = lines.addressesOf("mixed.c", lineOfText("return value / 2 + 1.5"));
      expect(lines.lineOf(address!)?.line).toBe(lineOfText("return value / 2 + 1.5"));
    });
  }
});
