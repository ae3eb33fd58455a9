// The core's process table, queues and timers against simple models, without any program running.

import { fc, test as property } from "@fast-check/vitest";
import { beforeEach, describe, expect, test } from "vitest";
import {
  MACHINE,
  MACHINE_FRAMES_USED,
  MACHINE_PENDING,
  MACHINE_PROCESS_COUNT,
  MACHINE_QUEUE_HEAD,
  MACHINE_STOP_SLOT,
  MACHINE_TIMER_COUNT,
  MAX_PROCESSES,
  PCB_CALL_ACTIVE,
  PCB_FIRST_CHILD,
  PCB_NEXT_SIBLING,
  PCB_PARENT,
  PCB_PGID,
  PCB_PID,
  PCB_QUEUE_NEXT,
  PCB_STATE,
  PID_LIMIT,
  STATE_READY,
  STATE_ZOMBIE,
  STOP_RESUME,
} from "../../assembly/layout.ts";
import { configure } from "../../host/machine/configuration.ts";
import { type Core, pcbWord } from "../../host/machine/core.ts";
import { createCore } from "../../host/machine/instance.ts";
import { core as module } from "../harness/machine.ts";

let core: Core;

beforeEach(async () => {
  core = await createCore(module, configure({ memory: 1024 * 1024 }));
});

function field(slot: number, offset: number): number {
  return core.words[pcbWord(slot, offset)];
}

function machine(offset: number): number {
  return core.words[(MACHINE + offset) >>> 2];
}

/** Runs until a call is to be served, and takes it over. */
function runToCall(): void {
  expect(core.run(0)).toBe(STOP_RESUME);
  core.words[(MACHINE + MACHINE_PENDING) >>> 2] = 0;
}

function runQueue(): number[] {
  const slots: number[] = [];
  for (let slot = machine(MACHINE_QUEUE_HEAD); slot !== 0; slot = field(slot, PCB_QUEUE_NEXT))
    slots.push(slot);
  return slots;
}

function children(slot: number): number[] {
  const slots: number[] = [];
  for (let child = field(slot, PCB_FIRST_CHILD); child !== 0; child = field(child, PCB_NEXT_SIBLING))
    slots.push(child);
  return slots;
}

describe("the process table", () => {
  test("gives the first process pid 1 and its own group and session", () => {
    const init = core.processCreate(0);
    expect([field(init, PCB_PID), field(init, PCB_PGID)]).toEqual([1, 1]);
  });

  test("is full at its last slot and says so", () => {
    const init = core.processCreate(0);
    for (let count = 2; count < MAX_PROCESSES; count++) expect(core.processCreate(init)).not.toBe(0);
    expect(core.processCreate(init)).toBe(0);
    expect(machine(MACHINE_PROCESS_COUNT)).toBe(MAX_PROCESSES - 1);
  });

  test("keeps children in the order of their birth", () => {
    const init = core.processCreate(0);
    const born = [core.processCreate(init), core.processCreate(init), core.processCreate(init)];
    expect(children(init)).toEqual(born);
    core.processDiscard(born[1]);
    expect(children(init)).toEqual([born[0], born[2]]);
  });

  test("gives the children of the dead to init, behind its own", () => {
    const init = core.processCreate(0);
    const parent = core.processCreate(init);
    const orphans = [core.processCreate(parent), core.processCreate(parent)];
    const other = core.processCreate(init);
    core.processExit(parent, 0);
    expect(children(init)).toEqual([parent, other, ...orphans]);
    expect(orphans.map((slot) => field(slot, PCB_PARENT))).toEqual([init, init]);
  });

  test("reuses no pid that still names a group", () => {
    const init = core.processCreate(0);
    const leader = core.processCreate(init);
    const pid = field(leader, PCB_PID);
    const member = core.processCreate(init);
    core.setGroup(member, pid);
    core.processExit(leader, 0);
    core.processReap(leader);
    for (let count = 0; count < PID_LIMIT; count++) {
      const slot = core.processCreate(init);
      expect(field(slot, PCB_PID)).not.toBe(pid);
      core.processDiscard(slot);
    }
  });
});

type Command = { kind: "create" } | { kind: "run" | "exit" | "reap"; index: number };

const commands = fc.array(
  fc.oneof(
    fc.constant<Command>({ kind: "create" }),
    fc.record({
      kind: fc.constantFrom("run", "exit", "reap" as const),
      index: fc.nat(20),
    }) as fc.Arbitrary<Command>,
  ),
  { maxLength: 80 },
);

describe("the run queue", () => {
  property.prop([commands], { seed: 20, numRuns: 20 })(
    "holds the ready processes in the order in which they became ready",
    async (list) => {
      core = await createCore(module, configure({ memory: 1024 * 1024 }));
      const init = core.processCreate(0);
      const model = { born: [] as number[], ready: [] as number[], dead: [] as number[] };
      for (const command of list) apply(init, model, command);
      expect(runQueue()).toEqual(model.ready);
      for (const slot of model.ready) expect(field(slot, PCB_STATE)).toBe(STATE_READY);
      for (const slot of model.dead) expect(field(slot, PCB_STATE)).toBe(STATE_ZOMBIE);
      expect(machine(MACHINE_PROCESS_COUNT)).toBe(
        1 + model.born.length + model.ready.length + model.dead.length,
      );
      expect(machine(MACHINE_FRAMES_USED)).toBe(0);
    },
  );
});

function apply(
  init: number,
  model: { born: number[]; ready: number[]; dead: number[] },
  command: Command,
): void {
  if (command.kind === "create") {
    model.born.push(core.processCreate(init));
    return;
  }
  const from = { run: model.born, exit: model.ready, reap: model.dead }[command.kind];
  if (from.length === 0) return;
  const [slot] = from.splice(command.index % from.length, 1);
  if (command.kind === "run") {
    core.processRun(slot);
    model.ready.push(slot);
  } else if (command.kind === "exit") {
    core.processExit(slot, 0);
    model.dead.push(slot);
  } else {
    core.processReap(slot);
  }
}

describe("timers", () => {
  property.prop([fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 })], { seed: 21, numRuns: 20 })(
    "wake sleepers by deadline, then by slot, whatever the order of falling asleep",
    async (deadlines) => {
      core = await createCore(module, configure({ memory: 1024 * 1024 }));
      const init = core.processCreate(0);
      const slots = deadlines.map(() => core.processCreate(init));
      for (const slot of slots) core.processRun(slot);
      const sleepers = slots.map((slot, index) => ({ slot, deadline: deadlines[index] + 1 }));
      for (const { slot, deadline } of sleepers) {
        // A process that has a call in progress is handed to the host as soon as it is picked.
        core.words[pcbWord(slot, PCB_CALL_ACTIVE)] = 1;
        runToCall();
        core.words[pcbWord(slot, PCB_CALL_ACTIVE)] = 0;
        core.sleep(slot, (3 << 24) | slot, 1, BigInt(deadline));
      }
      expect(machine(MACHINE_TIMER_COUNT)).toBe(sleepers.length);
      for (const { slot } of sleepers) core.words[pcbWord(slot, PCB_CALL_ACTIVE)] = 1;
      const woken: number[] = [];
      while (woken.length < sleepers.length) {
        runToCall();
        const slot = machine(MACHINE_STOP_SLOT);
        woken.push(slot);
        core.processExit(slot, 0);
      }
      const expected = sleepers.sort((a, b) => a.deadline - b.deadline || a.slot - b.slot);
      expect(woken).toEqual(expected.map(({ slot }) => slot));
    },
  );
});
