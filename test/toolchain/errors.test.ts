// What a person reads about a mistake: the whole text, and all mistakes of a file.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assemble, assembleProgram, formatDiagnostics, link } from "../../host/toolchain/index.ts";

function errors(source: string, include?: (path: string) => string | undefined): string {
  return formatDiagnostics(assemble(source, { file: "a.s", ...(include ? { include } : {}) }).diagnostics);
}

describe("an error names place, line, mark and what was expected:", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "an unknown mnemonic, with the nearest one",
      "start:  adid a0, a0, 1",
      "a.s:1:9: error: there is no instruction `adid`\n    1 | start:  adid a0, a0, 1\n      |         ^\n      expected `addi`?",
    ],
    [
      "an immediate out of range",
      "\taddi a0, a0, 5000",
      "a.s:1:15: error: 5000 is out of range for `addi`\n    1 | \taddi a0, a0, 5000\n      | \t             ^\n      expected a value from -2048 to 2047",
    ],
    [
      "a wrong operand",
      "lw a0, a1",
      "a.s:1:8: error: this operand does not fit `lw`\n    1 | lw a0, a1\n      |        ^\n      expected `lw rd, imm(rs1)` or `lw rd, symbol`",
    ],
    [
      "a missing operand",
      "mv a0",
      "a.s:1:6: error: `mv` needs more operands\n    1 | mv a0\n      |      ^\n      expected `mv rd, rs1`",
    ],
    [
      "a label that is there already",
      "x: nop\nx: nop",
      "a.s:2:1: error: `x` is already defined\n    2 | x: nop\n      | ^\n      expected another name\n      first defined at a.s:1",
    ],
    [
      "a directive that does not exist",
      ".wrod 1",
      "a.s:1:1: error: there is no directive `.wrod`\n    1 | .wrod 1\n      | ^\n      expected `.word`?",
    ],
    [
      "a string that does not end",
      '.ascii "abc',
      'a.s:1:8: error: the string does not end\n    1 | .ascii "abc\n      |        ^\n      expected a closing `"` on the same line',
    ],
    [
      "a value that is too large for a byte",
      ".byte 256",
      "a.s:1:7: error: 256 does not fit a byte\n    1 | .byte 256\n      |       ^\n      expected a value from -128 to 255",
    ],
    [
      "a condition that is not closed",
      ".if 1",
      "a.s:1:1: error: this condition is not closed\n    1 | .if 1\n      | ^\n      expected `.endif`",
    ],
    [
      "a macro that calls itself without end",
      ".macro m\nm\n.endm\nm",
      "a.s:2:1: error: files and macros are nested more than 200 deep\n    2 | m\n      | ^\n      expected an end to the recursion, as by `.if`\n" +
        "      in macro `m`, called at a.s:2\n".repeat(4).trimEnd(),
    ],
    [
      "a numeric label that is not there",
      "j 1f",
      "a.s:1:1: error: there is no label `1:` after this line\n    1 | j 1f\n      | ^\n      expected `1:` below, or `1b` for one above",
    ],
    [
      "a file that is not there",
      '.include "none.inc"',
      'a.s:1:10: error: there is no file `none.inc`\n    1 | .include "none.inc"\n      |          ^',
    ],
    [
      "too large a hole",
      ".skip 300000000",
      "a.s:1:7: error: the number of bytes is 300000000\n    1 | .skip 300000000\n      |       ^\n      expected a value from 0 to 268435456",
    ],
    [
      "an address where a constant is needed",
      "li a0, x\nx:",
      "a.s:1:8: error: `li` takes no address (`la` does); `x` is one\n    1 | li a0, x\n      |        ^\n      expected a constant",
    ],
    [
      "a division by zero",
      ".word 1/0",
      "a.s:1:8: error: division by zero\n    1 | .word 1/0\n      |        ^",
    ],
  ];
  for (const [name, source, text] of cases) {
    test(name, () => {
      expect(errors(source)).toBe(text);
    });
  }
});

test("constants may be defined after their use", () => {
  const later = assemble("li a0, N\naddi a1, a1, N\nlw a2, end - start(sp)\nstart: nop\nend:\nN = 0x7ff\n");
  expect(later.diagnostics).toEqual([]);
});

test("all errors of a file are reported, in order", () => {
  const source = "foo a0\nnop\naddi a0\n.byte 999\nlw a0, 5000(a1)\nx:\nx:\n";
  const { diagnostics, object } = assemble(source);
  expect(diagnostics.map(({ line }) => line)).toEqual([1, 3, 4, 5, 7]);
  expect(object.length).toBe(0);
});

