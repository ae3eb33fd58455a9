// Inputs belong to the moment at which they were given: a replay gives them again exactly there, and one that is
// given in the past makes another future.

import { describe, expect, test } from "vitest";
import { History, type Machine } from "../../host/index.ts";
import { makeRandom } from "../differential/random.ts";
import { program } from "../harness/program.ts";
import { busyMachine } from "./actors.ts";

/** Adds up the bytes that it reads, spending as many turns of a loop on each, and writes each back; ends at end of file. */
const ECHO = program(`
  li s1, 0
again:
  li a0, 0
  la a1, buffer
  li a2, 1
  li a7, 63
  ecall
  beqz a0, end
  lbu s0, buffer
  add s1, s1, s0
1:
  addi s0, s0, -1
  bgtz s0, 1b
  li a0, 1
  la a1, buffer
  li a2, 1
  li a7, 64
  ecall
  j again
end:
  mv a0, s1
  li a7, 94
  ecall
  .bss
buffer: .space 4
`);

const OPTIONS = { pace: () => 500, stopovers: [100, 20] };

async function echo(): Promise<History> {
  const history = History.create(await busyMachine(), OPTIONS);
  expect(history.load(ECHO, ["echo"])).toBe(1);
  return history;
}

function text(history: History): string {
  return history.output
    .read(history.now)
    .map(({ bytes }) => Buffer.from(bytes).toString())
    .join("");
}

/** Gives letters at random moments until the machine ends; the states passed through. */
function feed(history: History, seed: number): Map<number, string> {
  const random = makeRandom(seed);
  const hashes = new Map<number, string>();
  for (let letter = 0; letter < 40; letter++) {
    history.input(Uint8Array.of(97 + random.below(26)));
    history.run({ maxInstructions: random.below(300) });
    hashes.set(history.now.events, history.machine.stateHash());
  }
  history.endInput();
  expect(history.run().reason).toBe("ended");
  return hashes;
}

describe("input", () => {
  test("is given again at its moment, from whichever side that is reached", async () => {
    const history = await echo();
    const moments: History["now"][] = [];
    const hashes: string[] = [];
    const random = makeRandom(3);
    for (let letter = 0; letter < 40; letter++) {
      history.input(Uint8Array.of(97 + random.below(26)));
      history.run({ maxInstructions: random.below(300) });
      moments.push(history.now);
      hashes.push(history.machine.stateHash());
    }
    for (let visit = 0; visit < 200; visit++) {
      const index = random.below(moments.length);
      history.goTo(moments[index]);
      expect(history.now).toEqual(moments[index]);
      expect(history.machine.stateHash()).toBe(hashes[index]);
    }
  });

  test("leads to the same end, state by state, as the same input to another machine", async () => {
    expect(feed(await echo(), 5)).toEqual(feed(await echo(), 5));
  });

  test("given in the past makes another future", async () => {
    const history = await echo();
    feed(history, 7);
    const { retired } = history.end;
    const before = text(history);
    history.goTo({ retired: Math.floor(retired / 2) });
    expect(history.willForget).toBe(true);
    const kept = text(history);
    history.input(new TextEncoder().encode("XYZ"));
    expect(history.atEnd).toBe(true);
    expect(history.inputs.length).toBeLessThan(42);
    history.endInput();
    expect(history.run().reason).toBe("ended");
    expect(text(history)).not.toBe(before);
    expect(text(history).startsWith(kept)).toBe(true);
    expect(text(history)).toContain("XYZ");
    const { end } = history;
    const hash = history.machine.stateHash();
    history.goTo(history.start);
    history.goTo(end);
    expect(history.machine.stateHash()).toBe(hash);
  });

  test("is told to listeners once, however often it is replayed", async () => {
    const machine = await busyMachine();
    let heard = "";
    machine.on("output", (bytes) => {
      heard += Buffer.from(bytes).toString();
    });
    const history = History.create(machine, OPTIONS);
    history.load(ECHO, ["echo"]);
    feed(history, 9);
    const once = heard;
    for (const part of [0.3, 0.9, 0.1]) history.goTo({ retired: Math.floor(history.end.retired * part) });
    expect(history.run().reason).toBe("ended");
    expect(heard).toBe(once);
    expect(heard).toBe(text(history));
  });
});

describe("a hand in the machine", () => {
  const LOOP = program("1: addi s0, s0, 1\n sw s0, counter, t0\n j 1b\n .data\ncounter: .word 7");

  async function looping(): Promise<[History, Machine]> {
    const machine = await busyMachine();
    const history = History.create(machine, OPTIONS);
    history.load(LOOP, ["loop"]);
    history.run({ maxInstructions: 1001 });
    return [history, machine];
  }

  test("changes registers and memory, now and in every replay", async () => {
    const [history, machine] = await looping();
    expect(history.setRegister(1, 8, 0x1234)).toBe(true);
    expect(machine.registers(1)?.[8]).toBe(0x1234);
    const address = machine.registers(1)![2] - 64;
    expect(history.poke(1, address, Uint8Array.of(1, 2, 3))).toBe(3);
    expect([...machine.readMemory(1, address, 3)]).toEqual([1, 2, 3]);
    const { now } = history;
    const hash = machine.stateHash();
    history.run({ maxInstructions: 5000 });
    history.goTo(history.start);
    history.goTo(now);
    expect(machine.stateHash()).toBe(hash);
  });

  test("names a process that is not there in vain", async () => {
    const [history] = await looping();
    expect(history.setRegister(9, 8, 1)).toBe(false);
    expect(history.setRegister(1, 32, 1)).toBe(false);
    expect(history.poke(9, 0x10000, Uint8Array.of(1))).toBe(0);
    expect(history.kill(9, 9)).toBe(false);
    expect(history.kill(1, 65)).toBe(false);
  });

  test("starts, writes and kills at a moment, and all of it again", async () => {
    const [history, machine] = await looping();
    history.writeFile("/tmp/loop", LOOP, 0o755);
    expect(history.startProgram("/tmp/loop")).toBe(2);
    history.run({ maxInstructions: 777 });
    history.kill(2, 9);
    history.resize(50, 132);
    expect(() => history.writeFile("/dev/null/x", LOOP)).toThrow();
    history.run({ maxInstructions: 300 });
    const { now } = history;
    const hash = machine.stateHash();
    history.goTo(history.start);
    expect(machine.processes()).toEqual([]);
    history.goTo(now);
    expect(machine.stateHash()).toBe(hash);
  });
});
