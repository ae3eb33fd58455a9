// What the timeline's picture costs, and that it is what the chronicle says, whatever is asked for.

import { expect, test } from "vitest";
import { History } from "../../host/index.ts";
import { takeEvents } from "../../host/picture/events.ts";
import { type TimelineQuery, takeTimeline } from "../../host/picture/timeline.ts";
import { machineWith } from "../harness/machine.ts";
import { program } from "../harness/program.ts";
import { FORK, STAY, sourceOfHistory } from "./machines.ts";

const ALL: TimelineQuery = { window: { kind: "all" }, width: 1400, first: 0, rows: 30 };
/** Gives way for ever. */
const YIELDS = "again: li a7, 124\n ecall\n j again\n";

async function historyOf(source: string, instructions: number, options = {}): Promise<History> {
  const { machine } = await machineWith(program(source), ["program"], options);
  const history = History.create(machine);
  history.run({ maxInstructions: instructions });
  return history;
}

/** The latest of many, once all events have been read. */
function taken(history: History, query: TimelineQuery) {
  let timeline = takeTimeline(sourceOfHistory(history), null, query);
  while (timeline.behind > 0) timeline = takeTimeline(sourceOfHistory(history), null, query);
  return timeline;
}

test("a thousand processes, two million events: a picture is taken well within a frame", async () => {
  const history = await historyOf(
    `li s2, 999\n more: ${FORK} beqz a0, child\n addi s2, s2, -1\n bnez s2, more\n child: ${YIELDS}`,
    1_200_000,
    { processes: 1100 },
  );
  expect(history.events.end).toBeGreaterThan(2_000_000);
  const { count, spans } = { ...taken(history, ALL), ...taken(history, ALL).processes };
  expect(count).toBe(1000);
  expect(spans.from.length).toBeLessThanOrEqual(ALL.width * ALL.rows);
  const views: TimelineQuery[] = [
    ALL,
    { ...ALL, first: 970 },
    { ...ALL, window: { kind: "follow", ticks: 10_000 } },
    { ...ALL, window: { kind: "range", from: 100_000, to: 300_000 } },
  ];
  for (const view of views) {
    const rounds = 10;
    const begun = performance.now();
    for (let round = 0; round < rounds; round++) takeTimeline(sourceOfHistory(history), null, view);
    const spent = (performance.now() - begun) / rounds;
    console.info(`${JSON.stringify(view.window)} from row ${view.first}: ${spent.toFixed(2)} ms`);
    // Loose: it catches a walk over all events.
    expect(spent).toBeLessThan(300);
  }
}, 60_000);

test("a picture says how far it is behind, and reads on by itself", async () => {
  const history = await historyOf(YIELDS, 100_000);
  const first = takeTimeline(sourceOfHistory(history), null, ALL);
  expect(first.behind).toBeGreaterThan(0);
  const last = taken(history, ALL);
  expect([last.behind, last.count, last.lives[0].pid]).toEqual([0, 1, 1]);
});

test("a point says who was there, since when and why; and what happened at an event", async () => {
  const history = await historyOf(`${FORK} beqz a0, child\n${STAY} child: ${YIELDS}`, 1000);
  const asleep = taken(history, { ...ALL, point: { life: 0, time: history.machine.time } });
  expect(asleep.point).toMatchObject({ pid: 1, why: "waits for one of several files" });
  const event = history.events.read().findIndex(({ pid }) => pid === 2);
  const born = taken(history, { ...ALL, point: { life: 1, time: 0, event } });
  expect(born.point?.event).toMatchObject({ what: "created by fork of process 1" });
});

test("rows of events are those of the stretch and of the process, and say where the machine stands", async () => {
  const history = await historyOf(`${FORK} beqz a0, child\n${STAY} child: ${YIELDS}`, 1000);
  const half = Math.floor(history.now.events / 2);
  history.goToEvent(half - 1);
  const ask = { from: 0, to: history.machine.time, pid: 2, first: 3, rows: 5 };
  const { rows, count, first } = takeEvents(sourceOfHistory(history), null, ask);
  expect([first, rows.length]).toEqual([3, 5]);
  expect(rows.every(({ pid }) => pid === 2)).toBe(true);
  const all = takeEvents(sourceOfHistory(history), null, { ...ask, to: Number.POSITIVE_INFINITY, pid: 0 });
  expect(all.count).toBeGreaterThan(count);
  expect(all.passed).toBeLessThanOrEqual(half);
});