test("an error in a macro says where the macro was called", () => {
  const text = errors(".macro twice r\nadd \\r, \\r, \\r, 1\n.endm\nnop\ntwice a0");
  expect(text).toContain("a.s:2:");
  expect(text).toContain("in macro `twice`, called at a.s:5");
});

test("an error in an included file says who includes it", () => {
  const text = errors('.include "b.inc"', (path) => (path === "b.inc" ? "nop\nbad" : undefined));
  expect(text).toContain("b.inc:2:1: error: there is no instruction `bad`");
  expect(text).toContain("included at a.s:1");
});

test("more errors than a person reads are counted, not shown", () => {
  const { diagnostics } = assemble("bad\n".repeat(1000));
  expect(diagnostics.length).toBe(101);
  expect(diagnostics.at(-1)!.message).toBe("900 more errors");
});

test("the linker names what is missing, twice there, or not an object", () => {
  const object = (source: string) => assemble(source).object;
  const start = object(".globl _start\n_start: call outsied\n");
  const other = object(".globl _start, outside\n_start: ret\noutside: ret\n");
  const missing = link([{ name: "a.o", bytes: start }]).diagnostics;
  expect(formatDiagnostics(missing)).toBe(
    "a.o: error: `outsied` is used but not defined\n      expected an object or archive that defines it",
  );
  const twice = link([
    { name: "a.o", bytes: start },
    { name: "b.o", bytes: other },
  ]).diagnostics;
  expect(twice[0]!.message).toBe("`_start` is defined again; the first definition is in a.o");
  expect(twice[1]!.expected).toBe("`outside`?");
  const text = link([{ name: "a.txt", bytes: new TextEncoder().encode("hello") }]).diagnostics;
  expect(text[0]!.message).toBe("this is neither an ELF object nor an archive");
});

test("a program without its entry is refused", () => {
  expect(assembleProgram("main: ret\n", { file: "a.s" }).diagnostics[0]!.message).toBe(
    "`_start`, where the program begins, is not defined",
  );
});

const WORDS = [
  "addi",
  "lw",
  "li",
  "la",
  "beqz",
  "j",
  "call",
  "a0",
  "sp",
  "x31",
  ",",
  "(",
  ")",
  ":",
  "1:",
  "1b",
  "1f",
  "=",
  "+",
  "-",
  "*",
  "<<",
  "%lo(",
  "%hi(",
  ".word",
  ".byte",
  ".macro",
  ".endm",
  ".rept",
  ".endr",
  ".if",
  ".else",
  ".endif",
  ".irp",
  ".set",
  ".section",
  ".align",
  ".org",
  ".skip",
  ".option",
  ".ascii",
  '"',
  "'",
  "\\",
  "\\x",
  "\\@",
  "x",
  "foo",
  "0x10",
  "-1",
  "99999",
  ".",
  ";",
  "#",
  "//",
  "/*",
  "*/",
  "\n",
  "\n",
  "\n",
  ".uleb128",
  ".size",
  ".comm",
  ".loc",
  ".file",
  ".popsection",
  ".previous",
  ".exitm",
  ".data",
  ".text",
  ".bss",
  "rvc",
  "norvc",
  "\u00e9",
  "\0",
];

test("garbage gives errors or an object, never an exception", () => {
  const garbage = fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map((words) => words.join(" "));
  const property = fc.property(fc.oneof(garbage, fc.string({ maxLength: 200 })), (source) => {
    const { object, diagnostics } = assemble(source);
    expect(object.length > 0).toBe(diagnostics.length === 0);
    if (object.length > 0) link([{ name: "a.o", bytes: object }]);
  });
  fc.assert(property, { seed: 7, numRuns: 2000 });
});

test("a damaged object gives errors or a program, never an exception", () => {
  const { object } = assemble(
    ".globl _start\n_start: la a0, d\ncall _start\n.data\nd: .word _start, d - _start\n",
  );
  const damage = fc.array(fc.tuple(fc.nat(object.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
  const property = fc.property(damage, (changes) => {
    const bytes = object.slice();
    for (const [at, value] of changes) bytes[at] = value;
    const { program, diagnostics } = link([{ name: "a.o", bytes }]);
    expect(program.length > 0).toBe(diagnostics.length === 0);
  });
  fc.assert(property, { seed: 11, numRuns: 1000 });
});
