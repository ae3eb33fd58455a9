// The language of conditions: C's values for C's operators, and errors that point at what is wrong.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DebugError, type EvaluationContext, evaluate, numberOf } from "../../host/index.ts";
import { missing } from "../harness/tools.ts";
import { withFolder } from "../toolchain/gnu.ts";

const MEMORY = Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0x41, 0x80, 0, 0);
const CONTEXT: EvaluationContext = {
  pid: 5,
  register: (number) => (number === 32 ? 0x10074 : number === 10 ? 0xfffffffd : number),
  read: (address, length) => MEMORY.subarray(address - 0x1000, address - 0x1000 + length),
  lastCall: () => ({ number: 64, args: [1, 0x2000, undefined, 3, 4, 5], result: -9 }),
  symbol: (name) => (name === "counter" ? 0x1000 : undefined),
};

function value(text: string): number {
  return numberOf(evaluate(text, CONTEXT));
}

function refusal(text: string): DebugError {
  try {
    evaluate(text, CONTEXT);
  } catch (error) {
    if (error instanceof DebugError) return error;
    throw error;
  }
  throw new Error(`${text} is accepted`);
}

test("registers go by both names, with or without $", () => {
  expect(["a0", "x10", "$a0", "$x10"].map(value)).toEqual([-3, -3, -3, -3]);
  expect([value("pc"), value("fp"), value("s0"), value("zero")]).toEqual([0x10074, 8, 8, 0]);
});

test("a symbol is its address, a star reads the word there", () => {
  expect([value("counter"), value("&counter"), value("*counter")]).toEqual([0x1000, 0x1000, -2]);
  expect([value("byte(counter)"), value("sbyte(counter)"), value("byte(counter + 4)")]).toEqual([
    254, -2, 65,
  ]);
  expect([value("half(counter + 4)"), value("shalf(counter+4)")]).toEqual([0x8041, 0x8041 - 65536]);
});

test("a comparison with an address is unsigned, with a register signed", () => {
  expect([value("a0 < 0"), value("a0 < sp"), value("pc > 0xffffffff")]).toEqual([1, 0, 0]);
});

test("pid, characters and the choice", () => {
  expect([value("pid == 5"), value("'A'"), value("'\\n'"), value("pid == 5 ? 10 : 20")]).toEqual([
    1, 65, 10, 10,
  ]);
});

test("what is not evaluated does not fail", () => {
  expect(value("0 && *0")).toBe(0);
  expect(value("1 || 1 / 0")).toBe(1);
});

test("errors name their place", () => {
  expect(refusal("a0 + ").column).toBe(6);
  expect(refusal("a0 ) 1")).toMatchObject({ code: "syntax", column: 4 });
  expect(refusal("1 + nothing")).toMatchObject({ code: "no-symbol", column: 5 });
  expect(refusal("12ab")).toMatchObject({ code: "syntax", column: 1 });
  expect(refusal("1 # 2")).toMatchObject({ code: "syntax", column: 3 });
  expect(refusal("*16")).toMatchObject({ code: "no-value", column: 1 });
  expect(refusal("4 % 0")).toMatchObject({ code: "no-value", column: 3 });
  expect(refusal("$q9").message).toContain("x0 to x31");
  for (const long of ["(", "1+", "1?1:", "1?", "!", "*"]) {
    expect(refusal(`${long.repeat(100_000)}1`).code).toBe("syntax");
  }
});

test("no text makes it throw anything but a DebugError", () => {
  const pieces = [
    "a0",
    "1",
    "0x",
    "(",
    ")",
    "*",
    "-",
    "?",
    ":",
    "'",
    "byte(",
    "&&",
    "$",
    "é",
    "==",
    " ",
    "4294967295",
  ];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (source) => {
      try {
        evaluate(source, CONTEXT);
      } catch (error) {
        if (!(error instanceof DebugError)) throw error;
      }
    }),
    { seed: 1, numRuns: 2000 },
  );
});

/** Random expressions that are defined in C (with -fwrapv) and mean the same here. */
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(
      fc.integer({ min: 0, max: 0x7fffffff }).map(String),
      fc.integer({ min: 0, max: 0xffffffff }).map((number) => `0x${number.toString(16)}`),
      fc.constantFrom("7u", "'a'", "31"),
    ),
    fc.tuple(fc.constantFrom("-", "~", "!"), tie("tree")).map(([operator, a]) => `${operator}(${a})`),
    fc
      .tuple(
        tie("tree"),
        fc.constantFrom("+", "-", "*", "&", "|", "^", "<", "<=", ">", ">=", "==", "!=", "&&", "||"),
        tie("tree"),
      )
      .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc
      .tuple(tie("tree"), fc.constantFrom("<<", ">>"), tie("tree"))
      .map(([a, o, b]) => `(${a} ${o} (${b} & 31))`),
    fc
      .tuple(tie("tree"), fc.constantFrom("/", "%"), tie("tree"))
      .map(([a, operator, b]) => `(${a} ${operator} ((${b} & 1023) + 1))`),
  ),
}));

describe.skipIf(missing("gcc"))("as GCC computes", () => {
  test("random expressions have C's values", () => {
    const sources = fc.sample(tree, { seed: 11, numRuns: 400 });
    const expected = withFolder((folder) => {
      const lines = sources.map((source) => `printf("%lld\\n", (long long)(${source}));`);
      const file = join(folder, "values.c");
      writeFileSync(file, `#include <stdio.h>\nint main(void) {\n${lines.join("\n")}\nreturn 0;\n}\n`);
      execFileSync("gcc", ["-w", "-fwrapv", "-O0", file, "-o", join(folder, "values")]);
      return execFileSync(join(folder, "values"), { encoding: "utf8" }).trim().split("\n").map(Number);
    });
    expect(sources.map((source, index) => [source, value(source), expected[index]])).toEqual(
      sources.map((source, index) => [source, expected[index], expected[index]]),
    );
  });
});

test("arguments and result of the last system call have names, and what is not known is said", () => {
  expect([value("$arg0"), value("$arg1 + 1"), value("$result < 0")]).toEqual([1, 0x2001, 1]);
  expect(refusal("1 + $arg2")).toMatchObject({ code: "no-value", column: 5 });
  expect(refusal("$arg6").code).toBe("syntax");
});
