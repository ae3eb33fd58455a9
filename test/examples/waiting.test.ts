// What the index and the sources say about pipes, files, terminals and waiting, read off the runs.

import { expect, test } from "vitest";
import * as L from "../../assembly/layout.ts";
import {
  creations,
  eventsOf,
  MAIN,
  pcbField,
  runExample,
  runTo,
  type Started,
  startExample,
  stepUntil,
  stretches,
  waits,
} from "./run.ts";

const TICKS_PER_MS = 100_000;
const WAITID = 95;

const milliseconds = ({ start, end }: { start: number; end: number }) => (end - start) / TICKS_PER_MS;

test("pipe: the reader is blocked three times for 20 ms, and the machine is idle meanwhile", async () => {
  const run = await runExample("pipe");
  const reads = waits(run, L.WAIT_PIPE_READ, MAIN + 1);
  expect(reads.map(milliseconds).map(Math.round)).toEqual([20, 20, 20]);
  const idle = run.machine.time - run.machine.instructions;
  expect(idle / run.machine.time).toBeGreaterThan(0.99);
});

test("producer: 16 blocks fill the pipe, and then the producer is blocked before every fourth", async () => {
  const run = await runExample("producer");
  const writes = waits(run, L.WAIT_PIPE_WRITE, MAIN);
  expect(writes.map(milliseconds).map(Math.round)).toEqual([10, 10, 10, 10]);
  expect(run.output.match(/block \d+/g)).toEqual(["block 17", "block 21", "block 25", "block 29"]);
});

test("tailgrep: grep is blocked in one stretch until tail has ended, while tail wakes for each line", async () => {
  const run = await runExample("tailgrep");
  const [tail, grep] = [MAIN + 2, MAIN + 3];
  const [first] = waits(run, L.WAIT_PIPE_READ, grep);
  expect(milliseconds(first)).toBeGreaterThan(59);
  expect(waits(run, L.WAIT_PIPE_READ, tail).length).toBeGreaterThanOrEqual(30);
  const [end] = eventsOf(run, L.EVENT_EXIT, tail);
  const again = stretches(run).find(
    ({ pid, state, start }) => pid === grep && state === L.STATE_RUNNING && start >= first.end,
  );
  expect(again?.start).toBeGreaterThanOrEqual(end.time);
  expect(run.output).toMatch(/^line 28\n/);
});

test("async: waiting blocks once, polling never, and on one hart it learns of the end a slice late", async () => {
  const one = await runExample("async");
  expect(waits(one, L.WAIT_CHILD, MAIN).map(milliseconds).map(Math.round)).toEqual([30]);
  const polls = eventsOf(one, L.EVENT_CALL, MAIN).filter(({ a }) => a === WAITID);
  expect(polls.length).toBeGreaterThan(5);
  expect(one.output).toMatch(/^Polling: .* 40\.0 ms/m);
  const two = await runExample("async", { configuration: { harts: 2 } });
  expect(two.output).toMatch(/^Polling: .* 30\.\d ms/m);
});

test("deadlock: the machine says who waits for what, and that each holds the other's write end", async () => {
  const { result } = await runExample("deadlock");
  expect(result).toMatchObject({
    reason: "deadlock",
    waiting: [
      { pid: 1, holders: [MAIN] },
      { pid: MAIN, for: /^bytes in pipe/, holders: [MAIN + 1] },
      { pid: MAIN + 1, for: /^bytes in pipe/, holders: [MAIN] },
    ].map(({ pid, holders }) => ({ pid, holders })),
  });
});

/** The number of the open file behind a descriptor of a process. */
function openFile({ machine }: Started, pid: number, descriptor: number): number | undefined {
  return machine.kernel.state.processes.find((one) => one?.pid === pid)?.descriptors[descriptor]?.file;
}

test("offset: parent and child have one open file, who opens it anew has another", async () => {
  const started = await startExample("offset");
  stepUntil(started, () => started.machine.processes().length === 3);
  const shared = openFile(started, MAIN, 3);
  expect(shared).toBeDefined();
  expect(openFile(started, MAIN + 1, 3)).toBe(shared);
  const stranger = runTo("offset", started, "write_anew");
  expect(stranger).toBe(MAIN + 2);
  expect(openFile(started, stranger, 4)).toBeDefined();
  expect(openFile(started, stranger, 4)).not.toBe(shared);
});

test("dialogue: it is blocked on the terminal until a line comes, and time stands still", async () => {
  const { machine, output } = await startExample("dialogue", { input: "" });
  expect(machine.run().reason).toBe("input");
  expect(output()).toBe("What is your name? ");
  expect(pcbField(machine, MAIN, L.PCB_WAIT_CHANNEL) >>> L.WAIT_KIND_SHIFT).toBe(L.WAIT_TTY);
  const before = machine.time;
  machine.input(new TextEncoder().encode("Ada\n"));
  expect(machine.run().reason).toBe("input");
  expect(output()).toBe("What is your name? Hello, Ada.\nGive me a number: ");
  expect(machine.time - before).toBeLessThan(TICKS_PER_MS / 10);
});

test("launcher: each line makes a child, and one in the background stays a zombie until the launcher looks", async () => {
  const run = await runExample("launcher");
  const children = creations(run).filter(({ parent }) => parent === MAIN);
  expect(children).toHaveLength(5);
  const background = MAIN + 2;
  const [zombie] = stretches(run).filter(({ pid, state }) => pid === background && state === L.STATE_ZOMBIE);
  expect(milliseconds(zombie)).toBeGreaterThan(5);
  expect(run.output).toMatch(/\(pid 6 exited with status 127\)/);
});
