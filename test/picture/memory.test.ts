import { expect, test } from "vitest";
import type { Machine } from "../../host/index.ts";
import { ABSENT, type MemoryQuery, PRESENT, PROMISED, takeMemory } from "../../host/picture/memory.ts";
import { takeStack } from "../../host/picture/stack.ts";
import { machineAfter, sourceOf } from "./machines.ts";

const AT_SP: MemoryQuery = { at: "sp", columns: 16, offset: 0, length: 64 };
const focusOf = (machine: Machine) => ({ pid: 1, slot: machine.kernel.core.pidSlot(1) });

function take(machine: Machine, asked: Partial<MemoryQuery> = {}) {
  return takeMemory(sourceOf(machine), focusOf(machine), { ...AT_SP, ...asked })!;
}

const STORE =
  "li a0, 0x11223344\n sw a0, -16(sp)\n addi sp, sp, -16\nstay: j stay\n.data\n.balign 4096\nbuffer: .word 7\n";

test("memory is read around the value of an expression, in whole rows", async () => {
  const machine = await machineAfter(STORE, 100);
  const sp = machine.registers(1)![2];
  const { base, start, bytes } = take(machine);
  expect(base).toBe(sp);
  expect(start).toBe(sp - (sp % 16));
  expect(Array.from(bytes.subarray(sp - start, sp - start + 4))).toEqual([0x44, 0x33, 0x22, 0x11]);
  expect(take(machine, { at: "sp + 32" }).start).toBe(start + 32);
  expect(take(machine, { offset: -32 }).start).toBe(start - 32);
});

test("what is not there is absent, and what would come is shown and stays away", async () => {
  const machine = await machineAfter(STORE, 100);
  const hash = machine.stateHash();
  const states = (at: string) => [...new Set(take(machine, { at, length: 16 }).states)];
  expect(states("0")).toEqual([ABSENT]);
  expect(states("sp")).toEqual([PRESENT]);
  expect(states("buffer")).toEqual([PROMISED]);
  expect(take(machine, { at: "buffer" }).bytes[0]).toBe(7);
  expect(machine.stateHash()).toBe(hash);
});

test("symbols and registers are named where they begin or point", async () => {
  const machine = await machineAfter(STORE, 100);
  expect(take(machine).labels.map(({ text }) => text)).toContain("sp");
  const { labels, start } = take(machine, { at: "buffer" });
  expect(labels[0]).toEqual({ address: start, text: "buffer", kind: "symbol" });
});

test("an expression without a value says why, and the stack is shown", async () => {
  const machine = await machineAfter(STORE, 100);
  const { problem, base } = take(machine, { at: "nowhere" });
  expect(problem).toContain("nowhere");
  expect(base).toBe(machine.registers(1)![2]);
});

test("nothing lies beyond the ends of the address space", async () => {
  const machine = await machineAfter(STORE, 100);
  expect(take(machine, { at: "0xfffffff0" }).start).toBe(2 ** 32 - 64);
  expect(take(machine, { at: "0", offset: -64 }).start).toBe(0);
});

test("the stack has the calls, innermost first, and registers say what they point into", async () => {
  const machine = await machineAfter(
    "call outer\nouter: addi sp, sp, -16\n sw ra, 12(sp)\n call inner\n lw ra, 12(sp)\n addi sp, sp, 16\n ret\ninner: la a0, inner\nstay: j stay\n",
    100,
  );
  const { frames, pointees } = takeStack(sourceOf(machine), focusOf(machine), true)!;
  expect(frames.map(({ symbol }) => symbol.replace(/\+.*/, ""))).toEqual(["stay", "outer", "_start"]);
  expect(pointees[10]).toBe("inner");
  expect(pointees[2]).toMatch(/^\[stack\] -0x[0-9a-f]+$/);
  expect(pointees[0]).toBe("");
});
