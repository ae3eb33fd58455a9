// What the index and the sources say about time slices and harts, read off the runs; and that what does not
// depend on them does not.

import { describe, expect, test } from "vitest";
import * as L from "../../assembly/layout.ts";
import { endings, eventsOf, MAIN, runExample, type Stretch, stretches } from "./run.ts";

const SIGKILL = 9;
const TICKS_PER_MS = 100_000;

test("preempt: two loops without a system call take turns by the timer", async () => {
  const run = await runExample("preempt");
  const loops = [MAIN + 1, MAIN + 2];
  for (const pid of loops) {
    expect(eventsOf(run, L.EVENT_CALL, pid)).toEqual([]);
    expect(endings(run)[pid]).toBe(SIGKILL);
    const turns = stretches(run).filter((one) => one.pid === pid && one.state === L.STATE_RUNNING);
    expect(turns.length).toBeGreaterThanOrEqual(5);
    expect(turns.map(({ start, end }) => Math.round((end - start) / TICKS_PER_MS))).toEqual(
      turns.map(() => 10),
    );
  }
  const timer = eventsOf(run, L.EVENT_TRAP).filter(
    ({ a, pid }) => a === L.CAUSE_TIMER && loops.includes(pid),
  );
  expect(timer.length).toBeGreaterThanOrEqual(10);
});

/** The most processes of the example that run at the same time, and on how many harts. */
function parallel(all: readonly Stretch[]): { processes: number; harts: number } {
  const runs = all.filter(
    ({ state, pid, start, end }) => state === L.STATE_RUNNING && pid > MAIN && end > start,
  );
  const together = runs.map(({ start }) => runs.filter((one) => one.start <= start && start < one.end));
  const most = together.reduce((best, group) => (group.length > best.length ? group : best));
  return { processes: most.length, harts: new Set(most.map(({ hart }) => hart)).size };
}

test("tasks: one at a time on one hart, four at a time on four, which take a quarter of the time", async () => {
  const one = await runExample("tasks");
  const four = await runExample("tasks", { configuration: { harts: 4 } });
  expect(parallel(stretches(one))).toEqual({ processes: 1, harts: 1 });
  expect(parallel(stretches(four))).toEqual({ processes: 4, harts: 4 });
  expect(one.output).toMatch(/all done at 240\.\d ms/);
  expect(four.output).toMatch(/all done at 60\.\d ms/);
});

/** By how many milliseconds each beat of the metronome is late. */
function lateness(output: string): number[] {
  return [...output.matchAll(/late by ([\d.]+) ms/g)].map(([, late]) => Number(late));
}

test("bound: the metronome is late by up to a time slice, and first come, first served by all the computing", async () => {
  const usual = await runExample("bound");
  const short = await runExample("bound", { configuration: { quantum: TICKS_PER_MS } });
  const firstCome = await runExample("bound", { configuration: { scheduler: "first-come" } });
  expect(lateness(usual.output)).toHaveLength(8);
  expect(Math.max(...lateness(usual.output))).toBeLessThanOrEqual(10);
  expect(Math.max(...lateness(usual.output))).toBeGreaterThan(5);
  expect(Math.max(...lateness(short.output))).toBeLessThanOrEqual(1);
  expect(Math.max(...lateness(firstCome.output))).toBeGreaterThan(100);
  expect(firstCome.output).toMatch(/^cpu-bound: done/);
  for (const run of [usual, short]) expect(run.output).toMatch(/cpu-bound: done at 150\.\d ms/);
});

/** Examples in which order is made by waiting, not by the scheduler. */
const INDEPENDENT = [
  "exec",
  "vfork",
  "create",
  "batch",
  "isolation",
  "statuses",
  "endings",
  "zombie",
  "adoption",
  "pipe",
  "producer",
  "tailgrep",
  "daemon",
  "offset",
  "dialogue",
  "launcher",
];

describe("the output is the same with any time slice and number of harts", () => {
  test.each(INDEPENDENT)("%s", async (id) => {
    const { output } = await runExample(id);
    for (const configuration of [{ quantum: 1000 }, { quantum: 20_000, harts: 2 }, { harts: 4 }]) {
      expect((await runExample(id, { configuration })).output, JSON.stringify(configuration)).toBe(output);
    }
  });
});
