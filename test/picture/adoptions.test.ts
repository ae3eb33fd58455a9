// Orphans are known as long as the log of events knows of them, which is longer than the machine's own ring does, at every
// moment, and never by what is still to come or no longer will.

import { expect, test } from "vitest";
import { EVENT_CAPACITY, EVENT_REPARENT } from "../../assembly/layout.ts";
import { History } from "../../host/index.ts";
import { adoptionsBefore } from "../../host/picture/adoptions.ts";
import { pageFaults } from "../../host/picture/page-faults.ts";
import { takeProcesses } from "../../host/picture/processes.ts";
import { machineWith } from "../harness/machine.ts";
import { program } from "../harness/program.ts";
import { EXIT, FORK, sourceOfHistory } from "./machines.ts";

/** A child whose parent ends yields again and again, as init does: many events. */
const BUSY_ORPHAN = program(`
    ${FORK}
    bnez a0, busy
    ${FORK}
    beqz a0, busy
    li a0, 0
    ${EXIT}
busy: li a7, 124
    ecall
    j busy`);

async function longRun(): Promise<History> {
  const history = History.create((await machineWith(BUSY_ORPHAN)).machine);
  history.run({ maxInstructions: 60_000 });
  return history;
}

function orphans(history: History): number[] {
  const { events, now } = history;
  return Array.from(takeProcesses(sourceOfHistory(history), adoptionsBefore(events, now.events)).orphanOf);
}

test("an orphan is known after the ring of events has moved on", async () => {
  const history = await longRun();
  const adopted = history.events.read().findIndex(({ type }) => type === EVENT_REPARENT);
  expect(history.now.events - history.events.first - adopted).toBeGreaterThan(EVENT_CAPACITY);
  expect(orphans(history)).toContain(2);
});

/** Goes to right before the call with which the parent ends; number of the adoption. */
function goBefore(history: History): number {
  const { events } = history;
  const number = events.first + events.read().findIndex(({ type }) => type === EVENT_REPARENT);
  history.goToEvent(number);
  history.goTo({ retired: history.now.retired - 1 });
  return number;
}

test("before its adoption it is none, also when the adoption has been read", async () => {
  const history = await longRun();
  orphans(history);
  const number = goBefore(history);
  expect(orphans(history)).not.toContain(2);
  history.goToEvent(number);
  expect(orphans(history)).toContain(2);
});

test("what was read of a future that was given up is forgotten", async () => {
  const history = await longRun();
  orphans(history);
  goBefore(history);
  // It yields instead of ending.
  history.setRegister(2, 17, 124);
  history.run({ maxInstructions: 2000 });
  expect(orphans(history)).not.toContain(2);
});

test("how a page came is known after the ring has moved on, whichever way one came to the moment", async () => {
  const history = await longRun();
  const first = { slot: 1, pid: 1 };
  const faults = () => [...pageFaults(history.events, history.now.events, first)];
  const all = faults();
  expect(all.length).toBeGreaterThan(0);
  const half = Math.floor(history.end.events / 2);
  history.goTo({ events: half });
  expect(faults().length).toBeLessThanOrEqual(all.length);
  history.goTo(history.end);
  expect(faults()).toEqual(all);
  history.goTo(history.start);
  expect(faults().length).toBeLessThan(all.length);
});
