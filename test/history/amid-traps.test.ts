// Inputs and checkpoints amid a trap, where only a debugger stops the machine: a movement never passes over them.

import { expect, test } from "vitest";
import { History, Opening } from "../../host/index.ts";
import { core } from "../harness/machine.ts";
import { program } from "../harness/program.ts";
import { busyMachine } from "./actors.ts";

/** Yields the hart again and again. */
const YIELDER = program(`
1:  addi s0, s0, 1
    li a7, 124
    ecall
    j 1b`);

const ENDS = program("li a7, 93\n ecall");

/** A run that was stopped amid traps, with a signal's worth of events given to the machine there. */
async function interfered(): Promise<History> {
  const history = History.create(await busyMachine(), { pace: () => 60, stopovers: [] });
  history.load(YIELDER, ["yielder"]);
  const { debugging } = history.machine;
  for (let round = 0; round < 20; round++) {
    history.run({ maxInstructions: 13 });
    debugging.set({ untilEvents: history.now.events + 1 + (round % 7) });
    expect(history.run({ maxInstructions: 100 }).reason).toBe("debug");
    debugging.clear();
    history.setRegister(1, 8, round * 1000);
  }
  history.run({ maxInstructions: 500 });
  return history;
}

test("a count of instructions is gone to with every input on the way", async () => {
  const history = await interfered();
  const hash = history.machine.stateHash();
  for (const { moment } of history.inputs) {
    history.goTo(history.start);
    history.goTo({ retired: moment.retired });
    history.goTo(history.end);
    expect(history.machine.stateHash()).toBe(hash);
  }
});

test("a run from the past gives the inputs that it passes, wherever it begins", async () => {
  const history = await interfered();
  const hash = history.machine.stateHash();
  for (let retired = 0; retired < history.end.retired; retired += 7) {
    history.goTo({ retired });
    while (!history.atEnd)
      history.run({ maxInstructions: Math.min(5, history.end.retired - history.now.retired) });
    expect(history.machine.stateHash()).toBe(hash);
  }
});

test("a run goes on from a checkpoint that an input led to", async () => {
  const history = History.create(await busyMachine(), { pace: () => 1, stopovers: [] });
  history.load(YIELDER, ["yielder"]);
  history.run({ maxInstructions: 9 });
  const before = history.now;
  history.setRegister(1, 8, 1);
  history.run({ maxInstructions: 0 });
  expect(history.checkpoints.moments).toContainEqual(history.end);
  history.goTo(history.start);
  history.goTo(before);
  history.run({ maxInstructions: 20 });
  const { end } = history;
  const hash = history.machine.stateHash();
  for (const moment of [...history.checkpoints.moments].reverse()) {
    history.goTo(moment);
    history.goTo(end);
    expect(history.machine.stateHash()).toBe(hash);
  }
});

test("where the first process has just ended nothing is given: a recording of it can be opened", async () => {
  const history = History.create(await busyMachine());
  history.load(ENDS, ["ends"]);
  expect(history.run().reason).toBe("ended");
  history.goTo(history.start);
  history.goTo({ retired: history.end.retired });
  expect(history.atEnd).toBe(true);
  history.input(Uint8Array.of(65));
  const opened = (await Opening.begin(core, history.save())).advance() as History;
  expect(opened.machine.stateHash()).toBe(history.machine.stateHash());
});

test("an input that failed fails again when a recording is opened", async () => {
  const history = History.create(await busyMachine());
  history.load(YIELDER, ["yielder"]);
  expect(() => history.writeFile("/dev/null/x", ENDS)).toThrow();
  history.run({ maxInstructions: 100 });
  const opened = (await Opening.begin(core, history.save())).advance() as History;
  expect(opened.now).toEqual(history.end);
});
