// Exactness: however a run is cut, its state is the same; counters and traps count to the instruction.

import { expect, test } from "vitest";
import { PCB_CONTEXT, PCB_PC, PCB_ROOT, STOP_TRAP } from "../../assembly/layout.ts";
import { configure } from "../../host/machine/configuration.ts";
import { pcbWord } from "../../host/machine/core.ts";
import { createCore } from "../../host/machine/instance.ts";
import { core as module } from "../harness/machine.ts";
import { ALL, CODE, code, createHart, DATA, EXECUTE, READ, run } from "./hart.ts";

const BREAKPOINT = 3;
const LOAD_MISALIGNED = 4;
const STORE_MISALIGNED = 6;
const ECALL = 8;

/** Twenty rounds of loads, stores, a call and a counter; the function lies behind the final ecall. */
const PROGRAM = [
  "lui s0, 0x20; addi s1, zero, 20",
  "lw a0, 0(s0); addi a0, a0, 3; slli a1, a0, 2; add a2, a1, a0; sw a2, 4(s0); sw a0, 0(s0)",
  "jal ra, 24; csrrs a3, 0xc00, zero; add a4, a4, a3; addi s1, s1, -1; bne s1, zero, -40; ecall",
  "xor a5, a5, a2; jalr zero, 0(ra)",
].join(";");

test("a run in pieces of any length ends in the state of a run at once", async () => {
  const whole = await run(PROGRAM);
  expect(whole).toMatchObject({ cause: ECALL });
  for (const budget of [1, 2, 3, 5, 7, 11, 13, 29]) expect(await run(PROGRAM, budget)).toEqual(whole);
});

test("a first piece of any length changes nothing", async () => {
  const whole = await run(PROGRAM);
  for (let budget = 1; budget < whole.retired; budget += 17)
    expect(await run(PROGRAM, budget, 1e6)).toEqual(whole);
});

test("cycle and instret are the instructions retired before the one that reads them", async () => {
  const { x } = await run(
    "addi a0, zero, 1; csrrs a1, 0xc00, zero; csrrs a2, 0xc02, zero; addi a0, zero, 1; csrrs a3, 0xc01, zero",
  );
  expect(x.slice(11, 14)).toEqual([1, 2, 4]);
});

test("an ecall retires, an ebreak does not", async () => {
  expect((await run("addi a0, zero, 1")).retired).toBe(2);
  expect(await run("addi a0, zero, 1; ebreak")).toMatchObject({
    cause: BREAKPOINT,
    retired: 1,
    pc: CODE + 4,
  });
});

test("a store-conditional succeeds once after its load-reserved", async () => {
  const { x } = await run(
    "lui a1, 0x20; addi a2, zero, 9; lr.w a0, (a1); sc.w a3, a2, (a1); sc.w a4, a2, (a1); lw a5, 0(a1)",
  );
  expect(x.slice(13, 16)).toEqual([0, 1, 9]);
});

test("a store-conditional to another word fails and stores nothing", async () => {
  const { x } = await run("lui a1, 0x20; addi a2, a1, 4; lr.w a0, (a1); sc.w a3, a1, (a2); lw a5, 4(a1)");
  expect([x[13], x[15]]).toEqual([1, 0]);
});

test("a reservation outlasts the end of a budget", async () => {
  const { x } = await run("lui a1, 0x20; lr.w a0, (a1); addi a0, a0, 1; sc.w a3, a0, (a1)", 1);
  expect(x[13]).toBe(0);
});

test("a reservation ends with a trap", async () => {
  const hart = await createHart();
  hart.map(CODE, READ | EXECUTE);
  hart.map(DATA);
  hart.set(11, DATA);
  hart.write(CODE, code("lr.w a0, (a1); ecall; sc.w a3, a0, (a1); ecall"));
  hart.run();
  hart.resumeAt(CODE + 8);
  expect(hart.run().x[13]).toBe(1);
});

test("misaligned atomics trap and do nothing", async () => {
  const misaligned = "lui a1, 0x20; addi a1, a1, 2;";
  expect(await run(`${misaligned} lr.w a0, (a1)`)).toMatchObject({ cause: LOAD_MISALIGNED, value: DATA + 2 });
  expect(await run(`${misaligned} amoadd.w a0, a1, (a1)`)).toMatchObject({
    cause: STORE_MISALIGNED,
    retired: 2,
  });
});

test.each([
  ["amoswap.w", -3],
  ["amoadd.w", 4],
  ["amoand.w", 5],
  ["amoor.w", -1],
  ["amoxor.w", -6],
  ["amomin.w", -3],
  ["amomax.w", 7],
  ["amominu.w", 7],
  ["amomaxu.w", -3],
])("%s gives the old value and stores %d", async (name, result) => {
  const { x } = await run(
    `lui a1, 0x20; addi a2, zero, 7; addi a3, zero, -3; sw a2, 0(a1); ${name} a0, a3, (a1); lw a4, 0(a1)`,
  );
  expect([x[10], x[14]]).toEqual([7, result]);
});

/** The result of hart 0's store-conditional, while hart 1 executes `other` once in each turn. */
async function storeConditionalBeside(other: string): Promise<number> {
  const core = await createCore(module, configure({ memory: 1024 * 1024, harts: 2, turn: 3 }));
  const root = core.spaceCreate();
  core.frameRetain(root);
  for (const page of [CODE, CODE + 4096, DATA]) core.pageMapZero(root, page, ALL, 0);
  const programs = [
    "addi a2, zero, 1; addi a3, zero, 1; addi a4, zero, 1; lr.w a0, (a1); addi a2, zero, 2; addi a2, zero, 3; sc.w a0, a2, (a1); ecall",
    `${other}; addi a2, zero, 7; jal zero, -8`,
  ];
  const slots = programs.map((text, i) => {
    core.bytes.set(code(text), core.translate(root, CODE + i * 4096, 0));
    const slot = core.processCreate(0);
    core.words[pcbWord(slot, PCB_ROOT)] = root;
    core.unsigned[pcbWord(slot, PCB_PC)] = CODE + i * 4096;
    core.words[pcbWord(slot, PCB_CONTEXT) + 11] = DATA;
    core.processRun(slot);
    return slot;
  });
  expect(core.run(100)).toBe(STOP_TRAP);
  return core.words[pcbWord(slots[0]!, PCB_CONTEXT) + 10]!;
}

test("a store of another hart to the reserved word ends the reservation", async () => {
  expect(await storeConditionalBeside("sw a2, 0(a1)")).toBe(1);
});

test("a store of another hart beside the reserved word leaves the reservation", async () => {
  expect(await storeConditionalBeside("sw a2, 4(a1)")).toBe(0);
});
