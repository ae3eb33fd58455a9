import { describe, expect, test } from "vitest";
import { History, type Machine } from "../../host/index.ts";
import { focusOf } from "../../host/picture/focus.ts";
import type { PictureSource } from "../../host/picture/index.ts";
import { STATES } from "../../host/picture/processes.ts";
import { type StatesPicture, takeStates } from "../../host/picture/state-changes.ts";
import { REASON_NAMES, STATE_NAMES } from "../../host/trace/events.ts";
import { BOX_HEIGHT, diagramOf, NODES, ROUTES } from "../../web/panels/states/layout.ts";
import { machineWith } from "../harness/machine.ts";
import { program } from "../harness/program.ts";
import { EXIT, FORK, machineAfter, STAY, sourceOf, WAIT } from "./machines.ts";

/** Forks a child that ends at once, waits for it, three times; then stays. */
const THREE = `${`${FORK} beqz a0, child\n${WAIT}`.repeat(3)}${STAY} child: li a0, 0\n ${EXIT}`;

function take(machine: Machine, pid: number): StatesPicture {
  const source = sourceOf(machine);
  return takeStates(source, focusOf(source, pid), true)!;
}

/** "ready running" to how often. */
function countsOf({ counts }: StatesPicture): Record<string, number> {
  const edges: Record<string, number> = {};
  counts.forEach((count, index) => {
    const from = STATE_NAMES[Math.floor(index / STATES)];
    if (count > 0) edges[`${from} ${STATE_NAMES[index % STATES]}`] = count;
  });
  return edges;
}

test("counts each way that a process has gone from state to state", async () => {
  const picture = take(await machineAfter(THREE, 10_000), 1);
  expect(countsOf(picture)).toEqual({
    "new ready": 1,
    "ready running": 4,
    // Each time for its child, and then for ever.
    "running blocked": 4,
    "blocked ready": 3,
  });
  expect(picture.isComplete).toBe(true);
  expect(STATE_NAMES[picture.state]).toBe("blocked");
});

test("has the latest change first, with its reason", async () => {
  const [last, before] = take(
    await machineAfter(`${FORK} beqz a0, stay\n li a0, 0\n${EXIT} stay: ${STAY}`, 1),
    1,
  ).recent;
  expect(STATE_NAMES[last.to]).toBe("running");
  expect(REASON_NAMES[before.reason]).toBe("it was created");
});

test("every change begins where the one before it ended, and the last leads to the present state", async () => {
  const { recent, state } = take(await machineAfter(THREE, 10_000), 1);
  expect(recent[0].to).toBe(state);
  for (let index = 0; index + 1 < recent.length; index++) {
    expect(recent[index].from).toBe(recent[index + 1].to);
    expect(recent[index].event).toBeGreaterThan(recent[index + 1].event);
  }
});

test("the times are the process's whole life", async () => {
  const machine = await machineAfter(THREE, 10_000);
  const { times } = take(machine, 1);
  expect(times.reduce((sum, ticks) => sum + ticks, 0)).toBe(machine.time);
});

describe("going back and forth", () => {
  test("gives the same as going there the first time", async () => {
    const { machine } = await machineWith(program(THREE));
    const history = History.create(machine);
    const source: PictureSource = { ...sourceOf(machine), history };
    const picture = () => takeStates(source, focusOf(source, 1), true);
    const seen: { at: typeof history.now; picture: unknown }[] = [];
    for (let count = 0; count < 40; count++) {
      history.run({ maxInstructions: 3 });
      seen.push({ at: history.now, picture: picture() });
    }
    for (const { at, picture: first } of [...seen].reverse().concat(seen)) {
      history.goTo(at);
      expect(picture()).toEqual(first);
    }
  });
});

describe("the diagram", () => {
  test("has a box for each state, and an arrow between states only once", () => {
    const states = STATE_NAMES.map((_, state) => state).slice(1);
    expect(NODES.map(({ state }) => state).sort()).toEqual([...states, STATE_NAMES.length]);
    const ways = ROUTES.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(ways).size).toBe(ways.length);
  });

  test.each([0, 320, 500, 1200])("has no two boxes on one place, %i pixels wide", (width) => {
    const { placeOf, boxWidth, width: whole } = diagramOf(width);
    for (const [index, node] of NODES.entries()) {
      const { x, y } = placeOf(node);
      expect(x + boxWidth).toBeLessThanOrEqual(whole);
      for (const other of NODES.slice(index + 1).map(placeOf)) {
        expect(Math.abs(other.x - x) >= boxWidth || Math.abs(other.y - y) >= BOX_HEIGHT).toBe(true);
      }
    }
  });
});

test("where the log has dropped the first changes it is said since when they are counted", async () => {
  const { machine } = await machineWith(program(`1: li a7, 124\n ecall\n j 1b`));
  const history = History.create(machine, { eventBytes: 2 ** 19 });
  history.run({ maxInstructions: 60_000 });
  expect(history.events.dropped).toBeGreaterThan(0);
  const source = { ...sourceOf(machine), history };
  const { isComplete, since } = takeStates(source, focusOf(source, 1), true)!;
  expect([isComplete, since]).toEqual([false, history.events.at(history.events.first)!.time]);
});
