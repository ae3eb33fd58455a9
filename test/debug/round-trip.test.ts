// What is stepped forward and then back is as it was, bit for bit; and breakpoints are met at the same moments from both
// sides. On the machine's own programs, with one hart and with several, and on compiled ones.

import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EVENT_CREATE, EVENT_EXIT, EVENT_SIGNAL } from "../../assembly/layout.ts";
import { type Command, compareMoments, type Session, type Stop } from "../../host/index.ts";
import { missing } from "../harness/tools.ts";
import { compile } from "../programs/compile.ts";
import { allStops, sessionOf, userland } from "./sessions.ts";

const keyOf = ({ moment }: Stop) => `${moment.retired}:${moment.events}`;
const MOST = 25;
const RANDOM = { seed: 5, numRuns: 12 };

/** Where a session stands. */
function standing(session: Session): unknown {
  return { ...session.now, hash: session.machine.stateHash() };
}

/** Goes somewhere into a run that has been run to its end. */
async function runThrough(program: Uint8Array, harts = 1): Promise<Session> {
  const session = await sessionOf(program, { harts, quantum: 2000 });
  session.perform({ kind: "continue" });
  return session;
}

describe.each([
  ["tree", 1],
  ["pipeline", 1],
  ["orphan", 2],
  ["tour", 3],
] as const)("in %s on %i harts", (name, harts) => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  /** At random moments: `command` k times forward, k times back. */
  async function isUndone(command: Command, times: number): Promise<void> {
    const session = await runThrough(userland(name), harts);
    const { end } = session.history;
    let compared = 0;
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: times }), (where, count) => {
        session.perform({ kind: "goTo", moment: { retired: Math.floor(where * end.retired) } });
        const first = session.perform(command);
        if (first.reason !== "step") return;
        const before = standing(session);
        let done = 0;
        while (done < count && session.perform(command).reason === "step") done++;
        if (done < count) return;
        for (let undone = 0; undone < count; undone++) {
          session.perform({ ...command, direction: "back" } as Command);
        }
        expect(standing(session)).toEqual(before);
        compared++;
      }),
      RANDOM,
    );
    expect(compared).toBeGreaterThan(RANDOM.numRuns / 2);
  }

  test("steps of the machine are undone", () => isUndone({ kind: "stepMachine" }, 20));
  test("steps of the process that is next are undone", () => isUndone({ kind: "step" }, 8));
  test("passes of the trap path are undone", () => isUndone({ kind: "nextPass" }, 8));

  test("catchpoints are met at the same moments from both sides", async () => {
    for (const event of ["fork", "exit", "call", "signal"] as const) {
      const session = await sessionOf(userland(name), { harts, quantum: 2000 });
      session.addBreakpoint({ kind: "catchpoint", event });
      const forward = allStops(session, "forward");
      const back = allStops(session, "back");
      expect(
        back.map(({ moment }) => moment),
        event,
      ).toEqual(forward.map(({ moment }) => moment).reverse());
    }
  });
});

/** The instructions that stops are about, each once: it may be met and do something that is watched. */
function instructionsOf(stops: readonly Stop[], direction: "forward" | "back"): string[] {
  const all = stops.map(({ moment, access, pc }) => {
    // An access stops behind its instruction forward, before it backward.
    const retired = access === undefined || direction === "back" ? moment.retired : moment.retired - 1;
    return `${retired} at ${access?.pc ?? pc}`;
  });
  return all.filter((one, index) => one !== all[index - 1]);
}

