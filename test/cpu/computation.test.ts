// Values: the corners of arithmetic, and the operands' registers being one and the same.

import { expect, test } from "vitest";
import { run } from "./hart.ts";

const MINIMUM = -(2 ** 31);

async function a0(text: string): Promise<number> {
  return (await run(text)).x[10]!;
}

test("addi adds its immediate", async () => {
  expect(await a0("addi a0, zero, 7")).toBe(7);
});

test("a write to x0 is dropped", async () => {
  expect(await a0("addi zero, zero, 7; addi a0, zero, 0")).toBe(0);
});

test("auipc adds to its own address", async () => {
  expect(await a0("auipc a0, 1")).toBe(0x11000);
});

test.each(["sll", "srl", "sra"])("%s by the register that it writes takes the count first", async (name) => {
  expect(await a0(`addi a1, zero, 64; addi a0, zero, 2; ${name} a0, a1, a0`)).toBe(name === "sll" ? 256 : 16);
});

test("a shift takes the low five bits of its count", async () => {
  expect(await a0("addi a0, zero, 1; addi a1, zero, 33; sll a0, a0, a1")).toBe(2);
});

test.each([
  ["div", "lui a0, 0x80000; addi a1, zero, -1", MINIMUM],
  ["rem", "lui a0, 0x80000; addi a1, zero, -1", 0],
  ["div", "addi a0, zero, 5; addi a1, zero, 0", -1],
  ["divu", "addi a0, zero, 5; addi a1, zero, 0", -1],
  ["rem", "addi a0, zero, 5; addi a1, zero, 0", 5],
  ["remu", "addi a0, zero, -5; addi a1, zero, 0", -5],
  ["div", "addi a0, zero, -7; addi a1, zero, 2", -3],
  ["rem", "addi a0, zero, -7; addi a1, zero, 2", -1],
  ["mulh", "lui a0, 0x80000; lui a1, 0x80000", 0x40000000],
  ["mulhu", "addi a0, zero, -1; addi a1, zero, -1", -2],
  ["mulhsu", "addi a0, zero, -1; addi a1, zero, -1", -1],
])("%s of %s", async (name, operands, result) => {
  expect(await a0(`${operands}; ${name} a0, a0, a1`)).toBe(result);
});

test("jalr reads its base before it writes the return address", async () => {
  const { x } = await run("auipc ra, 0; jalr ra, 12(ra); addi a0, zero, 1; addi a1, zero, 2");
  expect([x[1], x[10], x[11]]).toEqual([0x10008, 0, 2]);
});

test("a result passes from one instruction of a fused sequence to the next and to its register", async () => {
  const { x } = await run(
    "lui a1, 0x20; addi a2, zero, 3; sw a2, 8(a1); addi a3, zero, 2; slli a4, a3, 2; add a5, a4, a1; lw a6, 0(a5)",
  );
  expect(x.slice(14, 17)).toEqual([8, 0x20008, 3]);
});
