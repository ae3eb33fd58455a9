// What a system call was given and what came of it, where a0 is one of them only; and processes that had a pid before.

import { expect, test } from "vitest";
import { EVENT_CREATE } from "../../assembly/layout.ts";
import { evaluate, numberOf } from "../../host/index.ts";
import { program } from "../harness/program.ts";
import { sessionOf } from "./sessions.ts";

test("where a call is caught its arguments and its result are told apart", async () => {
  // read(9, 0x2000, 7) of a descriptor that there is not.
  const source = "li a0, 9\n li a1, 0x2000\n li a2, 7\n li a7, 63\n ecall\n nop\n nop\n li a7, 93\n ecall";
  const session = await sessionOf(program(source));
  const value = (text: string) => numberOf(evaluate(text, session.process(1)));
  expect(() => value("$result")).toThrow(/no system call/);
  session.addBreakpoint({ kind: "catchpoint", event: "call", condition: "$arg0 == 9 && $arg2 == 7" });
  expect(session.perform({ kind: "continue" }).reason).toBe("event");
  expect([value("$arg0"), value("$arg1"), value("$arg2"), value("$result")]).toEqual([9, 0x2000, 7, -9]);
  session.perform({ kind: "step" });
  session.perform({ kind: "step" });
  expect(value("$arg0")).toBe(9);
  expect(() => value("$arg2")).toThrow(/run on/);
});

/** Makes children that end at once, more than there are pids, and then one that counts. */
const PIDS = 32_768;
const REUSE = program(`
    li s0, ${PIDS - 1}
1:  li a0, 17
    li a1, 0
    li a7, 220
    ecall
    beqz a0, end
    li a0, 0
    li a1, -1
    li a2, 0
    li a3, 4
    li a4, 0
    li a7, 95
    ecall
    addi s0, s0, -1
    bnez s0, 1b
    li a0, 17
    li a1, 0
    li a7, 220
    ecall
    beqz a0, count
2:  li a7, 124
    ecall
    j 2b
count: addi s1, s1, 1
    addi s1, s1, 1
    addi s1, s1, 1
    addi s1, s1, 1
    j count
end: li a0, 0
    li a7, 93
    ecall`);

test("steps back of a process stay in its life, though another one had its pid before", async () => {
  const session = await sessionOf(REUSE, { quantum: 100_000 });
  const { history } = session;
  history.run({ maxInstructions: 30 * PIDS });
  const { pid } = session.machine.processes().at(-1)!;
  const births = history.events
    .read()
    .flatMap((one, index) =>
      one.type === EVENT_CREATE && one.pid === pid ? [history.events.first + index] : [],
    );
  expect(births).toHaveLength(2);
  session.perform({ kind: "goToEvent", event: births[1] });
  const { birth } = session.process(pid);
  for (let steps = 1; steps <= 3; steps++) session.perform({ kind: "step", pid });
  for (let left = session.process(pid).userTime - 1; left >= 0; left--) {
    expect(session.perform({ kind: "step", pid, direction: "back" }).reason).toBe("step");
    expect([session.process(pid).birth, session.process(pid).userTime]).toEqual([birth, left]);
  }
});
