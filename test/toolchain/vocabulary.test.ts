import { describe, expect, test } from "vitest";
import { INSTRUCTIONS, REGISTER_NAMES } from "../../assembly/isa/table.ts";
import { REGISTER_ROLES } from "../../host/isa/register-roles.ts";
import { assemble } from "../../host/toolchain/index.ts";
import { assemblerWords, definedWords } from "../../host/toolchain/vocabulary.ts";
import { tokensOf } from "../../web/source/tokens.ts";

const words = assemblerWords();

test("there is a word for every instruction that is written, and each register has a role", () => {
  const names = new Set(words.map(({ name }) => name));
  for (const { name, expands } of INSTRUCTIONS) if (expands === undefined) expect(names).toContain(name);
  expect(REGISTER_ROLES).toHaveLength(REGISTER_NAMES.length);
});

test("the assembler knows every directive and every pseudo-instruction that has a word", () => {
  for (const { name, kind } of words) {
    if (kind !== "directive" && kind !== "pseudo") continue;
    const messages = assemble(` ${name}\n`).diagnostics.map(({ message }) => message);
    expect(messages.filter((message) => /unknown/i.test(message))).toEqual([]);
  }
});

test("every pseudo-instruction says how it is used and what it does", () => {
  for (const { kind, meaning } of words) if (kind === "pseudo") expect(meaning).not.toBe("");
});

test("a source's macros are words with the comment before them, its constants with their value", () => {
  const source = "# Leaves.\n# For good.\n .macro leave status=0\n .endm\n .equ SIZE, 8 # bytes\n";
  expect(definedWords(source, "a.s")).toEqual([
    { name: "leave", kind: "macro", syntax: "status=0", meaning: "Leaves. For good. (a.s)" },
    { name: "SIZE", kind: "constant", syntax: "", meaning: "8 (a.s)" },
  ]);
});

describe("the words of a line", () => {
  const kinds = (line: string) =>
    tokensOf(line).map(({ from, to, kind }) => `${kind} ${line.slice(from, to)}`);

  test("are told apart by where they stand", () => {
    expect(kinds('main: lw a0, -4(sp) # a0 "x"')).toEqual([
      "label main:",
      "mnemonic lw",
      "register a0",
      "other ,",
      "other -",
      "number 4",
      "other (",
      "register sp",
      "other )",
      'comment # a0 "x"',
    ]);
    expect(kinds(' .asciz "a # b\\"c"')).toEqual(["directive .asciz", 'string "a # b\\"c"']);
    expect(kinds("1: j 1b; la s1, add")).toContain("name add");
  });

  test("leave nothing out but space", () => {
    for (const line of ['x: .ascii "a', "li a0, 'c'", "/* a */ nop", ".equ A, B<<2|1", "\\name\\@: %hi(x)"]) {
      const tokens = tokensOf(line);
      const gaps = tokens.map(({ from }, index) => line.slice(tokens[index - 1]?.to ?? 0, from));
      expect(`${gaps.join("")}${line.slice(tokens.at(-1)!.to)}`.trim()).toBe("");
    }
  });
});
