// Statistics agree with what the machine's own PCBs account for, to the tick; also for those that have left the table.

import { describe, expect, test } from "vitest";
import * as L from "../../assembly/layout.ts";
import { History, type Machine } from "../../host/index.ts";
import { pcbWord, readTime } from "../../host/machine/core.ts";
import { chronicleOf } from "../../host/picture/chronicle/followed.ts";
import { STATE_COUNT } from "../../host/picture/chronicle/lane.ts";
import { accountIn, takeStatistics } from "../../host/picture/statistics.ts";
import { INDEX, startExample } from "../examples/run.ts";
import { sourceOfHistory } from "./machines.ts";

const take = (history: History) => takeStatistics(sourceOfHistory(history), null, { turn: 0 });

/** Of all that are in the table, by pid: what the PCB says. */
function pcbs({ kernel: { core } }: Machine) {
  const limit = core.words[(L.MACHINE + L.MACHINE_SLOT_LIMIT) >>> 2];
  const word = (slot: number, field: number) => core.unsigned[pcbWord(slot, field)];
  const time = (slot: number, field: number) => readTime(core, L.PROCESSES + slot * L.PCB_SIZE + field);
  return Array.from({ length: limit }, (_, slot) => slot)
    .filter((slot) => slot > 0 && word(slot, L.PCB_STATE) !== L.STATE_FREE)
    .map((slot) => ({
      pid: word(slot, L.PCB_PID),
      start: time(slot, L.PCB_START_TIME),
      times: Array.from({ length: STATE_COUNT }, (_, one) => time(slot, L.PCB_STATE_TIMES + one * 8)),
      voluntary: word(slot, L.PCB_VOLUNTARY_SWITCHES),
      involuntary: word(slot, L.PCB_INVOLUNTARY_SWITCHES),
      calls: word(slot, L.PCB_SYSTEM_CALLS),
      faults: word(slot, L.PCB_PAGE_FAULTS),
      copies: word(slot, L.PCB_COPIES),
    }));
}

describe("what events tell of a process is what its PCB accounts for", () => {
  test.each(INDEX.examples.map(({ id }) => id))("in the example %s", async (id) => {
    for (const harts of [1, 4]) {
      const { machine } = await startExample(id, { configuration: { harts } });
      const history = History.create(machine);
      for (let stop = 0; stop < 25; stop++) {
        history.run({ maxInstructions: 2003 });
        take(history);
        const { lives } = chronicleOf(history.events, harts);
        const told = new Map(
          lives
            .filter(({ reaped }) => reaped === Number.POSITIVE_INFINITY)
            .map((life) => [life.birth.pid, life]),
        );
        for (const pcb of pcbs(machine)) {
          const life = told.get(pcb.pid)!;
          expect(accountIn(life, life.lane.latest)).toMatchObject(pcb);
        }
      }
    }
  });
});

test("those that have left the table are kept, with the same figures wherever the machine stands after it", async () => {
  const { machine } = await startExample("statuses");
  const history = History.create(machine);
  history.run();
  const all = take(history);
  const gone = all.processes.filter(({ state }) => state === L.STATE_FREE);
  expect(gone.length).toBeGreaterThan(2);
  for (const { start, firstRun, end, times } of gone) {
    expect(firstRun).toBeGreaterThanOrEqual(start);
    expect(end).toBeGreaterThan(firstRun);
    const lived = times.reduce((sum, ticks, state) => (state === L.STATE_ZOMBIE ? sum : sum + ticks), 0);
    expect(lived).toBe(end - start);
  }
  history.goTo(history.start);
  expect(take(history).processes.length).toBeLessThan(all.processes.length);
  history.goTo(history.end);
  expect(take(history)).toEqual(all);
});

test("system calls are counted by name up to the moment, and all of them are somebody's", async () => {
  const { machine } = await startExample("workshop");
  const history = History.create(machine);
  history.run();
  for (const part of [1, 0.6, 0.1, 0.8]) {
    history.goTo({ events: Math.floor(history.end.events * part) });
    const { calls, processes } = take(history);
    const counted = calls.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(processes.reduce((sum, one) => sum + one.calls, 0));
    expect(calls.map(({ name }) => name)).toContain("clone");
  }
});

test("a hart is busy or idle all the time, and busy as long as processes ran", async () => {
  const { machine } = await startExample("daemon");
  const history = History.create(machine);
  history.run({ maxInstructions: 100_000 });
  const { harts, processes } = take(history);
  expect(harts[0].busy + harts[0].idle).toBe(machine.time);
  expect(harts[0].busy).toBe(processes.reduce((sum, { times }) => sum + times[L.STATE_RUNNING], 0));
});