test("random breakpoints and watchpoints stop at the same instructions from both sides", async () => {
  const executed: number[] = [];
  const scout = await sessionOf(userland("tree"));
  for (let step = 0; step < 400; step++) executed.push(scout.perform({ kind: "stepMachine" }).pc ?? 0);
  const points = fc.record({
    addresses: fc.uniqueArray(fc.constantFrom(...executed), { maxLength: 4 }),
    register: fc.constantFrom("$s0", "$a0", "$ra", "$t0"),
    condition: fc.constantFrom("1", "a0 & 1", "s0 < 2", "*sp != 0"),
    offset: fc.integer({ min: -8, max: 8 }).map((word) => 4 * word),
  });
  await fc.assert(
    fc.asyncProperty(points, async ({ addresses, register, condition, offset }) => {
      const session = await sessionOf(userland("tree"), { quantum: 900 });
      for (const address of addresses) {
        session.addBreakpoint({ kind: "breakpoint", location: `*0x${address.toString(16)}`, condition });
      }
      session.addBreakpoint({ kind: "watchpoint", access: "change", target: register, condition });
      session.addBreakpoint({ kind: "watchpoint", access: "change", target: `sp + ${offset}`, pid: 1 });
      const stops = Array.from({ length: MOST }, () => session.perform({ kind: "continue" })).filter(
        ({ breakpoint }) => breakpoint !== undefined,
      );
      // From a breakpoint on it is looked for those before it; from behind an access for that one, too.
      if (stops.length === MOST && stops.at(-1)!.access === undefined) stops.pop();
      const back = instructionsOf(allStops(session, "back"), "back");
      expect(back.reverse()).toEqual(instructionsOf(stops, "forward"));
    }),
    { seed: 8, numRuns: 20 },
  );
});

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("in GCC's code", () => {
  const program = (name: string, level: "-O0" | "-O2") =>
    readFileSync(compile("computation", name, { compiler: "gcc", level }));

  test("breakpoints with conditions are met at the same moments from both sides", async () => {
    for (const level of ["-O0", "-O2"] as const) {
      const session = await sessionOf(program("recursion", level));
      session.addBreakpoint({ kind: "breakpoint", location: "ackermann", condition: "a1 == 1" });
      const forward = allStops(session, "forward").slice(-40);
      expect(forward.length).toBeGreaterThan(2);
      const back: Stop[] = [];
      for (const _ of forward) back.push(session.perform({ kind: "continue", direction: "back" }));
      expect(back.map(keyOf)).toEqual(forward.map(keyOf).reverse());
    }
  });

  test("out of a function and back is where its frame was made", async () => {
    const session = await sessionOf(program("recursion", "-O0"));
    session.addBreakpoint({ kind: "breakpoint", location: "ackermann", ignore: 20 });
    const inside = session.perform({ kind: "continue" });
    const caller = session.backtrace()[1]!;
    session.clearBreakpoints();
    const out = session.perform({ kind: "stepOut" });
    expect([out.reason, out.pc]).toEqual(["location", caller.pc]);
    expect(session.process().register(2)).toBe(caller.registers[2]);
    session.perform({ kind: "stepOver", direction: "back" });
    session.perform({ kind: "step" });
    expect(session.now).toEqual(inside.moment);
  });

  test("a call is gone over, and back over, in a recursion", async () => {
    const session = await sessionOf(program("recursion", "-O0"));
    session.perform({ kind: "runTo", location: "main" });
    for (let over = 0; over < 30; over++) {
      const before = standing(session);
      const stop = session.perform({ kind: "stepOver" });
      if (stop.reason !== "step") break;
      const after = standing(session);
      session.perform({ kind: "stepOver", direction: "back" });
      expect(standing(session)).toEqual(before);
      session.perform({ kind: "stepOver" });
      expect(standing(session)).toEqual(after);
    }
  });
});

const EXAMPLES = readdirSync(new URL("../../build/examples/", import.meta.url))
  .filter((name) => !name.includes("."))
  .sort();

describe.each(EXAMPLES)("in the example %s", (name) => {
  const executable = new Uint8Array(readFileSync(new URL(`../../build/examples/${name}`, import.meta.url)));
  const files = Object.fromEntries(
    ["seq", "cat", "true", "false", "echo", "sleep"].map((tool) => [`/bin/${tool}`, userland(tool)]),
  );

  test("each search meets the same moments from both sides", async () => {
    const searches: readonly Command[] = [
      { kind: "nextTrap", pid: 0 },
      { kind: "nextSwitch" },
      { kind: "nextCall", pid: 0 },
      { kind: "nextEvent", types: [EVENT_CREATE, EVENT_EXIT, EVENT_SIGNAL] },
    ];
    for (const search of searches) {
      const session = await sessionOf(executable, { quantum: 5000 }, files);
      const forward: string[] = [];
      for (let count = 0; count < MOST; count++) {
        const stop = session.perform(search);
        if (stop.reason !== "event") break;
        forward.push(keyOf(stop));
      }
      const last = session.now;
      session.perform({ kind: "nextPass" });
      const back: string[] = [];
      for (;;) {
        const stop = session.perform({ ...search, direction: "back" } as Command);
        if (stop.reason !== "event") break;
        if (compareMoments(stop.moment, last) <= 0) back.push(keyOf(stop));
      }
      expect(back, search.kind).toEqual(forward.reverse());
    }
  });

  test("steps over calls are undone", async () => {
    const session = await sessionOf(executable, { quantum: 5000 }, files);
    for (let count = 0; count < MOST; count++) {
      const before = standing(session);
      if (session.perform({ kind: "stepOver", pid: 1 }).reason !== "step") break;
      const after = session.now;
      session.perform({ kind: "stepOver", pid: 1, direction: "back" });
      // The very first moment is before the first instruction's page is there.
      if (count > 0) expect(standing(session)).toEqual(before);
      session.perform({ kind: "stepOver", pid: 1 });
      expect(session.now).toEqual(after);
    }
  });
});
