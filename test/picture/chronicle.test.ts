// The chronicle against the accounts that the machine itself keeps in its PCBs, and against itself.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import * as L from "../../assembly/layout.ts";
import { History, type Machine } from "../../host/index.ts";
import { pcbWord, readTime } from "../../host/machine/core.ts";
import { Chronicle } from "../../host/picture/chronicle/chronicle.ts";
import { Lane, STATE_COUNT } from "../../host/picture/chronicle/lane.ts";
import type { Life } from "../../host/picture/chronicle/life.ts";
import { addSpans, MIXED, noSpans, WHOLE } from "../../host/picture/chronicle/spans.ts";
import { INDEX, startExample } from "../examples/run.ts";
import { missing } from "../harness/tools.ts";
import { busyMachine } from "../history/actors.ts";
import { compileActor } from "../kernel/actor.ts";

/** What the PCB of a living process says that the chronicle must say as well. */
function accountOf({ kernel: { core } }: Machine, slot: number) {
  const time = (offset: number) => readTime(core, L.PROCESSES + slot * L.PCB_SIZE + offset);
  return {
    pid: core.words[pcbWord(slot, L.PCB_PID)],
    start: time(L.PCB_START_TIME),
    state: core.words[pcbWord(slot, L.PCB_STATE)],
    since: time(L.PCB_STATE_SINCE),
    times: Array.from({ length: 7 }, (_, state) => time(L.PCB_STATE_TIMES + state * 8)),
  };
}

function accountIn(life: Life) {
  const last = life.lane.length - 1;
  const sums = new Float64Array(STATE_COUNT);
  life.lane.sumTo(life.lane.latest, last, sums);
  return {
    pid: life.birth.pid,
    start: life.birth.time,
    state: life.lane.stateOf(last),
    since: life.lane.latest,
    times: Array.from(sums.subarray(0, 7)),
  };
}

function livingSlots({ kernel: { core } }: Machine): number[] {
  const limit = core.words[(L.MACHINE + L.MACHINE_SLOT_LIMIT) >>> 2];
  return Array.from({ length: limit }, (_, slot) => slot).filter(
    (slot) => core.words[pcbWord(slot, L.PCB_STATE)] !== L.STATE_FREE,
  );
}

function expectAgreement(machine: Machine, chronicle: Chronicle): void {
  const living = chronicle.lives.filter(({ reaped }) => reaped === Number.POSITIVE_INFINITY);
  const bySlot = new Map(living.map((life) => [life.birth.slot, accountIn(life)]));
  const slots = livingSlots(machine);
  expect([...bySlot.keys()].sort((a, b) => a - b)).toEqual(slots);
  for (const slot of slots) expect(bySlot.get(slot)).toEqual(accountOf(machine, slot));
}

