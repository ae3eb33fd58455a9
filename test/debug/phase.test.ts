// The five moments of a trap, gone through one by one: in their order, the same from both sides, on one hart and on several.

import { expect, test } from "vitest";
import { EVENT_DECIDE, EVENT_LOAD, EVENT_SAVE, EVENT_TRAP, REASON_IDLE } from "../../assembly/layout.ts";
import type { Session, Stop } from "../../host/index.ts";
import { sessionOf, userland } from "./sessions.ts";

const SHORT = { quantum: 700, turn: 200 };

/** What a stop of `nextPhase` is about. */
function phaseOf({ event }: Stop): string {
  if (event === undefined) return "resumed";
  if (event.type === EVENT_DECIDE) return event.reason === REASON_IDLE ? "idle" : "decided";
  return { [EVENT_TRAP]: "raised", [EVENT_SAVE]: "saved", [EVENT_LOAD]: "loaded" }[event.type]!;
}

interface Visit {
  readonly at: string;
  readonly hash: string;
  readonly phase: string;
}

function visit(session: Session, stop: Stop): Visit {
  const { retired, events } = session.now;
  return { at: `${retired}:${events}`, hash: session.machine.stateHash(), phase: phaseOf(stop) };
}

function walk(session: Session, direction: "forward" | "back", most: number): Visit[] {
  const visits: Visit[] = [];
  while (visits.length < most) {
    const stop = session.perform({ kind: "nextPhase", direction });
    if (stop.reason !== "step") break;
    visits.push(visit(session, stop));
  }
  return visits;
}

test.each([
  ["tree", 1],
  ["pipeline", 1],
  ["pipeline", 2],
  ["tour", 4],
] as const)(
  "in %s on %i harts, the same moments come from both sides with the same states",
  async (name, harts) => {
    const session = await sessionOf(userland(name), { ...SHORT, harts });
    const forward = walk(session, "forward", 150);
    session.perform({ kind: "nextPhase" });
    const back = walk(session, "back", 10_000);
    expect(back.reverse().slice(0, forward.length)).toEqual(forward);
    const kinds = new Set(forward.map(({ phase }) => phase));
    for (const phase of ["raised", "saved", "decided", "loaded", "resumed"]) expect(kinds).toContain(phase);
  },
);

test("on one hart each comes behind what it must", async () => {
  const session = await sessionOf(userland("pipeline"), SHORT);
  const before: Readonly<Record<string, readonly string[]>> = {
    raised: ["resumed", "loaded"],
    saved: ["raised"],
    decided: ["saved", "decided", "idle"],
    idle: ["saved", "decided"],
    loaded: ["saved", "decided"],
    resumed: ["loaded"],
  };
  const phases = walk(session, "forward", 400).map(({ phase }) => phase);
  for (let at = phases.indexOf("raised") + 1; at < phases.length; at++) {
    expect(before[phases[at]], `${at}: ${phases[at]}`).toContain(phases[at - 1]);
  }
});
