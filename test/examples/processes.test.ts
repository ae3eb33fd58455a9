// What the index and the sources say about creation and memory, read off the runs.

import { expect, test } from "vitest";
import * as L from "../../assembly/layout.ts";
import {
  addressOf,
  creations,
  endings,
  eventsOf,
  MAIN,
  placeOf,
  runExample,
  runTo,
  startExample,
  stepUntil,
  stretches,
  waits,
} from "./run.ts";

const SIGTERM = 15;
const TICKS_PER_MS = 100_000;
const CLONE = 220;
const EXECVE = 221;

test("workshop: the clerk waits for each report, the watchman sleeps and is killed, twelve jobs are done", async () => {
  const run = await runExample("workshop");
  const [watchman, clerk, ...workers] = creations(run)
    .filter(({ parent }) => parent === MAIN)
    .map(({ pid }) => pid);
  expect(workers).toHaveLength(3);
  expect(waits(run, L.WAIT_PIPE_READ, clerk).length).toBeGreaterThanOrEqual(12);
  expect(waits(run, L.WAIT_SLEEP, watchman).length).toBeGreaterThan(8);
  expect(endings(run)[watchman]).toBe(SIGTERM);
  const jobs = workers.map((pid) => endings(run)[pid] >> 8);
  expect(jobs.reduce((sum, done) => sum + done)).toBe(12);
});

test("workshop: four harts take less than half the time of one", async () => {
  const one = await runExample("workshop");
  const four = await runExample("workshop", { configuration: { harts: 4 } });
  expect(four.machine.time).toBeLessThan(one.machine.time / 2);
});

test("twice: the two processes have the same frame of code, and different ones of data", async () => {
  const started = await startExample("twice");
  stepUntil(started, () => started.output().split("\n").length > 4);
  const [one, two] = started.machine.processes().filter(({ name }) => name === "count");
  const variable = Number(started.output().match(/0x[0-9a-f]+/)?.[0]);
  const places = (address: number) => [one, two].map(({ pid }) => placeOf(started.machine, pid, address));
  const [codeOfOne, codeOfTwo] = places(one.pc);
  expect(codeOfOne).toBe(codeOfTwo);
  expect(codeOfOne).toBeGreaterThan(0);
  const [dataOfOne, dataOfTwo] = places(variable);
  expect(dataOfOne).not.toBe(dataOfTwo);
});

test("forktree: after 25 ms all seven live, the leaves blocked on timers and the others on their children", async () => {
  const { machine } = await startExample("forktree");
  const blockedOn = (kind: number) =>
    machine.processes().filter(({ waitChannel }) => waitChannel >>> L.WAIT_KIND_SHIFT === kind);
  expect(machine.run({ pauseWhen: () => blockedOn(L.WAIT_SLEEP).length === 4 }).reason).toBe("paused");
  const own = machine.processes().filter(({ pid }) => pid >= MAIN);
  const childrenOf = (parent: number) => own.filter((process) => process.parent === parent);
  expect(own).toHaveLength(7);
  expect(own.map(({ pid }) => childrenOf(pid).length).sort()).toEqual([0, 0, 0, 0, 2, 2, 2]);
  expect(machine.time).toBeLessThan(TICKS_PER_MS);
  expect(own.filter(({ pid }) => childrenOf(pid).length > 0).map(({ state }) => state)).toEqual(
    Array(3).fill("blocked"),
  );
});

test("fork: one call is made, and two processes return from it to the same place, equal but for a0", async () => {
  const run = await runExample("fork");
  const clone = eventsOf(run, L.EVENT_CALL).filter(({ pid, a }) => pid >= MAIN && a === CLONE);
  expect(clone.map(({ pid }) => pid)).toEqual([MAIN]);
  const started = await startExample("fork");
  const registers = [0, 1].map(() => {
    const pid = runTo("fork", started, "after_fork");
    return { pid, registers: [...started.machine.registers(pid)!] };
  });
  expect(registers.map(({ pid }) => pid)).toEqual([MAIN, MAIN + 1]);
  const [ofParent, ofChild] = registers.map((one) => one.registers);
  expect(ofParent.flatMap((value, index) => (value === ofChild[index] ? [] : [index]))).toEqual([10]);
  expect([ofParent[10], ofChild[10]]).toEqual([MAIN + 1, 0]);
});

