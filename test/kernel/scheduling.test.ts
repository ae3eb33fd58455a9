// Who runs when: time slices, policies, sleep, idle time, deadlock. Programs are a few lines of assembly.

import { expect, test } from "vitest";
import {
  CAUSE_TIMER,
  EVENT_DECIDE,
  EVENT_LOAD,
  EVENT_SAVE,
  EVENT_TRAP,
  HART_IDLE_TIME,
  HARTS,
} from "../../assembly/layout.ts";
import type { Machine, MachineEvent, MachineOptions, RunResult } from "../../host/index.ts";
import { readTime } from "../../host/machine/core.ts";
import { machineWith } from "../harness/machine.ts";
import { program } from "../harness/program.ts";

interface Run {
  readonly machine: Machine;
  readonly events: readonly MachineEvent[];
  readonly result: RunResult;
  readonly output: string;
}

async function run(source: string, options: Partial<MachineOptions> = {}, limit = 1_000_000): Promise<Run> {
  const { machine, output } = await machineWith(program(source), ["test"], options);
  const events: MachineEvent[] = [];
  machine.on("events", (batch) => events.push(...batch.events));
  const result = machine.run({ maxInstructions: limit });
  return { machine, events, result, output: output() };
}

const EXIT = "li a7, 94\n ecall\n";
/** Forks; goes on in the parent with a0 != 0, in the child with a0 = 0. */
const FORK = "li a0, 17\n li a1, 0\n li a7, 220\n ecall\n";
const WAIT = "li a0, 0\n li a1, -1\n li a2, 0\n li a3, 4\n li a4, 0\n li a7, 95\n ecall\n";

/** Two busy children that count to `turns`, and a parent that waits for both. */
const TWO_BUSY = (turns: number) => `
  ${FORK} beqz a0, busy
  ${FORK} beqz a0, busy
  ${WAIT} ${WAIT}
  li a0, 0
  ${EXIT}
busy: li t0, ${turns}
1: addi t0, t0, -1
  bnez t0, 1b
  li a0, 0
  ${EXIT}`;

test("a time slice ends exactly at its last instruction", async () => {
  const { events } = await run(TWO_BUSY(5000), { quantum: 777 });
  const slices: number[] = [];
  let loaded = -1;
  for (const event of events) {
    if (event.type === EVENT_LOAD) loaded = event.time;
    if (event.type === EVENT_TRAP && event.a === CAUSE_TIMER) slices.push(event.time - loaded);
  }
  expect(slices.length).toBeGreaterThan(20);
  expect(new Set(slices)).toEqual(new Set([777]));
});

test("round robin gives each ready process its slice in turn", async () => {
  const { events } = await run(TWO_BUSY(5000), { quantum: 1000 });
  const picked = events
    .filter((event) => event.type === EVENT_DECIDE && event.slot !== 0)
    .map((event) => event.pid);
  const busy = picked.filter((pid) => pid !== 1);
  expect(busy.slice(0, 8)).toEqual([2, 3, 2, 3, 2, 3, 2, 3]);
});

test("first-come lets a process run until it ends", async () => {
  const { events } = await run(TWO_BUSY(5000), { quantum: 1000, scheduler: "first-come" });
  const picked = events
    .filter((event) => event.type === EVENT_DECIDE && event.slot !== 0)
    .map((event) => event.pid);
  expect(picked).toEqual([1, 2, 3, 1]);
});

test("a trap is raised, saved, decided and loaded in this order", async () => {
  const { events } = await run(TWO_BUSY(3000), { quantum: 1000 });
  const path = [EVENT_TRAP, EVENT_SAVE, EVENT_DECIDE, EVENT_LOAD];
  const at = events.findIndex((event) => event.type === EVENT_TRAP && event.a === CAUSE_TIMER);
  const steps = events.slice(at).filter((event) => path.includes(event.type));
  expect(steps.slice(0, 4).map((event) => event.type)).toEqual(path);
});

const SLEEP_1_MS = `
  la a2, time
  li a0, 1
  li a1, 0
  li a3, 0
  li a7, 407
  ecall
  li a0, 0
  ${EXIT}
.data
.balign 8
time: .word 0, 0, 1000000, 0`;

test("time jumps over an idle machine to the next timer, exactly", async () => {
  const { machine, result } = await run(SLEEP_1_MS, { clockHz: 100_000_000 });
  expect(result.reason).toBe("ended");
  expect(result.instructions).toBeLessThan(30);
  const idle = readTime(machine.kernel.core, HARTS + HART_IDLE_TIME);
  expect(machine.time).toBe(idle + result.instructions);
  expect(idle).toBe(100_000);
});

const READ_OWN_PIPE = `
  la a0, ends
  li a1, 0
  li a7, 59
  ecall
  la t0, ends
  lw a0, 0(t0)
  la a1, ends
  li a2, 1
  li a7, 63
  ecall
  ${EXIT}
.data
.balign 4
ends: .word 0, 0`;

test("a deadlock names who waits for what and who holds it", async () => {
  const { result } = await run(READ_OWN_PIPE);
  expect(result.reason).toBe("deadlock");
  const waiting = result.reason === "deadlock" ? result.waiting : [];
  expect(waiting).toHaveLength(1);
  expect(waiting[0]).toMatchObject({ pid: 1, name: "test", holders: [1] });
  expect(waiting[0].for).toMatch(/^bytes in pipe \d+$/);
});

const READ_INPUT = `
  li a0, 0
  la a1, byte
  li a2, 1
  li a7, 63
  ecall
  la a1, byte
  lbu a0, 0(a1)
  ${EXIT}
.data
byte: .byte 0`;

test("a machine that only input can help says so, and goes on with it", async () => {
  const { Machine } = await import("../../host/index.ts");
  const { core } = await import("../harness/machine.ts");
  const machine = await Machine.create({ core, memory: 1 << 24 });
  machine.load(program(READ_INPUT), ["test"]);
  expect(machine.run().reason).toBe("input");
  machine.input(Uint8Array.of(65));
  expect(machine.run()).toMatchObject({ reason: "ended", status: 65 << 8 });
});

test("two busy processes take half the time on two harts", async () => {
  const one = await run(TWO_BUSY(20_000), { harts: 1 });
  const two = await run(TWO_BUSY(20_000), { harts: 2 });
  expect(two.result.instructions).toBe(one.result.instructions);
  expect(two.machine.time / one.machine.time).toBeLessThan(0.55);
});

test("instret counts instructions and cycle counts time, exactly at the instruction", async () => {
  const source = `rdinstret s0
    nop
    nop
    rdinstret s1
    rdcycle s2
    rdcycle s3
    sub a0, s1, s0
    sub a1, s3, s2
    slli a1, a1, 4
    or a0, a0, a1
    ${EXIT}`;
  const { result } = await run(source);
  expect(result).toMatchObject({ reason: "ended", status: (3 | (1 << 4)) << 8 });
});
