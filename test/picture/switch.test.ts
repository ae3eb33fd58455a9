// A context switch, slowly: pass by pass the picture says what has happened and where the registers are, and that is
// what the machine's own records say.

import { describe, expect, test } from "vitest";
import * as L from "../../assembly/layout.ts";
import { History, Session } from "../../host/index.ts";
import { PHASES, type SwitchPicture, takeSwitch } from "../../host/picture/switch.ts";
import { startExample } from "../examples/run.ts";
import { sourceOfHistory } from "./machines.ts";

const take = (session: Session) => takeSwitch(sourceOfHistory(session.history), null, true);

/** Pictures of the passes from a trap up to where the next instruction has been executed. */
function walk(session: Session, most = 24): SwitchPicture[] {
  const pictures: SwitchPicture[] = [];
  for (let pass = 0; pass < most; pass++) {
    session.perform({ kind: "nextPass" });
    pictures.push(take(session));
    if (pictures[pass].phase === "resumed" && pass > 1) break;
  }
  return pictures;
}

async function sessionAt(id: string, instructions: number, configuration = {}): Promise<Session> {
  const { machine } = await startExample(id, { configuration });
  const history = History.create(machine);
  history.run({ maxInstructions: instructions });
  return new Session(history);
}

describe("pass by pass", () => {
  test.each(["preempt", "pipe", "workshop", "tailgrep"])(
    "phases come in their order, and going back takes them away, in %s",
    async (id) => {
      const session = await sessionAt(id, 3000);
      for (let round = 0; round < 6; round++) {
        session.perform({ kind: "nextTrap", pid: 0 });
        const begin = session.now;
        const first = take(session);
        const pictures = walk(session);
        const order = pictures.map(({ phase }) => PHASES.indexOf(phase));
        expect(first.phase).toBe("raised");
        expect(order.filter((phase, at) => at > 0 && phase < order[at - 1] && phase !== 2)).toEqual([]);
        const end = session.now;
        session.perform({ kind: "goTo", moment: begin });
        expect(take(session).steps.filter(({ isDone }) => isDone)).toEqual(
          first.steps.filter(({ isDone }) => isDone),
        );
        // What was to come is known now.
        expect(take(session).steps.length).toBeGreaterThanOrEqual(first.steps.length);
        session.perform({ kind: "goTo", moment: end });
      }
    },
  );

  test("saved registers are in the PCB of who left, loaded ones in the hart, and both as the events say", async () => {
    const session = await sessionAt("preempt", 2000);
    session.perform({ kind: "nextSwitch" });
    session.perform({ kind: "nextTrap", pid: 0 });
    const raised = take(session);
    expect(raised.mode).toBe("raised");
    session.perform({ kind: "nextPhase" });
    const saved = take(session);
    expect(Array.from(saved.from!.registers)).toEqual(Array.from(raised.held!));
    expect(Array.from(saved.from!.registers)).not.toEqual(Array.from(raised.from!.registers));
    expect(saved.held).toBeNull();
    expect(saved.mode).toBe("trap");
    const trap = session.history.events.at(saved.steps.find(({ phase }) => phase === "raised")!.number)!;
    expect(saved.from).toMatchObject({ pid: trap.pid });
    expect(saved.from!.registers[0]).toBe(trap.b);
    const loaded = walk(session).find(({ phase }) => phase === "loaded")!;
    expect(Array.from(loaded.held!)).toEqual(Array.from(loaded.to!.registers));
    expect(loaded.cause).toMatch(/timer|system call/);
  });

  test("a system call is told with its arguments, and what came of it", async () => {
    const session = await sessionAt("pipe", 10);
    session.perform({ kind: "nextCall", pid: 0, name: "pipe2" });
    const begun = take(session);
    expect(begun.call?.text).toMatch(/^pipe2\(/);
    const outcomes = walk(session).map(({ call }) => call?.outcome);
    expect(outcomes).toContain("returns 0");
    session.perform({ kind: "nextEvent", types: [L.EVENT_STATE], pid: 0 });
  });

  test("looking changes nothing", async () => {
    const session = await sessionAt("tailgrep", 4000);
    for (let pass = 0; pass < 30; pass++) {
      session.perform({ kind: "nextPass" });
      const before = session.machine.stateHash();
      take(session);
      expect(session.machine.stateHash()).toBe(before);
    }
  });
});