describe("states and the time spent in each are what the PCBs say", () => {
  test.each(INDEX.examples.map(({ id }) => id))("in the example %s", async (id) => {
    for (const harts of [1, 4]) {
      const { machine } = await startExample(id, { configuration: { harts } });
      const history = History.create(machine);
      const chronicle = new Chronicle(history.events, harts);
      for (let stop = 0; stop < 40; stop++) {
        history.run({ maxInstructions: 1009 });
        chronicle.follow();
        expectAgreement(machine, chronicle);
      }
    }
  });
});

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("with random processes", () => {
  let actor: Uint8Array;
  beforeAll(() => {
    actor = readFileSync(compileActor());
  });

  const start = async (seed: number, harts: number) => {
    const machine = await busyMachine({ harts, seed });
    machine.load(actor, ["actor", String(seed)]);
    machine.endInput();
    return History.create(machine);
  };
  const lanesOf = ({ lives, harts }: Chronicle) => ({
    lives: lives.map((life) => ({ ...life, name: life.name })),
    harts,
  });

  test.each([1, 3])(
    "it says the same however it is followed, also where the run takes another course, on %i harts",
    async (harts) => {
      for (let seed = 1; seed <= 12; seed++) {
        const history = await start(seed, harts);
        const followed = new Chronicle(history.events, harts);
        for (let stop = 0; stop < 12; stop++) {
          history.run({ maxInstructions: 997 * (1 + ((seed * stop) % 5)) });
          followed.follow(stop % 3 === 0 ? 100 : undefined);
          if (stop % 4 !== 3) continue;
          history.goTo({ retired: Math.floor((history.now.retired * (2 + (seed % 3))) / 5) });
          history.input(new Uint8Array([65 + stop]));
          if (seed % 2 === 0) history.run({ maxInstructions: 20_000 });
        }
        followed.follow();
        const fresh = new Chronicle(history.events, harts);
        fresh.follow();
        const sums = (chronicle: Chronicle) => chronicle.lives.map(accountIn);
        expect(sums(followed)).toEqual(sums(fresh));
        expectAgreement(history.machine, followed);
        expect(followed.harts.map(changesOf)).toEqual(fresh.harts.map(changesOf));
        expect(lanesOf(followed).lives.map(({ name, reaped }) => [name, reaped])).toEqual(
          lanesOf(fresh).lives.map(({ name, reaped }) => [name, reaped]),
        );
      }
    },
  );

  test("what the log has dropped is forgotten, and all sums stay true", async () => {
    const history = await start(5, 1);
    const chronicle = new Chronicle(history.events, 1);
    history.run({ maxInstructions: 30_000 });
    chronicle.follow();
    const middle = chronicle.lives.flatMap(({ lane }) => lane.numberOf(lane.length >> 1));
    for (const life of chronicle.lives) life.trim(Math.max(...middle));
    expectAgreement(history.machine, chronicle);
  });

  test("a hart's lane says who ran: for as long as the processes say that they did", async () => {
    const history = await start(3, 2);
    const chronicle = new Chronicle(history.events, 2);
    history.run({ maxInstructions: 50_000 });
    chronicle.follow();
    const ran = (lane: Lane) => {
      const sums = new Float64Array(STATE_COUNT);
      lane.sumTo(lane.latest, lane.length - 1, sums);
      return sums[L.STATE_RUNNING];
    };
    const sum = (lanes: readonly Lane[]) => lanes.reduce((total, lane) => total + ran(lane), 0);
    expect(sum(chronicle.harts)).toBe(sum(chronicle.lives.map(({ lane }) => lane)));
  });
});

function changesOf(lane: Lane) {
  return Array.from({ length: lane.length }, (_, i) => [
    lane.numberOf(i),
    lane.timeOf(i),
    lane.stateOf(i),
    lane.detailOf(i),
  ]);
}

describe("spans", () => {
  const changes = fc.array(
    fc.record({ after: fc.integer({ min: 0, max: 40 }), state: fc.integer({ min: 1, max: 6 }) }),
    { minLength: 1, maxLength: 200 },
  );
  const view = fc.record({
    from: fc.integer({ min: -50, max: 2000 }),
    ticks: fc.integer({ min: 1, max: 4000 }),
    width: fc.integer({ min: 1, max: 300 }),
  });

  test("cover each column in which the lane is, with the shares that the ticks of the column have", () => {
    fc.assert(
      fc.property(changes, view, fc.integer({ min: 0, max: 300 }), (list, { from, ticks, width }, more) => {
        const lane = new Lane();
        let time = 100;
        list.forEach(({ after, state }, number) => {
          time += after;
          lane.add(number, time, state, number);
        });
        const end = time + more;
        const spans = noSpans();
        addSpans(spans, lane, { from, to: from + ticks, width }, end);
        const states: (number[] | undefined)[] = new Array(width);
        spans.from.forEach((first, index) => {
          const state = spans.state[index];
          const shares = Array.from({ length: STATE_COUNT }, (_, one) =>
            state === MIXED
              ? spans.shares[spans.detail[index] * STATE_COUNT + one]
              : one === state
                ? WHOLE
                : 0,
          );
          for (let column = first; column < spans.to[index]; column++) {
            expect(states[column]).toBeUndefined();
            states[column] = shares;
          }
        });
        for (let column = 0; column < width; column++) {
          const begin = from + (column * ticks) / width;
          const exact = sharesOf(lane, begin, Math.min(end, begin + ticks / width));
          if (exact === null) continue;
          const got = states[column] ?? [];
          exact.forEach((share, state) =>
            expect(Math.abs((got[state] ?? 0) - share * WHOLE)).toBeLessThan(2),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** By adding up every change; null where the lane is nowhere in the stretch for a while that counts. */
function sharesOf(lane: Lane, from: number, to: number): number[] | null {
  const shares = new Array<number>(STATE_COUNT).fill(0);
  for (let index = 0; index < lane.length; index++) {
    const start = Math.max(from, lane.timeOf(index));
    const stop = Math.min(to, index + 1 < lane.length ? lane.timeOf(index + 1) : to);
    if (stop > start) shares[lane.stateOf(index)] += stop - start;
  }
  const total = shares.reduce((sum, share) => sum + share, 0);
  return total < 1e-6 ? null : shares.map((share) => share / total);
}
