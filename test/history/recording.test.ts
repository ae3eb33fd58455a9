// A recording is the run: opened, it leads through the same states to the same end. One that was damaged, forged or made
// by another machine is refused with the reason.

import { describe, expect, test } from "vitest";
import { MACHINE, MACHINE_QUEUE_LENGTH, PAGE_SIZE, REPLAYABLE_BASE } from "../../assembly/layout.ts";
import { decodeRecording, encodeRecording, type Recording } from "../../host/history/recording.ts";
import { History, Opening, RecordingError } from "../../host/index.ts";
import { decodeSnapshot, encodeSnapshot, type Snapshot } from "../../host/machine/snapshot.ts";
import { makeRandom } from "../differential/random.ts";
import { core } from "../harness/machine.ts";
import { program } from "../harness/program.ts";
import { busyMachine } from "./actors.ts";

const ECHO = program(`
again:
  li a0, 0
  la a1, buffer
  li a2, 3
  li a7, 63
  ecall
  blez a0, end
  mv a2, a0
  li a0, 1
  la a1, buffer
  li a7, 64
  ecall
  j again
end:
  li a7, 94
  ecall
  .bss
buffer: .space 4
`);

/** A short run with several inputs, some of them amid the run. */
async function recorded(): Promise<History> {
  const machine = await busyMachine();
  machine.writeFile("/etc/motd", new Uint8Array(70_000).fill(77));
  const history = History.create(machine, { pace: () => 300 });
  history.load(ECHO, ["echo"]);
  for (const text of ["abc", "defgh", "i"]) {
    history.input(new TextEncoder().encode(text));
    history.run({ maxInstructions: 31 });
  }
  history.run();
  history.endInput();
  expect(history.run().reason).toBe("ended");
  return history;
}

function text({ output, end }: History): string {
  return output
    .read(end)
    .map(({ bytes }) => Buffer.from(bytes).toString())
    .join("");
}

async function open(bytes: Uint8Array): Promise<History> {
  return (await Opening.begin(core, bytes)).advance() as History;
}

/** Why a file is refused. */
async function refusal(bytes: Uint8Array): Promise<string> {
  return open(bytes).then(
    () => "opened",
    (error) => (error instanceof RecordingError ? error.code : String(error)),
  );
}

/** The file with something else in it, and a right checksum. */
function forged(bytes: Uint8Array, change: (recording: Recording) => object): Uint8Array {
  const recording = decodeRecording(bytes);
  return encodeRecording({ ...recording, ...change(recording) });
}

function withStart(bytes: Uint8Array, change: (start: Snapshot) => void): Uint8Array {
  return forged(bytes, ({ start }) => {
    const snapshot = decodeSnapshot(start);
    change(snapshot);
    return { start: encodeSnapshot(snapshot) };
  });
}

describe("a recording", () => {
  test("leads through the same states to the same end", async () => {
    const history = await recorded();
    const hash = history.machine.stateHash();
    const middle = history.inputs[2].moment;
    const file = history.save();
    expect(history.now).toEqual(history.end);
    const opened = await open(file);
    expect(opened.now).toEqual(history.end);
    expect(opened.machine.stateHash()).toBe(hash);
    expect(text(opened)).toBe("abcdefghi");
    expect(opened.events.end).toBe(history.events.end);
    opened.goTo(middle);
    history.goTo(middle);
    expect(opened.machine.stateHash()).toBe(history.machine.stateHash());
    const [first, second] = [decodeRecording(file), decodeRecording(opened.save())];
    expect(second.inputs).toEqual(first.inputs);
    expect(Buffer.compare(second.start, first.start)).toBe(0);
    expect(second.checks[second.checks.length - 1]).toEqual(first.checks[first.checks.length - 1]);
  });

  test("saved in the past is the whole run, and the machine stays where it stands", async () => {
    const history = await recorded();
    const file = history.save();
    history.goTo({ retired: 40 });
    const { now } = history;
    expect(Buffer.compare(history.save(), file)).toBe(0);
    expect(history.now).toEqual(now);
  });

  test("is opened in slices", async () => {
    const file = (await recorded()).save();
    const opening = await Opening.begin(core, file);
    let slices = 0;
    let calls = 0;
    let last = -1;
    let history: History | null = null;
    for (; history === null; slices++) {
      history = opening.advance({ pauseWhen: () => ++calls % 3 === 0 });
      expect(opening.progress).toBeGreaterThanOrEqual(last);
      last = opening.progress;
    }
    expect(slices).toBeGreaterThan(1);
    expect(opening.progress).toBe(1);
    expect(text(history)).toBe("abcdefghi");
  });
});

