// The output log as a terminal uses it: what had been written at a moment, echoes of keys among it.

import { expect, test } from "vitest";
import { History } from "../../host/index.ts";
import { outputAt } from "../../host/picture/index.ts";
import { machineWithUserland } from "../programs/run.ts";

async function cat(outputBytes?: number): Promise<History> {
  const { machine } = await machineWithUserland({ terminal: [true, true, true], lineDiscipline: true });
  const history = History.create(machine, outputBytes ? { outputBytes } : {});
  history.startProgram("/bin/init", ["init", "cat"]);
  history.run();
  return history;
}

function type(history: History, keys: string): void {
  history.input(Buffer.from(keys));
  history.run();
}

const shown = (history: History) => {
  const output = outputAt(history.output, history.now, 1);
  return Buffer.from(output.read(output.start)).toString();
};

test("the echo of a key is there when the key was typed, and not before", async () => {
  const history = await cat();
  const before = history.now;
  history.input(Buffer.from("a"));
  expect(shown(history)).toBe("a");
  const after = history.now;
  history.goTo(before);
  expect(shown(history)).toBe("");
  history.goTo(after);
  expect(shown(history)).toBe("a");
});

test("at every moment of the past the terminal shows what it showed then", async () => {
  const history = await cat();
  const past: [History["now"], string][] = [];
  for (const keys of ["one\n", "tw", "\x7f", "wo\n", "\x16\x03", "\n"]) {
    type(history, keys);
    past.push([history.now, shown(history)]);
  }
  for (const [moment, text] of [...past].reverse()) {
    history.goTo(moment);
    expect(shown(history)).toBe(text);
  }
});

test("keys typed in the past make another future, in which the old output is gone", async () => {
  const history = await cat();
  type(history, "one\n");
  const { now } = history;
  type(history, "two\n");
  history.goTo(now);
  type(history, "2\n");
  expect(shown(history)).toBe("one\r\none\r\n2\r\n2\r\n");
});

test("Ctrl-C is repeated where it was typed", async () => {
  const history = await cat();
  const { now } = history;
  history.input(Buffer.from("ab\x03"));
  expect(history.run()).toMatchObject({ reason: "ended", status: 130 << 8 });
  const hash = history.machine.stateHash();
  history.goTo(now);
  history.goTo(history.end);
  expect(history.machine.stateHash()).toBe(hash);
  expect(shown(history)).toBe("^C");
});

test("bytes keep their numbers when the oldest had to go", async () => {
  const history = await cat(2000);
  for (let line = 0; line < 50; line++) type(history, `line ${line}\n`);
  const output = outputAt(history.output, history.now, 1);
  expect(output.start).toBeGreaterThan(0);
  expect(Buffer.from(output.read(output.end - 18)).toString()).toBe("line 49\r\nline 49\r\n");
  expect(output.read(output.start)).toHaveLength(output.end - output.start);
});
