// What the examples about processes claim, read off the events of their runs.

import { expect, test } from "vitest";
import * as L from "../../assembly/layout.ts";
import { creations, endings, eventsOf, MAIN, runExample, waits } from "./run.ts";

const SIGTERM = 15;

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

test("fork: one call is made, and two processes return from it to the same place", async () => {
  const run = await runExample("fork");
  const clone = eventsOf(run, L.EVENT_CALL).filter(({ pid, a }) => pid >= MAIN && a === 220);
  expect(clone.map(({ pid }) => pid)).toEqual([MAIN]);
  expect(creations(run).at(-1)).toEqual({ pid: MAIN + 1, parent: MAIN, kind: L.CREATE_FORK });
  expect(run.output.match(/^after: .*/gm)).toEqual([
    "after:   I am pid 2, and fork returned 3.",
    "after:   I am pid 3, and fork returned 0.",
  ]);
});

test("isolation: the child's two stores into shared pages make two copies, and nothing else there does", async () => {
  const run = await runExample("isolation");
  const [address] = run.output.match(/0x[0-9a-f]+/) ?? [];
  const inPages = ({ a }: { a: number }) => a >= Number(address) && a < Number(address) + 8 * 4096;
  const faults = eventsOf(run, L.EVENT_FAULT).filter(inPages);
  const copies = faults.filter(({ b }) => b === L.FAULT_COPY);
  expect(copies.map(({ pid, a }) => [pid, a - Number(address)])).toEqual([
    [MAIN + 1, 0],
    [MAIN + 1, 4096],
  ]);
  expect(faults.filter(({ b }) => b === L.FAULT_ZERO)).toHaveLength(8);
});

test("pipe: the reader is blocked three times for 20 ms, and the machine is idle meanwhile", async () => {
  const run = await runExample("pipe");
  const lengths = waits(run, L.WAIT_PIPE_READ, MAIN + 1).map(({ start, end }) => end - start);
  expect(lengths.map((ticks) => Math.round(ticks / 100_000))).toEqual([20, 20, 20]);
  const idle = run.machine.time - run.machine.instructions;
  expect(idle / run.machine.time).toBeGreaterThan(0.99);
});