describe("a file that is no recording of this machine", () => {
  test("is refused as what it is", async () => {
    const file = (await recorded()).save();
    expect(await refusal(new TextEncoder().encode("hello, world: this is not one"))).toBe("not-a-recording");
    expect(await refusal(file.slice(0, 5))).toBe("not-a-recording");
    const other = file.slice();
    other[8] = 9;
    expect(await refusal(other)).toBe("unsupported-version");
  });

  test("is refused with any wrong bit and any cut", async () => {
    const file = (await recorded()).save();
    const random = makeRandom(1);
    for (let round = 0; round < 60; round++) {
      const bad = file.slice();
      bad[12 + random.below(bad.length - 12)] ^= 1 << random.below(8);
      expect(await refusal(bad)).toBe("damaged");
      expect(await refusal(file.slice(0, 12 + random.below(file.length - 12)))).toBe("damaged");
    }
  });

  test("is refused when it was made by a machine that behaves differently", async () => {
    const file = (await recorded()).save();
    const last = (recording: Recording) => recording.checks[recording.checks.length - 1];
    const wrong = { ...last(decodeRecording(file)), hash: "0".repeat(32) };
    expect(await refusal(forged(file, (one) => ({ checks: [...one.checks.slice(0, -1), wrong] })))).toBe(
      "foreign",
    );
    const never = { ...wrong, moment: { ...wrong.moment, events: wrong.moment.events + 1 } };
    expect(await refusal(forged(file, () => ({ checks: [never] })))).toBe("foreign");
    expect(await refusal(forged(file, (one) => ({ inputs: one.inputs.slice(0, 2) })))).toBe("foreign");
  });

  test("is refused when its start or its inputs cannot be, though the checksums are right", async () => {
    const file = (await recorded()).save();
    expect(await refusal(forged(file, () => ({ start: new Uint8Array(100) })))).toBe("damaged");
    expect(await refusal(forged(file, () => ({ inputs: [{ kind: "poke" }] })))).toBe("damaged");
    expect(await refusal(forged(file, ({ inputs }) => ({ inputs: [...inputs].reverse() })))).toBe("damaged");
    expect(await refusal(forged(file, () => ({ checks: [] })))).toBe("damaged");
    const kernel = withStart(file, (start) => {
      (start.kernel as { files: { inodes: unknown } }).files.inodes = {};
    });
    expect(await refusal(kernel)).toBe("damaged");
    const memory = withStart(file, ({ memory: { numbers, bytes } }) => {
      const page = numbers.indexOf((MACHINE - REPLAYABLE_BASE) / PAGE_SIZE);
      new DataView(bytes.buffer, bytes.byteOffset).setUint32(
        page * PAGE_SIZE + MACHINE_QUEUE_LENGTH,
        99,
        true,
      );
    });
    expect(await refusal(memory)).toBe("damaged");
    const slower = withStart(file, (start) => {
      (start.configuration as { quantum: number }).quantum += 1;
    });
    expect(await refusal(slower)).toBe("damaged");
  });

  test("that claims to be huge is refused at once", async () => {
    const file = (await recorded()).save();
    for (let field = 0; field < 256; field += 4) {
      const bomb = withStart(file, ({ memory: { numbers, bytes } }) => {
        const page = numbers.indexOf((MACHINE - REPLAYABLE_BASE) / PAGE_SIZE);
        new DataView(bytes.buffer, bytes.byteOffset).setUint32(page * PAGE_SIZE + field, 0xffffffff, true);
      });
      expect(["damaged", "foreign", "opened"]).toContain(await refusal(bomb));
    }
  });
});
