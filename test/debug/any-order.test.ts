// Whatever a session is told, in whatever order, it answers with a stop or a DebugError, the machine stays within its
// history, and its end is the end that it was.

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Command, compareMoments, DebugError, type Session } from "../../host/index.ts";
import { sessionOf, userland } from "./sessions.ts";

const direction = fc.constantFrom("forward" as const, "back" as const);
const pid = fc.integer({ min: 0, max: 6 });
const location = fc.constantFrom("_start", "main", "child", "*pc+4", "12", "init.s:40", "*a0", "nowhere");

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ kind: fc.constant("continue" as const), direction }),
  fc.record({ kind: fc.constant("stepMachine" as const), count: fc.integer({ min: 0, max: 50 }), direction }),
  fc.record({ kind: fc.constant("step" as const), pid, direction }),
  fc.record({ kind: fc.constantFrom("stepOver" as const, "stepOut" as const), pid, direction }),
  fc.record({ kind: fc.constant("stepLine" as const), pid, into: fc.boolean(), direction }),
  fc.record({ kind: fc.constant("runTo" as const), pid, location, direction }),
  fc.record({ kind: fc.constantFrom("nextTrap" as const, "nextCall" as const), pid, direction }),
  fc.record({ kind: fc.constantFrom("nextSwitch" as const, "nextPass" as const), direction }),
  fc.record({ kind: fc.constant("goToEvent" as const), event: fc.nat(200) }),
  fc.record({ kind: fc.constant("goTo" as const), moment: fc.record({ retired: fc.nat(9000) }) }),
  fc.record({
    kind: fc.constant("lastWrite" as const),
    target: fc.record({ pid, register: fc.integer({ min: 0, max: 32 }) }),
  }),
);

/** An action on the breakpoints, or a question. */
const action: fc.Arbitrary<(session: Session) => unknown> = fc.oneof(
  location.map(
    (place) => (session: Session) => session.addBreakpoint({ kind: "breakpoint", location: place }),
  ),
  fc.constant((session: Session) =>
    session.addBreakpoint({ kind: "breakpoint", location: "*pc", condition: "a0 & 1", ignore: 1 }),
  ),
  fc
    .constantFrom("$a0", "sp", "*s0", "gp")
    .map(
      (target) => (session: Session) =>
        session.addBreakpoint({ kind: "watchpoint", access: "change", target }),
    ),
  fc
    .constantFrom("call" as const, "fork" as const, "exit" as const, "switch" as const, "fault" as const)
    .map((event) => (session: Session) => session.addBreakpoint({ kind: "catchpoint", event })),
  fc.constant((session: Session) => session.clearBreakpoints()),
  pid.map((one) => (session: Session) => [session.why(one), session.backtrace(one), session.describe(one)]),
);

function attempt(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof DebugError)) throw error;
  }
}

/** Interrupts some movements after a slice or two. */
function carryOut(session: Session, order: Command, slices: number): void {
  session.begin(order);
  let left = slices;
  while (left-- > 0) if (session.advance({ pauseWhen: () => slices < 5 }) !== null) return;
  session.interrupt();
}

test.each([
  ["tree", 1],
  ["pipeline", 2],
  ["tour", 3],
] as const)("%s on %i harts", async (name, harts) => {
  const session = await sessionOf(userland(name), { harts, quantum: 700 });
  session.perform({ kind: "continue" });
  const { start, end } = session.history;
  const hash = session.machine.stateHash();
  const orders = fc.array(fc.tuple(fc.option(action), command, fc.integer({ min: 1, max: 8 })), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(orders, (given) => {
      for (const [act, order, slices] of given) {
        if (act !== null) attempt(() => act(session));
        attempt(() => carryOut(session, order, slices));
        expect(session.isMoving).toBe(false);
        expect(compareMoments(start, session.now)).toBeLessThanOrEqual(0);
        expect(compareMoments(session.now, end)).toBeLessThanOrEqual(0);
      }
      session.clearBreakpoints();
      session.perform({ kind: "goTo", moment: end });
      expect(session.machine.stateHash()).toBe(hash);
    }),
    { seed: 3, numRuns: 60 },
  );
});
