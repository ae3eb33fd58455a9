// From an address to its source line and back, in programs of our own and of GCC and Clang.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SHF_EXECINSTR } from "../../host/loader/elf-constants.ts";
import { readSections } from "../../host/loader/sections.ts";
import { arraySource } from "../../host/loader/source.ts";
import { assembleProgram, readLines } from "../../host/toolchain/index.ts";
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

test("what an included file says is of its own lines, what its macros make is of the line that calls them", () => {
  const source = '_start: nop\n.include "b.inc"\ntwice\n';
  const include = () => ".macro twice\nnop\nnop\n.endm\nlast: li a0, 1\ntwice\n";
  const { program } = assembleProgram(`.globl _start\n${source}`, { file: "a.s", include });
  const entry = new DataView(program.buffer).getUint32(24, true);
  const lines = readLines(program);
  const places = [0, 2, 4, 6, 8, 10]
    .map((at) => lines.lineOf(entry + at))
    .map((one) => `${one?.file}:${one?.line}`);
  expect(places).toEqual(["a.s:2", "b.inc:5", "b.inc:6", "b.inc:6", "a.s:4", "a.s:4"]);
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
const DWARF_VERSIONS = [3, 4, 5];
const LEVELS = ["-O0", "-O2"];
const MACHINE = ["-march=rv32imac", "-mabi=ilp32", "-ffreestanding", "-fno-builtin", "-nostdlib"];
const COMPILERS = {
  GCC: ["riscv64-unknown-elf-gcc"],
  Clang: ["clang", "--target=riscv32-unknown-elf", "-fuse-ld=lld"],
};

/** The line of `text` in the source. */
function lineOfText(text: string): number {
  const lines = readFileSync(MIXED, "utf8").split("\n");
  return lines.findIndex((line) => line.includes(text)) + 1;
}

interface Compiled {
  readonly bytes: Uint8Array;
  /** Line of each even address of the code from `start` on as addr2line has it; 0: none. */
  readonly expected: readonly number[];
  readonly start: number;
}

function compiled([command, ...options]: readonly string[], ...more: string[]): Compiled {
  return withFolder((folder) => {
    const output = join(folder, "a.elf");
    const link = ["-Wl,--unresolved-symbols=ignore-all", "-Wl,--defsym=__global_pointer$=0"];
    execFileSync(command!, [...options, ...MACHINE, ...more, ...link, MIXED, "-o", output], {
      stdio: "pipe",
    });
    const bytes = readFileSync(output);
    const code = [...readSections(arraySource(bytes))].find(({ flags }) => flags & SHF_EXECINSTR)!;
    const addresses = Array.from({ length: code.size / 2 }, (_, half) => code.address + half * 2);
    const input = addresses.map((address) => `0x${address.toString(16)}\n`).join("");
    const answers = execFileSync("riscv64-unknown-elf-addr2line", ["-e", output], {
      input,
      encoding: "utf8",
    });
    const expected = answers
      .trimEnd()
      .split("\n")
      .map((line) => Number(/:(\d+)/.exec(line)?.[1] ?? 0));
    return { bytes, expected, start: code.address };
  });
}

describe.skipIf(missing("riscv64-unknown-elf-gcc", "clang", "ld.lld"))("line tables of compilers", () => {
  const rows = Object.entries(COMPILERS).flatMap(([name, command]) =>
    DWARF_VERSIONS.flatMap((version) => LEVELS.map((level) => ({ name, command, version, level }))),
  );

  test.each(rows)("$name, DWARF $version, $level: as addr2line reads them", ({ command, version, level }) => {
    const { bytes, expected, start } = compiled(command, `-gdwarf-${version}`, level);
    const lines = readLines(bytes);
    expect(expected.filter((line) => line > 0).length).toBeGreaterThan(50);
    const ours = expected.map((_, half) => lines.lineOf(start + half * 2)?.line ?? 0);
    expect(ours).toEqual(expected);
    const wanted = lineOfText("return value / 2 + 1.5");
    const [address] = lines.addressesOf("mixed.c", wanted);
    expect(lines.lineOf(address!)?.line).toBe(wanted);
  });
});
