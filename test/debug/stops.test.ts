// Where a debugger's points and events stop a machine: tiny programs, one fact each.

import { expect, test } from "vitest";
import {
  CAUSE_ECALL,
  EVENT_CALL,
  EVENT_FAULT,
  EVENT_LOAD,
  EVENT_SAVE,
  EVENT_TRAP,
} from "../../assembly/layout.ts";
import { Machine } from "../../host/index.ts";
import { core } from "../harness/machine.ts";
import { EXIT, FORK, pcOf, start, stopsOf, WAIT } from "./programs.ts";

const LOOP = `
  li t0, 3
body: addi t0, t0, -1
  c.nop
  bnez t0, body
  li a0, 0
  ${EXIT}`;

test("a breakpoint stops before each execution of its instruction", async () => {
  const { machine, symbol } = await start(LOOP);
  const address = symbol("body");
  machine.debugging.set({ points: [{ kind: "execute", address }] });
  const seen: number[] = [];
  for (const hit of stopsOf(machine)) {
    expect(hit).toMatchObject({
      kind: "execute",
      point: 0,
      pc: address,
      pid: 1,
      retired: machine.instructions,
    });
    expect(pcOf(machine, 1)).toBe(address);
    seen.push(machine.registers(1)![5]);
  }
  expect(seen).toEqual([3, 2, 1]);
});

test("a run that does not skip it stays at the breakpoint", async () => {
  const { machine, symbol } = await start(LOOP);
  machine.debugging.set({ points: [{ kind: "execute", address: symbol("body") }] });
  const first = machine.run();
  expect(first).toMatchObject({ reason: "debug", instructions: 1 });
  expect(machine.run()).toEqual({ ...first, instructions: 0 });
  expect(machine.step()).toMatchObject({ reason: "budget", instructions: 1 });
});

test("a breakpoint on a compressed instruction and on one that straddles two pages stops", async () => {
  const { machine, symbol } = await start(`
  c.nop
  j far
  .balign 4096
  .space 4090
far: c.nop
  c.nop
straddling: addi a0, zero, 0
  ${EXIT}`);
  expect(symbol("straddling") % 4096).toBe(4094);
  for (const name of ["far", "straddling"]) {
    machine.debugging.set({ points: [{ kind: "execute", address: symbol(name) }] });
    expect(machine.run({ skipFirst: true })).toMatchObject({ reason: "debug" });
    expect(pcOf(machine, 1)).toBe(symbol(name));
  }
  expect(machine.run({ skipFirst: true })).toMatchObject({ reason: "ended", status: 0 });
});

test("a breakpoint for one process lets the others pass the shared code", async () => {
  const { machine, symbol } = await start(`${FORK} mv s0, a0
shared: beqz s0, done
  ${WAIT}
done: li a0, 0
  ${EXIT}`);
  const address = symbol("shared");
  machine.debugging.set({ points: [{ kind: "execute", address, pid: 2 }] });
  expect([...stopsOf(machine)].map(({ pid }) => pid)).toEqual([2]);
});

test("a breakpoint for all processes stops each of them", async () => {
  const { machine, symbol } = await start(`${FORK} mv s0, a0
shared: beqz s0, done
  ${WAIT}
done: li a0, 0
  ${EXIT}`);
  machine.debugging.set({ points: [{ kind: "execute", address: symbol("shared") }] });
  expect([...stopsOf(machine)].map(({ pid }) => pid).sort()).toEqual([1, 2]);
});

test("a register's point stops before each instruction that writes it", async () => {
  const { machine } = await start(`li s1, 1
  addi s1, s1, 4
  mv s2, s1
  c.addi s1, 3
  sw s1, -4(sp)
  lw s1, -4(sp)
  li a0, 0
  ${EXIT}`);
  machine.debugging.set({ points: [{ kind: "register", register: 9 }] });
  const values: number[] = [];
  for (const _ of stopsOf(machine)) values.push(machine.registers(1)![9]);
  expect(values).toEqual([0, 1, 5, 8]);
});

