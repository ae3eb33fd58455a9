// Watchpoints: which accesses hit, and when. Random ones are compared in reference.test.ts.

import { expect, test } from "vitest";
import { CAUSE_STORE_PAGE_FAULT, EVENT_TRAP } from "../../assembly/layout.ts";
import type { DebugHit, DebugPoint } from "../../host/index.ts";
import { EXIT, pcOf, start, stopsOf } from "./programs.ts";

const END = `li a0, 0\n ${EXIT}`;
const DATA = ".bss\n.balign 4096\ndata: .space 16384\n";

/** The hits of a program's run, relative to the symbol `data`. */
async function hitsOf(source: string, points: (data: number) => DebugPoint[]) {
  const { machine, symbol } = await start(`la s0, data\n ${source}\n ${END} ${DATA}`);
  const data = symbol("data");
  machine.debugging.set({ points: points(data) });
  return [...stopsOf(machine)].map((hit) => access(hit, data));
}

function access({ kind, address, length }: DebugHit, data: number) {
  return `${kind} ${address - data} ${length}`;
}

test("bytes, halves and words hit where they meet a watched byte", async () => {
  const source = "sb t0, 7(s0)\n sb t0, 8(s0)\n sh t0, 8(s0)\n sw t0, 4(s0)\n sw t0, 8(s0)\n sb t0, 12(s0)";
  const hits = await hitsOf(source, (data) => [{ kind: "write", address: data + 8, length: 1 }]);
  expect(hits).toEqual(["write 8 1", "write 8 2", "write 8 4"]);
});

test("a misaligned access hits by its bytes", async () => {
  const source = "sw t0, 1(s0)\n sw t0, 5(s0)\n lw t1, 3(s0)\n lh t1, 4(s0)\n lhu t1, 7(s0)";
  const hits = await hitsOf(source, (data) => [
    { kind: "write", address: data + 4, length: 4 },
    { kind: "read", address: data + 8, length: 1 },
  ]);
  expect(hits).toEqual(["write 1 4", "write 5 4", "read 7 2"]);
});

test.each([4094, 4097])("an access across pages hits a watch at byte %i", async (offset) => {
  const source = "li t1, 4094\n add s1, s0, t1\n sw t0, 0(s1)\n lw t0, 0(s1)";
  for (const kind of ["read", "write"] as const) {
    const hits = await hitsOf(source, (data) => [{ kind, address: data + offset, length: 1 }]);
    expect(hits).toEqual([`${kind} 4094 4`]);
  }
});

test("an atomic is one hit, of its write if that is watched", async () => {
  const source = "amoadd.w t0, t1, (s0)";
  const read: (data: number) => DebugPoint = (address) => ({ kind: "read", address, length: 4 });
  const write: (data: number) => DebugPoint = (address) => ({ kind: "write", address, length: 4 });
  expect(await hitsOf(source, (data) => [read(data)])).toEqual(["read 0 4"]);
  expect(await hitsOf(source, (data) => [read(data), write(data)])).toEqual(["write 0 4"]);
});

test("a store-conditional hits only if it stores", async () => {
  const source = "lr.w t0, (s0)\n sc.w t1, t0, (s0)\n sc.w t1, t0, (s0)";
  const hits = await hitsOf(source, (data) => [{ kind: "write", address: data, length: 4 }]);
  expect(hits).toEqual(["write 0 4"]);
});

test("a stop between load-reserved and store-conditional keeps the reservation", async () => {
  const { machine, symbol } = await start(`la s0, data
  lr.w t0, (s0)
  addi t0, t0, 1
  sc.w s1, t0, (s0)
  snez a0, s1
  ${EXIT} ${DATA}`);
  machine.debugging.set({ points: [{ kind: "write", address: symbol("data"), length: 4 }] });
  expect([...stopsOf(machine)].length).toBe(1);
  expect(machine.run()).toMatchObject({ status: 0 });
});

test("an access that faults hits once, when its pages are there", async () => {
  const source = "li t1, 4094\n add s1, s0, t1\n sw t0, 0(s1)";
  const { machine, symbol } = await start(`la s0, data\n ${source}\n ${END} ${DATA}`);
  const address = symbol("data") + 4096;
  machine.debugging.set({ points: [{ kind: "write", address, length: 4 }], events: { types: [EVENT_TRAP] } });
  const seen: string[] = [];
  for (const { kind } of stopsOf(machine)) {
    const isFault = machine.debugging.pending?.cause === CAUSE_STORE_PAGE_FAULT;
    if (kind === "write" || isFault) seen.push(kind);
  }
  expect(seen).toEqual(["event", "event", "write"]);
});

test("an access that kills its process is no hit", async () => {
  const { machine } = await start("sw t0, 0(zero)");
  machine.debugging.set({ points: [{ kind: "write", address: 0, length: 4 }] });
  expect(machine.run()).toMatchObject({ reason: "ended", status: 11 });
});

const GETRANDOM = "mv a0, s0\n li a1, 8\n li a2, 0\n li a7, 278\ncall: ecall\nbehind:";
const WRITE = "li a0, 1\n mv a1, s0\n li a2, 8\n li a7, 64\ncall: ecall\nbehind:";

test.each([
  ["write", GETRANDOM],
  ["read", WRITE],
] as const)("a %s by a system call stops after the call", async (kind, call) => {
  const { machine, symbol } = await start(`la s0, data\n ${call} ${END} ${DATA}`);
  machine.debugging.set({ points: [{ kind, address: symbol("data") + 4, length: 1 }] });
  const result = machine.run();
  expect(result).toMatchObject({
    reason: "debug",
    hit: { kind, byCall: true, pid: 1, pc: symbol("call"), address: symbol("data"), length: 8 },
  });
  expect([machine.debugging.pending, pcOf(machine, 1)]).toEqual([null, symbol("behind")]);
  expect(machine.run()).toMatchObject({ reason: "ended", status: 0 });
});

/** The child runs in its parent's memory until it ends. */
const VFORK = "li a0, 0x4111\n li a1, 0\n li a7, 220\n ecall\n";

test.each([
  [1, ["parent", "parent"]],
  [2, ["child"]],
  [0, ["parent", "child", "parent"]],
])("processes that share their memory are told apart (pid %i)", async (pid, expected) => {
  const { machine, symbol } = await start(`la s0, data
  li t0, 1
  sw t0, 0(s0)
  ${VFORK}
  bnez a0, 1f
  sw t0, 0(s0)
  ${END}
1: sw t0, 0(s0)
  ${END} ${DATA}`);
  machine.debugging.set({ points: [{ kind: "write", address: symbol("data"), length: 4, pid }] });
  const names = [...stopsOf(machine)].map((hit) => (hit.pid === 1 ? "parent" : "child"));
  expect(names).toEqual(expected);
});

test("points out of range are refused", async () => {
  const { machine } = await start(END);
  const set = (point: DebugPoint) => () => machine.debugging.set({ points: [point] });
  expect(set({ kind: "register", register: 32 })).toThrow(RangeError);
  expect(set({ kind: "read", address: 2 ** 32 - 2, length: 3 })).toThrow("from 1 to 2");
  expect(set({ kind: "execute", address: -1 })).toThrow(RangeError);
});