test("exec: a failed execve changes nothing, one that succeeds keeps the pid and never returns", async () => {
  const run = await runExample("exec");
  const child = MAIN + 1;
  expect(creations(run).map(({ pid }) => pid)).toEqual([1, MAIN, child]);
  expect(eventsOf(run, L.EVENT_CALL, child).filter(({ a }) => a === EXECVE)).toHaveLength(2);
  expect(eventsOf(run, L.EVENT_EXEC, child)).toHaveLength(1);
  expect(run.output).toMatch(new RegExp(`pid ${child}: the variable`));
  expect(run.output).not.toMatch(/never printed/);
});

test("vfork: the parent is blocked for 20 ms, and the child's store copies no page", async () => {
  const run = await runExample("vfork");
  const [forked, vforked] = [MAIN + 1, MAIN + 2];
  const [wait, ...more] = waits(run, L.WAIT_VFORK, MAIN);
  expect(more).toEqual([]);
  expect((wait.end - wait.start) / TICKS_PER_MS).toBeCloseTo(20, 0);
  const note = addressOf("vfork", "note");
  const copies = eventsOf(run, L.EVENT_FAULT).filter(
    ({ a, b }) => b === L.FAULT_COPY && a >>> L.PAGE_SHIFT === note >>> L.PAGE_SHIFT,
  );
  expect(copies.map(({ pid }) => pid)).toContain(forked);
  expect(copies.map(({ pid }) => pid)).not.toContain(vforked);
});

test("create: the caller goes on at once, and the short process is a zombie until it is asked for", async () => {
  const run = await runExample("create");
  const blocked = waits(run, L.WAIT_VFORK, MAIN).reduce((sum, { start, end }) => sum + end - start, 0);
  expect(blocked).toBeLessThan(TICKS_PER_MS / 10);
  const [zombie] = stretches(run).filter(({ pid, state }) => pid === MAIN + 2 && state === L.STATE_ZOMBIE);
  expect((zombie.end - zombie.start) / TICKS_PER_MS).toBeCloseTo(50, 0);
});

test("batch: no job is created before the one before has ended", async () => {
  const run = await runExample("batch");
  const jobs = creations(run).filter(({ parent }) => parent === MAIN);
  expect(jobs).toHaveLength(4);
  const order = run.events
    .filter(({ type, pid }) => pid > MAIN && (type === L.EVENT_CREATE || type === L.EVENT_REAP))
    .map(({ type, pid }) => [pid, type]);
  expect(order).toEqual(
    jobs.flatMap(({ pid }) => [
      [pid, L.EVENT_CREATE],
      [pid, L.EVENT_REAP],
    ]),
  );
});

test("isolation: after fork the frames are shared, and each of the child's two stores makes one copy", async () => {
  const started = await startExample("isolation");
  const { machine, events } = started;
  const pages = addressOf("isolation", "pages");
  const shared = () =>
    Array.from({ length: 8 }, (_, page) => pages + page * L.PAGE_SIZE).filter(
      (address) => placeOf(machine, MAIN, address) === placeOf(machine, MAIN + 1, address),
    );
  expect(runTo("isolation", started, "shared")).toBe(MAIN);
  expect(shared()).toHaveLength(8);
  expect(runTo("isolation", started, "second_write")).toBe(MAIN + 1);
  expect(shared()).toHaveLength(7);
  machine.step();
  expect(shared()).toHaveLength(6);
  machine.endInput();
  machine.run();
  const copies = events.filter(
    ({ type, a, b }) =>
      type === L.EVENT_FAULT && b === L.FAULT_COPY && a >= pages && a < pages + 8 * L.PAGE_SIZE,
  );
  expect(copies.map(({ pid, a }) => [pid, a - pages])).toEqual([
    [MAIN + 1, 0],
    [MAIN + 1, L.PAGE_SIZE],
  ]);
});