test("an event stops at the end of the step that wrote it, and the trap is served later", async () => {
  const { machine } = await start(`li a7, 172\n ecall\n li a0, 0\n ${EXIT}`);
  machine.debugging.set({ events: { types: [EVENT_TRAP, EVENT_CALL, EVENT_LOAD], pid: 1 } });
  const seen: [number, boolean][] = [];
  for (const { address } of stopsOf(machine)) {
    seen.push([address, machine.debugging.pending?.cause === CAUSE_ECALL]);
  }
  // The service of init's exit ends the machine.
  expect(seen.slice(-4)).toEqual([
    [EVENT_TRAP, true],
    [EVENT_CALL, false],
    [EVENT_LOAD, false],
    [EVENT_TRAP, true],
  ]);
});

test("a machine that is saved between a trap and its service goes on as the other", async () => {
  const { machine } = await start(LOOP);
  machine.debugging.set({ events: { types: [EVENT_SAVE] } });
  expect(machine.run()).toMatchObject({ reason: "debug" });
  expect(machine.debugging.pending).not.toBeNull();
  const restored = await Machine.restore(core, machine.snapshot());
  expect(restored.debugging.pending).toEqual(machine.debugging.pending);
  machine.debugging.clear();
  expect(restored.run()).toEqual(machine.run());
  expect(restored.stateHash()).toBe(machine.stateHash());
});

test("a count of events stops as soon as they are written", async () => {
  const { machine } = await start(LOOP);
  const from = machine.eventCount;
  for (let count = from; count < from + 8; count++) {
    machine.debugging.set({ untilEvents: count });
    expect(machine.run()).toMatchObject({ reason: "debug", hit: { kind: "events" } });
    // A trap is raised and saved in one step.
    expect(machine.eventCount - count).toBeLessThan(2);
  }
});

test("copy on write stops right behind the store", async () => {
  const { machine, symbol } = await start(`${FORK} mv s0, a0
  sw s0, -4(sp)
behind: nop
  li a0, 0
  ${EXIT}`);
  machine.debugging.set({ events: { types: [EVENT_FAULT], pid: 1 } });
  const seen: (number | undefined)[] = [];
  for (const _ of stopsOf(machine)) seen.push(pcOf(machine, 1));
  expect(seen).toContain(symbol("behind"));
});

test("the user time of a process stops before the instruction that follows", async () => {
  const { machine } = await start(
    `${FORK} li t0, 100
1: addi t0, t0, -1
  bnez t0, 1b
  li a0, 0
  ${EXIT}`,
    { quantum: 20 },
  );
  for (const time of [3, 30, 57, 90]) {
    machine.debugging.set({ untilUserTime: { pid: 2, time } });
    expect(machine.run()).toMatchObject({ reason: "debug", hit: { kind: "time", pid: 2, userTime: time } });
    expect(machine.processes().find(({ pid }) => pid === 2)!.instructions).toBe(time);
  }
});

test("notes count the hits and keep the last without stopping", async () => {
  const { machine, symbol } = await start(LOOP);
  machine.debugging.set({ points: [{ kind: "execute", address: symbol("body") }], mode: "note" });
  expect(machine.run()).toMatchObject({ reason: "ended" });
  expect(machine.debugging.hits).toBe(3);
  expect(machine.debugging.noted).toMatchObject({ retired: 1 + 2 * 3, pc: symbol("body") });
});

test("a write point stops before the store, with the old value in memory", async () => {
  const { machine } = await start(`addi s0, sp, -64
  sw zero, 0(s0)
  li t0, 7
  sw t0, 0(s0)
  sb t0, 3(s0)
  sb t0, 4(s0)
  sh t0, 2(s0)
  li a0, 0
  ${EXIT}`);
  machine.step(2);
  const address = machine.registers(1)![8];
  machine.debugging.set({ points: [{ kind: "write", address, length: 4 }] });
  const hits = [...stopsOf(machine)].map((hit) => [hit.address - address, hit.length]);
  expect(hits).toEqual([
    [0, 4],
    [3, 1],
    [2, 2],
  ]);
});
