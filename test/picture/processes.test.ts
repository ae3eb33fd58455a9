import { describe, expect, test } from "vitest";
import type { Machine } from "../../host/index.ts";
import { adoptionsBefore } from "../../host/picture/adoptions.ts";
import { takeProcesses } from "../../host/picture/processes.ts";
import { STATE_NAMES } from "../../host/trace/events.ts";
import { type Key, linesOf } from "../../web/panels/processes/order.ts";
import { EXIT, FORK, machineAfter, PIPE, STAY, sourceOf, WAIT } from "./machines.ts";

const take = (machine: Machine) => {
  const source = sourceOf(machine);
  return takeProcesses(source, adoptionsBefore(source.history.events, machine.eventCount));
};
const FOR_LONG = 10_000;
/** Reads a byte from the pipe whose read end is in s0. */
const READ = "mv a0, s0\n mv a1, sp\n li a2, 1\n li a7, 63\n ecall\n";
/** Pid 1 has child 2, that has child 3, which stays; 2 ends, and 1 adopts 3. */
const ADOPTION = `${FORK} beqz a0, two\n${STAY} two: ${FORK} beqz a0, three\n${EXIT} three: ${STAY}`;

/** Pids that can end the wait of process `pid`. */
function wakersOf(machine: Machine, pid: number): number[] {
  const { pid: pids, wakers, wakersEnd } = take(machine);
  const row = pids.indexOf(pid);
  return Array.from(wakers.subarray(row === 0 ? 0 : wakersEnd[row - 1], wakersEnd[row]));
}

describe("who can end a wait", () => {
  test("a reader's is ended by whoever holds the write end of the pipe", async () => {
    const machine = await machineAfter(`${PIPE}${FORK} beqz a0, child\n${READ} child: ${STAY}`, FOR_LONG);
    expect(wakersOf(machine, 1)).toEqual([1, 2]);
  });

  test("a parent's by its living children", async () => {
    const machine = await machineAfter(
      `${FORK} beqz a0, stay\n${FORK} beqz a0, stay\n${WAIT} stay: ${STAY}`,
      FOR_LONG,
    );
    expect(wakersOf(machine, 1)).toEqual([2, 3]);
    expect(wakersOf(machine, 2)).toEqual([]);
  });

  test("at most four are told", async () => {
    const fork = `${FORK} beqz a0, stay\n`;
    const machine = await machineAfter(`${fork.repeat(6)}${WAIT} stay: ${STAY}`, FOR_LONG);
    expect(wakersOf(machine, 1)).toEqual([2, 3, 4, 5]);
  });
});

test("a sleeper says until when", async () => {
  const sleep = "li a0, 1\n li a1, 0\n la a2, day\n li a3, 0\n li a7, 407\n ecall\n";
  const machine = await machineAfter(
    `${FORK} bnez a0, spin\n${sleep} spin: j spin\n.data\n.balign 8\nday: .dword 86400, 0`,
    3_000_000,
  );
  const { deadline } = take(machine);
  expect(deadline[0]).toBe(0);
  expect(deadline[1] / machine.configuration.clockHz).toBeCloseTo(86400, 0);
});

test("an orphan says whose it was, and others are nobody's", async () => {
  const machine = await machineAfter(ADOPTION, FOR_LONG);
  const { pid, parent, orphanOf, state } = take(machine);
  expect(Array.from(pid)).toEqual([1, 2, 3]);
  expect(Array.from(parent)).toEqual([0, 1, 1]);
  expect(Array.from(orphanOf)).toEqual([0, 0, 2]);
  expect(STATE_NAMES[state[1]]).toBe("zombie");
});

describe("the order of the table", () => {
  const ALL = () => true;
  const pids = async (key: Key | null, descending = false, matches?: (pid: number) => boolean) => {
    // 1 has 2 and 4, 2 has 3.
    const machine = await machineAfter(
      `${FORK} beqz a0, two\n${WAIT}${FORK} beqz a0, stay\n j stay\n two: ${FORK} beqz a0, stay\n${EXIT} stay: ${STAY}`,
      FOR_LONG,
    );
    const processes = take(machine);
    const wanted = matches ? (row: number) => matches(processes.pid[row]) : ALL;
    const lines = linesOf(processes, { key, descending, matches: wanted });
    return lines.map(
      ({ row, branches, matches: own }) => [processes.pid[row], branches.length, own] as const,
    );
  };

  test("is that of the tree, each process below its parent", async () => {
    expect(await pids(null)).toEqual([
      [1, 0, true],
      [3, 1, true],
      [4, 1, true],
    ]);
  });

  test("keeps the ancestors of what matches", async () => {
    expect(await pids(null, false, (pid) => pid === 4)).toEqual([
      [1, 0, false],
      [4, 1, true],
    ]);
  });

  test("is by a column, either way, and equal ones by pid", async () => {
    const of = (lines: (readonly [number, ...unknown[]])[]) => lines.map(([pid]) => pid);
    expect(of(await pids(({ pid }, row) => pid[row], true))).toEqual([4, 3, 1]);
    expect(of(await pids(() => 0, true))).toEqual([1, 3, 4]);
    expect(
      of(
        await pids(
          ({ pid }, row) => pid[row],
          false,
          (pid) => pid !== 3,
        ),
      ),
    ).toEqual([1, 4]);
  });
});
