// What the index and the sources say about ends, zombies and orphans, read off the runs.

import { expect, test } from "vitest";
import * as L from "../../assembly/layout.ts";
import {
  endings,
  eventsOf,
  MAIN,
  pcbField,
  runExample,
  runTo,
  startExample,
  stretches,
  waits,
} from "./run.ts";

const SIGKILL = 9;
const SIGSEGV = 11;
const TICKS_PER_MS = 100_000;

test("statuses: only the first wait blocks, waking at each end of a child, and of 300 arrives 44", async () => {
  const run = await runExample("statuses");
  const ends = waits(run, L.WAIT_CHILD, MAIN).map(({ end }) => Math.round(end / TICKS_PER_MS));
  expect(ends).toEqual([10, 20, 30]);
  const { 3: first, 4: second, 5: third } = endings(run);
  expect([first, second, third]).toEqual([0, 7 << 8, 44 << 8]);
  const zombies = stretches(run).filter(({ state, pid }) => state === L.STATE_ZOMBIE && pid > MAIN);
  expect(zombies.map(({ pid, start, end }) => [pid, Math.round((end - start) / TICKS_PER_MS)])).toEqual([
    [5, 0],
    [4, 10],
    [3, 20],
  ]);
});

test("endings: an exit, an error, a page fault at address 0, and a signal from the parent", async () => {
  const run = await runExample("endings");
  const { 3: normal, 4: error, 5: fault, 6: killed } = endings(run);
  expect([normal, error, fault, killed]).toEqual([0, 1 << 8, SIGSEGV, SIGKILL]);
  const traps = eventsOf(run, L.EVENT_TRAP, 5).filter(({ a }) => a === L.CAUSE_STORE_PAGE_FAULT);
  expect(traps.at(-1)).toMatchObject({ c: 0 });
  expect(eventsOf(run, L.EVENT_SIGNAL, 6)).toMatchObject([{ a: SIGKILL, b: MAIN }]);
  const zombies = stretches(run).filter(({ state }) => state === L.STATE_ZOMBIE);
  expect(zombies.map(({ pid }) => pid).filter((pid) => pid > MAIN)).toEqual([3, 4, 5, 6]);
});

test("zombie: for 50 ms the child has no pages, but a status; the wait that reaps it does not block", async () => {
  const run = await runExample("zombie");
  const child = MAIN + 1;
  const [zombie] = stretches(run).filter(({ pid, state }) => pid === child && state === L.STATE_ZOMBIE);
  expect((zombie.end - zombie.start) / TICKS_PER_MS).toBeCloseTo(50, 0);
  expect(waits(run, L.WAIT_CHILD, MAIN)).toEqual([]);
  const started = await startExample("zombie");
  runTo("zombie", started, "reap");
  expect(pcbField(started.machine, child, L.PCB_STATE)).toBe(L.STATE_ZOMBIE);
  expect(pcbField(started.machine, child, L.PCB_ROOT)).toBe(0);
  expect(pcbField(started.machine, child, L.PCB_EXIT_STATUS)).toBe(5 << 8);
});

test("adoption: the orphan is given to init when its parent ends, and init reaps it", async () => {
  const run = await runExample("adoption");
  const orphan = MAIN + 2;
  expect(eventsOf(run, L.EVENT_REPARENT, orphan)).toMatchObject([{ a: MAIN + 1 }]);
  expect(eventsOf(run, L.EVENT_REAP, orphan)).toMatchObject([{ b: L.INIT_PID }]);
  expect(eventsOf(run, L.EVENT_REAP, MAIN + 1)).toMatchObject([{ b: MAIN }]);
});

test("daemon: it has a session that is not its starter's, init as parent, and ends only with the machine", async () => {
  const run = await runExample("daemon");
  const daemon = MAIN + 2;
  expect(run.output).toMatch(/^starter: .* session is 1\.$/m);
  expect(run.output).toMatch(/^daemon: {2}I am pid 4, my parent is 1, my session is 3\.$/m);
  expect(eventsOf(run, L.EVENT_REPARENT, daemon)).toHaveLength(1);
  const naps = waits(run, L.WAIT_SLEEP, daemon).map(({ start, end }) => (end - start) / TICKS_PER_MS);
  expect(naps.slice(0, 4).map(Math.round)).toEqual([20, 20, 20, 20]);
  const exits = eventsOf(run, L.EVENT_EXIT).map(({ pid }) => pid);
  expect(exits.indexOf(daemon)).toBeGreaterThan(exits.indexOf(MAIN));
});
