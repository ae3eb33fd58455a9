// Every row of the table by example, against literals and against the GNU disassembler itself.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { INSTRUCTIONS } from "../../assembly/isa/table.ts";
import { decode, encode, instructionSize } from "../../host/isa/codec.ts";
import { disassemble } from "../../host/isa/disassembler.ts";
import { missing } from "../harness/tools.ts";
import { EXAMPLES } from "./examples.ts";

const ADDRESS = 0x1000;

test("every row has an example", () => {
  const shown = new Set(EXAMPLES.map(([word]) => decode(word)?.name));
  expect(INSTRUCTIONS.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
});

test.each(EXAMPLES)("%i is %s, and is encoded back to the same bits", (word, text) => {
  expect(disassemble(word, ADDRESS, { aliases: false })).toBe(text);
  const { name, operands } = decode(word)!;
  expect(encode(name, operands)).toBe(word);
});

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("GNU objdump", () => {
  const folder = mkdtempSync(join(tmpdir(), "timeslice-isa-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("writes the examples as they stand here", () => {
    // Each instruction begins a field of 4 bytes, so that its address is known; c.nop fills the short ones.
    const words = EXAMPLES.map(([word]) => (instructionSize(word) === 4 ? word : (0x0001_0000 | word) >>> 0));
    const binary = join(folder, "examples");
    writeFileSync(binary, new Uint8Array(Uint32Array.from(words).buffer));
    const options = ["-b", "binary", "-m", "riscv:rv32", "-M", "no-aliases", "-D", binary];
    const listing = spawnSync("riscv64-unknown-elf-objdump", options, { encoding: "utf8" }).stdout;
    const texts = new Map(
      [...listing.matchAll(/^ +([0-9a-f]+):\t[0-9a-f]+ +\t(.*)$/gm)].map(([, at, text]) => [at, text]),
    );
    EXAMPLES.forEach(([word], index) => {
      const written = texts.get((index * 4).toString(16))!.replace(/ #.*/, "");
      const ours = disassemble(word, index * 4, { aliases: false });
      expect(written).toBe(ours === "c.nop" ? "c.addi\tzero,0" : ours);
    });
  });
});
