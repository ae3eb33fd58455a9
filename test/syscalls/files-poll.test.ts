// What a program sees of poll(2).

import { expect, test } from "vitest";
import { WAIT_KIND_SHIFT, WAIT_POLL } from "../../assembly/layout.ts";
import { EFAULT, EINVAL } from "../../host/syscalls/errno.ts";
import { POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT } from "../../host/syscalls/poll.ts";
import { boot, DATA, type Process } from "./files-harness.ts";

const TABLE = DATA;
const TIMEOUT = DATA + 1024;
/** Of the harness: ticks per second. */
const HZ = 1_000_000;

function setTable(process: Process, ...entries: [fd: number, events: number][]): void {
  process.setWords(TABLE, ...entries.flat());
}

function setTimeout(process: Process, seconds: number, nanoseconds: number): number {
  return process.setWords(TIMEOUT, seconds, 0, nanoseconds, 0);
}

function events(process: Process, entry: number): number {
  return process.word(TABLE + 8 * entry + 4) >>> 16;
}

test("it tells which descriptors are ready, and for what", () => {
  const process = boot();
  const [reader, writer] = process.pipe();
  setTable(process, [reader, POLLIN], [writer, POLLIN | POLLOUT], [99, POLLIN], [-1, POLLIN]);
  expect(process.call("ppoll_time64", TABLE, 4, 0, 0, 8)).toBe(2);
  expect([0, 1, 2, 3].map((entry) => events(process, entry))).toEqual([0, POLLOUT, POLLNVAL, 0]);
});

test("the end of the other side is reported unasked", () => {
  const process = boot();
  const [reader, writer] = process.pipe();
  const [secondReader, secondWriter] = process.pipe();
  process.call("close", writer);
  process.call("close", secondReader);
  setTable(process, [reader, 0], [secondWriter, 0]);
  expect(process.call("ppoll_time64", TABLE, 2, 0, 0, 8)).toBe(2);
  expect([events(process, 0), events(process, 1)]).toEqual([POLLHUP, POLLERR]);
});

test("while nothing is ready it waits on its own channel, listed with those that concern it", () => {
  const process = boot();
  const { kernel } = process.machine;
  const [reader, writer] = process.pipe();
  setTable(process, [reader, POLLIN], [0, POLLIN]);
  const outcome = process.call("ppoll_time64", TABLE, 2, 0, 0, 8);
  expect(outcome).toEqual({ kind: "block", channel: (WAIT_POLL << WAIT_KIND_SHIFT) | process.slot });
  expect(kernel.pollers).toHaveLength(1);
  expect(kernel.pollers[0].channels).toHaveLength(2);
  process.machine.kernel.pollers[0].channels.forEach((channel) => {
    expect(channel).toBeGreaterThan(0);
  });
  const other = process.fork();
  other.write(writer, "x");
  expect(kernel.pollers[0].channels).toContain(process.machine.woken[0]);
  expect(process.again("ppoll_time64", TABLE, 2, 0, 0, 8)).toBe(1);
  expect(kernel.pollers).toEqual([]);
});

test("a timeout is set once, and told what is left of it", () => {
  const process = boot();
  const { machine } = process;
  const [reader] = process.pipe();
  setTable(process, [reader, POLLIN]);
  setTimeout(process, 1, 500_000_000);
  const deadline = machine.time + 1.5 * HZ;
  expect(process.call("ppoll_time64", TABLE, 1, TIMEOUT, 0, 8)).toMatchObject({ deadline });
  machine.time += HZ;
  expect(process.again("ppoll_time64", TABLE, 1, TIMEOUT, 0, 8)).toMatchObject({ deadline });
  machine.time += HZ;
  expect(process.again("ppoll_time64", TABLE, 1, TIMEOUT, 0, 8)).toBe(0);
  expect([process.word(TIMEOUT), process.word(TIMEOUT + 8)]).toEqual([0, 0]);
});

test("a timeout of zero only looks", () => {
  const process = boot();
  setTable(process, [0, POLLIN]);
  expect(process.call("ppoll_time64", TABLE, 1, setTimeout(process, 0, 0), 0, 8)).toBe(0);
});

test("without descriptors and timeout it waits for ever: pause(2)", () => {
  const process = boot();
  const outcome = process.call("ppoll_time64", 0, 0, 0, 0, 8);
  expect(outcome).toEqual({ kind: "block", channel: (WAIT_POLL << WAIT_KIND_SHIFT) | process.slot });
});

test("bad times, counts and pointers are refused", () => {
  const process = boot();
  process.state.limits[7] = [16, 16];
  expect(process.call("ppoll_time64", 0, 0, setTimeout(process, 0, 1e9), 0, 8)).toBe(-EINVAL);
  expect(process.call("ppoll_time64", TABLE, 17, 0, 0, 8)).toBe(-EINVAL);
  expect(process.call("ppoll_time64", 0, 1, 0, 0, 8)).toBe(-EFAULT);
  expect(process.call("ppoll_time64", 0, 0, 8, 0, 8)).toBe(-EFAULT);
  expect(process.call("ppoll_time64", 0, 0, 0, TABLE, 4)).toBe(-EINVAL);
});
