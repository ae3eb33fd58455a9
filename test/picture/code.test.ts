import { expect, test } from "vitest";
import type { Machine } from "../../host/index.ts";
import { type CodeQuery, takeCode } from "../../host/picture/code.ts";
import { rowsOf } from "../../web/panels/code/rows.ts";
import { machineAfter, sourceOf } from "./machines.ts";

const AROUND_PC: CodeQuery = { known: [], from: null, count: 40 };
const SOURCE = "main: li a0, 3\n addi a1, a0, 4\n beqz a1, main\n sw a1, -4(sp)\nlast: j last\n";

function take(machine: Machine, asked: Partial<CodeQuery> = {}) {
  const focus = { pid: 1, slot: machine.kernel.core.pidSlot(1) };
  return takeCode(sourceOf(machine), focus, { ...AROUND_PC, ...asked })!;
}

test("the list has every instruction, with its line, and the symbols and sections that begin at it", async () => {
  const picture = take(await machineAfter(SOURCE, 1));
  const { addresses, sizes, lines, symbols, sections } = picture.listing!;
  const at = symbols.find(({ name }) => name === "main")!.index;
  expect(sections.map(({ name }) => name)).toContain(".text");
  expect(symbols.map(({ name }) => name)).toContain("last");
  for (let index = 1; index < addresses.length; index++) {
    expect(addresses[index]).toBe(addresses[index - 1] + sizes[index - 1]);
  }
  expect(Array.from(lines.subarray(at, at + 5), (line) => line - lines[at])).toEqual([0, 1, 2, 3, 4]);
  expect(picture.index).toBe(at + 1);
});

test("texts are those of the instructions that were asked for, and jumps say where to", async () => {
  const picture = take(await machineAfter(SOURCE, 1));
  const text = (index: number) => picture.texts[index - picture.from];
  expect(text(picture.index)).toBe("addi\ta1,a0,4");
  expect(text(picture.index + 1)).toMatch(/^beqz\ta1,[0-9a-f]+ <_start>$/);
  expect(picture.targets[picture.index + 1 - picture.from]).toBe(
    picture.listing!.addresses[picture.index - 1],
  );
  expect(take(await machineAfter(SOURCE, 1), { from: picture.index, count: 2 }).texts).toHaveLength(2);
});

test("the next instruction is told in words, with its values", async () => {
  const picture = take(await machineAfter(SOURCE, 1));
  expect(picture.next).toBe("adds 4 to a0 (3) → a1 = 7");
  expect(picture.nextPc).toBe(picture.listing!.addresses[picture.index + 1]);
});

test("a list that is known already is not sent again", async () => {
  const machine = await machineAfter(SOURCE, 1);
  const { key } = take(machine);
  expect(take(machine, { known: [key] }).listing).toBeUndefined();
});

test("looking at code changes nothing", async () => {
  const machine = await machineAfter(SOURCE, 3);
  const hash = machine.stateHash();
  take(machine);
  expect(machine.stateHash()).toBe(hash);
});

test("each instruction stands beside its source line, once", async () => {
  const { listing } = take(await machineAfter(SOURCE, 1));
  const lines = Array.from({ length: Math.max(...listing!.lines) }, (_, line) => `line ${line + 1}`);
  for (const mode of ["both", "disassembly"] as const) {
    const { rows, rowOf } = rowsOf(listing!, 0, [lines], mode);
    const indices = rows.map(({ index }) => index).filter((index) => index >= 0);
    expect(indices.sort((a, b) => a - b)).toEqual(Array.from(listing!.addresses, (_, index) => index));
    rowOf.forEach((row, index) => expect(rows[row].index).toBe(index));
  }
  const { rows, rowOf } = rowsOf(listing!, 0, [lines], "source");
  expect(rows.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
  rowOf.forEach((row, index) => expect(rows[row].line).toBe(listing!.lines[index]));
});

test("of a file that is included the lines that became code stand behind the program's own", () => {
  const none = { key: "", symbols: [], sections: [], files: ["a.s", "b.inc"] };
  const listing = {
    ...none,
    addresses: Uint32Array.of(0, 4, 8, 12),
    sizes: Uint8Array.of(4, 4, 4, 4),
    lines: Uint32Array.of(2, 1, 1, 3),
    file: Uint16Array.of(0, 1, 1, 1),
  };
  const sources = [
    ["# a", "nop"],
    ["li a0, 70000", "# b", "ret"],
  ];
  const shown = (mode: "both" | "source") =>
    rowsOf(listing, 0, sources, mode).rows.map(({ line, file, index }) => [
      sources[file]?.[line - 1] ?? "",
      index,
    ]);
  expect(shown("both")).toEqual([
    ["# a", -1],
    ["nop", 0],
    ["li a0, 70000", 1],
    ["", 2],
    ["ret", 3],
  ]);
  expect(shown("source")).toEqual([
    ["# a", -1],
    ["nop", 0],
    ["li a0, 70000", 1],
    ["ret", 3],
  ]);
  expect(Array.from(rowsOf(listing, 0, sources, "source").rowOf)).toEqual([1, 2, 2, 3]);
});
