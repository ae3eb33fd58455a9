// What a history keeps is bounded, and what it gives up it can still reach.

import { describe, expect, test } from "vitest";
import { History } from "../../host/index.ts";
import { makeRandom } from "../differential/random.ts";
import { program } from "../harness/program.ts";
import { busyMachine } from "./actors.ts";

/** Writes to a page after the other of 64, a letter to standard output each time round. */
const WALK = program(`
again:
  la s0, pages
  li s1, 64
1:
  lw t0, 0(s0)
  addi t0, t0, 1
  sw t0, 0(s0)
  li t1, 4096
  add s0, s0, t1
  addi s1, s1, -1
  bgtz s1, 1b
  li a0, 1
  la a1, letter
  li a2, 1
  li a7, 64
  ecall
  j again
  .data
letter: .byte 46
  .bss
  .balign 4096
pages: .space 64 * 4096
`);

describe("a history with little memory", () => {
  const LIMIT = 768 * 1024;

  test("stays within it, keeps more of what is near, and reaches every moment as it was", async () => {
    const reference = await busyMachine();
    reference.load(WALK, ["walk"]);
    const machine = await busyMachine();
    machine.load(WALK, ["walk"]);
    const history = History.create(machine, { pace: () => 3000, limitBytes: LIMIT, stopovers: [500] });
    const hashes: string[] = [];
    for (let stretch = 0; stretch < 60; stretch++) {
      reference.run({ maxInstructions: 2500 });
      hashes.push(reference.stateHash());
      history.run({ maxInstructions: 2500 });
      expect(history.checkpoints.bytes).toBeLessThanOrEqual(LIMIT);
    }
    const places = history.checkpoints.moments.map(({ retired }) => retired);
    const older = places.filter((retired) => retired < 75_000).length;
    expect(places[0]).toBe(0);
    expect(places.length - older).toBeGreaterThan(older);
    expect(places.length).toBeLessThan(30);
    const random = makeRandom(11);
    for (let visit = 0; visit < 80; visit++) {
      const index = random.below(hashes.length);
      history.goTo({ retired: (index + 1) * 2500 });
      expect(machine.stateHash()).toBe(hashes[index]);
      expect(history.checkpoints.bytes).toBeLessThanOrEqual(LIMIT);
    }
  });

  test("reaches moments whose events the log has lost, and goes on from there as before", async () => {
    const options = { quantum: 20 };
    const reference = await busyMachine(options);
    reference.load(WALK, ["walk"]);
    const machine = await busyMachine(options);
    const history = History.create(machine, { eventBytes: 1, pace: () => 40_000, stopovers: [500] });
    history.load(WALK, ["walk"]);
    const hashes: string[] = [];
    for (let stretch = 0; stretch < 20; stretch++) {
      reference.run({ maxInstructions: 10_000 });
      hashes.push(reference.stateHash());
      history.run({ maxInstructions: 10_000 });
    }
    expect(history.events.dropped).toBeGreaterThan(10_000);
    const random = makeRandom(12);
    for (let visit = 0; visit < 40; visit++) {
      const index = random.below(hashes.length);
      history.goTo({ retired: (index + 1) * 10_000 });
      expect(machine.stateHash()).toBe(hashes[index]);
    }
  });

  test("tells how many events and how much output it had to drop", async () => {
    const machine = await busyMachine({ quantum: 20 });
    const history = History.create(machine, { eventBytes: 1, outputBytes: 2000 });
    let letters = 0;
    machine.on("output", ({ length }) => {
      letters += length;
    });
    history.load(WALK, ["walk"]);
    history.run({ maxInstructions: 200_000 });
    const { events, output, end } = history;
    expect(events.end).toBe(end.events);
    expect(events.dropped).toBe(events.first);
    expect(events.dropped).toBeGreaterThan(10_000);
    expect(events.at(events.first - 1)).toBeUndefined();
    expect(events.read(end.events - 50)).toEqual(machine.events(end.events - 50).events);
    const kept = output.read(end).length;
    expect(output.dropped).toBeGreaterThan(0);
    expect(output.dropped + kept).toBe(letters);
  });
});

describe("the logs", () => {
  test("have the events by number and by time", async () => {
    const machine = await busyMachine({ harts: 2 });
    const history = History.create(machine);
    history.load(WALK, ["walk"]);
    history.run({ maxInstructions: 50_000 });
    const { events } = history;
    expect(events.read()).toEqual(machine.events().events);
    const blocks = [...events.blocks(100, 20_000)];
    expect(blocks[0].first).toBe(100);
    expect(blocks[blocks.length - 1].end).toBe(events.end);
    const number = events.firstAtTime(20_000);
    expect(events.at(number)!.time).toBeGreaterThanOrEqual(20_000);
    expect(events.read(0, number).every(({ time }) => time < 20_000)).toBe(true);
  });

  test("go to an event and to a time", async () => {
    const machine = await busyMachine();
    const history = History.create(machine, { pace: () => 3000 });
    history.load(WALK, ["walk"]);
    history.run({ maxInstructions: 30_000 });
    for (const number of [250, 40, 300]) {
      history.goToEvent(number);
      expect(history.now.events).toBeGreaterThan(number);
      expect(history.now.events).toBeLessThan(number + 3);
    }
    for (const ticks of [12_345, 29_000, 77]) {
      history.goToTime(ticks);
      expect(machine.time).toBe(ticks);
    }
  });
});

describe("a search", () => {
  test("finds the last hit before a moment, and the first after", async () => {
    const machine = await busyMachine();
    const history = History.create(machine, { pace: () => 3000 });
    history.load(WALK, ["walk"]);
    history.run({ maxInstructions: 40_000 });
    const { end, start } = history;
    const setup = { events: { types: [6] } };
    const calls = history.events.read().flatMap(({ type }, number) => (type === 6 ? [number] : []));
    const last = history.search(setup, end, start);
    expect(last.advance()).toBe(true);
    expect(last.hit?.events).toBe(calls[calls.length - 1]);
    const before = history.search(setup, { retired: last.hit!.retired, events: last.hit!.events }, start);
    expect(before.advance()).toBe(true);
    expect(before.hit?.events).toBe(calls[calls.length - 2]);
    const first = history.search(setup, start, end);
    expect(first.advance()).toBe(true);
    expect(first.hit?.events).toBe(calls[0]);
    const none = history.search({ events: { types: [10] } }, end, start);
    expect(none.advance()).toBe(true);
    expect(none.hit).toBeNull();
  });
});
