// The assembler and linker against GNU as and ld: the same bytes for the corpus.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ENCODINGS } from "../../host/isa/codec.ts";
import { assemble, link } from "../../host/toolchain/index.ts";
import { missing } from "../harness/tools.ts";
import { allocatedSections, gnuAssemble, gnuLink } from "./gnu.ts";

const CORPUS = new URL("corpus/", import.meta.url);

function ours(source: string): Uint8Array {
  const { object, diagnostics } = assemble(source);
  expect(diagnostics).toEqual([]);
  return object;
}

/** A statement for every row of the table, in the spelling of the row itself, with several operands. */
function everyRow(): string {
  const registers = ["a0", "s1", "a5", "s0"];
  const lines = ENCODINGS.flatMap(({ row, picture }) => {
    const statements = registers.map((register, index) => {
      const immediate = picture.fields.find(({ name }) => name === "imm" || name === "uimm");
      const value = immediate
        ? [immediate.multiple * 4, immediate.maximum, immediate.minimum, immediate.multiple][index]!
        : 1;
      const upper = row.syntax.includes("[31:12]");
      const operands = row.syntax
        .replace(/pc\+imm/, ". + 16")
        .replace(/\[imm\]/, "")
        .replace(/\bu?imm(\[31:12\])?/, String(upper ? 5 : value))
        .replace(/\brd\b/, register)
        .replace(/\brs1\b/, registers[(index + 1) % 4]!)
        .replace(/\brs2\b/, registers[(index + 2) % 4]!)
        .replace(/x2/, "sp")
        .replace(/shamt|zimm/, String(index + 1))
        .replace(/csr/, "cycle")
        .replace(/pred, succ/, ["rw, rw", "r, w", "i, o", "iorw, iorw"][index]!);
      return `${row.name} ${operands}`;
    });
    return statements;
  });
  // What a compressed form cannot express is not the question here: such statements are left out.
  return `${lines.filter((line) => assemble(line).diagnostics.length === 0).join("\n")}\n`;
}

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("GNU as", () => {
  for (const file of readdirSync(CORPUS).filter((name) => name.endsWith(".s"))) {
    test(`${file} assembles to the same bytes`, () => {
      const source = readFileSync(new URL(file, CORPUS), "utf8");
      expect(allocatedSections(ours(source))).toEqual(allocatedSections(gnuAssemble(source)));
    });
  }

  test("every row of the instruction table assembles to the same bytes", () => {
    const source = everyRow();
    const written = new Set(source.match(/^\S+/gm));
    expect(ENCODINGS.map(({ row }) => row.name).filter((name) => !written.has(name))).toEqual([]);
    expect(allocatedSections(ours(source))).toEqual(allocatedSections(gnuAssemble(source)));
  });

  test("linked programs have the same contents at the same addresses", () => {
    const first = readFileSync(new URL("addresses.s", CORPUS), "utf8");
    const second =
      ".globl outside, shared\n.text\noutside: ret\n.data\nshared: .word outside, table_of_first\n.bss\n.skip 40\n";
    const main = `${first}\n.globl table_of_first\n.set table_of_first, table\n.text\ncall outside\nla a0, shared\n`;
    const { program, diagnostics } = link([
      { name: "first.o", bytes: ours(main) },
      { name: "second.o", bytes: ours(second) },
    ]);
    expect(diagnostics).toEqual([]);
    const sections = allocatedSections(program);
    const addresses = Object.fromEntries(
      Object.entries(sections).map(([name, { address }]) => [name, address]),
    );
    expect(sections).toEqual(allocatedSections(gnuLink([gnuAssemble(main), gnuAssemble(second)], addresses)));
    expect(sections).toEqual(allocatedSections(gnuLink([ours(main), ours(second)], addresses)));
  });
});
