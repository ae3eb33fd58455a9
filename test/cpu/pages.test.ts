// Pages: accesses and code at their edges, faults and what they leave undone, code that changes.

import { expect, test } from "vitest";
import { ALL, CODE, code, createHart, DATA, EXECUTE, READ, run, WRITE, word } from "./hart.ts";

const FETCH_FAULT = 12;
const LOAD_FAULT = 13;
const STORE_FAULT = 15;
const ECALL = 8;

test("code runs on from one page into the next", async () => {
  const hart = await createHart(CODE + 4088);
  hart.map(CODE);
  hart.map(CODE + 4096);
  hart.write(CODE + 4088, code("addi a0, a0, 1; addi a0, a0, 2; addi a0, a0, 4; ecall"));
  expect(hart.run()).toMatchObject({ cause: ECALL, pc: CODE + 4100 });
  expect(hart.run().x[10]).toBe(7);
});

test("a compressed instruction can be the last halfword of a page", async () => {
  const hart = await createHart(CODE + 4094);
  hart.map(CODE);
  hart.map(CODE + 4096);
  hart.write(CODE + 4094, code("c.addi a0, 3; ecall"));
  expect(hart.run()).toMatchObject({ cause: ECALL, pc: CODE + 4096, retired: 2 });
});

test("an instruction can straddle two pages whose frames are not neighbours", async () => {
  const hart = await createHart(CODE + 4094);
  hart.map(CODE + 4096);
  hart.map(CODE);
  hart.write(CODE + 4094, code("addi a0, zero, 1234; ecall"));
  expect(hart.run().x[10]).toBe(1234);
});

test("a missing second page of a straddling instruction faults at that page, with the pc of the instruction", async () => {
  const hart = await createHart(CODE + 4090);
  hart.map(CODE);
  hart.write(CODE + 4090, code("addi a1, zero, 1"));
  hart.write(CODE + 4094, code("addi a0, zero, 1234").subarray(0, 2));
  const at = { cause: FETCH_FAULT, pc: CODE + 4094, value: CODE + 4096, retired: 1 };
  expect(hart.run()).toMatchObject(at);
  hart.map(CODE + 4096);
  hart.write(CODE + 4096, code("addi a0, zero, 1234; ecall").subarray(2));
  hart.resumeAt(CODE + 4094);
  expect(hart.run()).toMatchObject({ cause: ECALL, retired: 3 });
});

test("a straddling instruction is new when its second half has changed", async () => {
  const hart = await createHart(CODE + 4094);
  hart.map(CODE);
  hart.map(CODE + 4096);
  hart.set(11, CODE + 4096);
  hart.set(12, word("addi a0, zero, 2") >>> 16);
  hart.set(13, 2);
  const loop = "sh a2, 0(a1); addi a4, a4, 1; addi a3, a3, -1; beq a3, zero, 8; jal zero, -20; ecall";
  hart.write(CODE + 4094, code(`addi a0, zero, 1; ${loop}`));
  const stop = hart.run();
  expect([stop.cause, stop.x[10], stop.x[14]]).toEqual([ECALL, 2, 2]);
});

test("a jump to a page that is not mapped faults at the target", async () => {
  expect(await run("lui a0, 0x50; jalr ra, 4(a0)")).toMatchObject({
    cause: FETCH_FAULT,
    pc: 0x50004,
    value: 0x50004,
    retired: 2,
  });
});

test("code is not fetched from a page without execute permission", async () => {
  expect(await run("lui a0, 0x20; jalr ra, 0(a0)")).toMatchObject({ cause: FETCH_FAULT, pc: DATA });
});

test("a store to a read-only page faults and changes nothing", async () => {
  const stop = await run("lui a0, 0x10; sw a0, 12(a0)");
  expect(stop).toMatchObject({ cause: STORE_FAULT, value: CODE + 12, pc: CODE + 4, retired: 1 });
});

test("a load into x0 faults like any other", async () => {
  expect(await run("lw zero, 16(zero)")).toMatchObject({ cause: LOAD_FAULT, value: 16, pc: CODE });
});

test("a fault in the middle of a fused sequence leaves what came before, and the exact pc", async () => {
  const stop = await run(
    "lui a1, 0x50; addi a3, zero, 2; slli a4, a3, 2; add a5, a4, a1; lw a6, 0(a5); addi a0, zero, 1",
  );
  expect(stop).toMatchObject({ cause: LOAD_FAULT, value: 0x50008, pc: CODE + 16, retired: 4 });
  expect([stop.x[14], stop.x[15], stop.x[16], stop.x[10]]).toEqual([8, 0x50008, 0, 0]);
});

test("misaligned accesses work, within a page and across two", async () => {
  const hart = await createHart();
  hart.map(CODE, READ | EXECUTE);
  hart.map(DATA + 4096);
  hart.map(DATA);
  hart.set(11, DATA + 4096);
  hart.set(12, 0x11223344);
  hart.write(CODE, code("sw a2, -3(a1); lw a3, -3(a1); lhu a4, -1(a1); sh a2, 1(a1); lh a5, 1(a1); ecall"));
  expect(hart.run().x.slice(13, 16)).toEqual([0x11223344, 0x1122, 0x3344]);
});

test("a store across pages faults at the second page and stores nothing in the first", async () => {
  const hart = await createHart();
  hart.map(CODE, READ | EXECUTE);
  hart.map(DATA);
  hart.set(11, DATA + 4096);
  hart.set(12, -1);
  hart.write(CODE, code("sw a2, -2(a1); ecall"));
  expect(hart.run()).toMatchObject({ cause: STORE_FAULT, value: DATA + 4096, pc: CODE, retired: 0 });
  expect(hart.read(DATA + 4092)).toBe(0);
});

test("a load across pages faults at the first page when that is missing", async () => {
  const hart = await createHart();
  hart.map(CODE, READ | EXECUTE);
  hart.map(DATA);
  hart.set(11, DATA);
  hart.write(CODE, code("lw a2, -2(a1); ecall"));
  expect(hart.run()).toMatchObject({ cause: LOAD_FAULT, value: DATA - 2 });
});

/** Overwrites the instruction three further on by `addi a0, zero, 2`. */
const MODIFY = "sw a2, 12(a1); addi a3, zero, 1; addi a4, zero, 1; addi a0, zero, 1; ecall";

test("a store changes the block that is running, without fence.i", async () => {
  const hart = await createHart();
  hart.map(CODE);
  hart.set(11, CODE);
  hart.set(12, word("addi a0, zero, 2"));
  hart.write(CODE, code(MODIFY));
  expect(hart.run()).toMatchObject({ cause: ECALL, retired: 5 });
  expect(hart.run().x[10]).toBe(2);
});

test("so does a store through another page that is mapped to the same frame", async () => {
  const hart = await createHart();
  const frame = hart.map(CODE, READ | EXECUTE);
  hart.core.frameRetain(frame);
  hart.map(DATA, READ | WRITE, frame);
  hart.set(11, DATA);
  hart.set(12, word("addi a0, zero, 2"));
  hart.write(CODE, code(MODIFY));
  expect(hart.run().x[10]).toBe(2);
});

test("so does a store that copies the page it runs from", async () => {
  const hart = await createHart();
  const frame = hart.core.frameAllocate(2);
  hart.core.frameRetain(frame);
  hart.map(CODE, ALL, frame, 1);
  hart.core.bytes.set(code(MODIFY), hart.linear(frame));
  hart.set(11, CODE);
  hart.set(12, word("addi a0, zero, 2"));
  expect(hart.run().x[10]).toBe(2);
  expect(hart.core.words[hart.linear(frame, 12) >>> 2]).toBe(word("addi a0, zero, 1"));
});

test("code that has run is new after a store, each time round a loop", async () => {
  const hart = await createHart();
  hart.map(CODE);
  hart.set(11, CODE);
  hart.set(12, word("addi a0, a0, 1"));
  hart.set(13, 0x100000);
  hart.set(14, 5);
  // The loop adds 1, 2, 3, 4 to a0: each round raises the immediate of its own first instruction.
  hart.write(
    CODE,
    code("addi a0, a0, 1; add a2, a2, a3; sw a2, 0(a1); addi a5, a5, 1; bne a5, a4, -16; ecall"),
  );
  expect(hart.run().x[10]).toBe(1 + 2 + 3 + 4 + 5);
});

test("code in one frame at two addresses knows where it runs", async () => {
  const hart = await createHart();
  const frame = hart.map(CODE, READ | EXECUTE);
  hart.core.frameRetain(frame);
  hart.map(CODE + 0x4000, READ | EXECUTE, frame);
  hart.write(CODE, code("auipc a0, 0; ecall"));
  expect(hart.run().x[10]).toBe(CODE);
  hart.resumeAt(CODE + 0x4000);
  expect(hart.run().x[10]).toBe(CODE + 0x4000);
});

test("stores to code take effect at once, and those beside it in its page change nothing else", async () => {
  const LENGTH = 40;
  const hart = await createHart(CODE);
  hart.map(CODE, ALL);
  const add = (amount: number) => word(`addi a0, a0, ${amount}`);
  const amounts = Array.from({ length: LENGTH }, () => 1);
  hart.write(CODE, code(`sw a2, 0(a1); ${"addi a0, a0, 1; ".repeat(LENGTH)}ecall`));
  let choice = 1;
  for (let round = 0; round < 600; round++) {
    choice = (Math.imul(choice, 1664525) + 1013904223) >>> 0;
    // For a while only beside the code, so that it is dropped though nobody has changed it.
    const span = round < 200 ? LENGTH : 1024 - LENGTH - 2;
    const isCode = round >= 200 && choice >>> 31 === 0;
    const at = isCode ? (choice >>> 8) % LENGTH : LENGTH + 1 + ((choice >>> 8) % span);
    const amount = (choice >>> 20) % 1000;
    if (isCode) amounts[at] = amount;
    hart.set(10, 0);
    hart.set(11, CODE + 4 + at * 4);
    hart.set(12, add(amount));
    hart.resumeAt(CODE);
    const { cause, x } = hart.run();
    expect([cause, x[10]]).toEqual([ECALL, amounts.reduce((sum, each) => sum + each, 0)]);
  }
});
