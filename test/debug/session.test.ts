// Movements of a session, each on a tiny program: one fact a test.

import { describe, expect, test } from "vitest";
import { EVENT_CREATE } from "../../assembly/layout.ts";
import { DebugError, type Session, type Stop } from "../../host/index.ts";
import { FORK, WAIT } from "./programs.ts";
import { allStops, assembled, placeOf, sessionOf, userland } from "./sessions.ts";

const EXIT = "li a7, 93\necall\n";

/** Five calls of `work`, each adding s0 to counter. */
const LOOP = `
        .globl  _start
_start: li      s0, 5
        la      s1, counter
loop:   jal     work
        addi    s0, s0, -1
        bnez    s0, loop
done:   li      a0, 0
        li      a7, 93
        ecall
work:   addi    sp, sp, -16
        sw      ra, 12(sp)
        lw      t0, 0(s1)
        add     t0, t0, s0
store:  sw      t0, 0(s1)
        lw      ra, 12(sp)
        addi    sp, sp, 16
        ret
        .data
counter: .word  0
`;

const loopSession = () => sessionOf(assembled(LOOP));

function counter(session: Session): number {
  return session.evaluate("*counter").bits;
}

function refusal(action: () => unknown): DebugError {
  try {
    action();
  } catch (error) {
    if (error instanceof DebugError) return error;
    throw error;
  }
  throw new Error("it is not refused");
}

describe("breakpoints", () => {
  test("a symbol stops each time the program comes there, in either direction", async () => {
    const session = await loopSession();
    session.addBreakpoint({ kind: "breakpoint", location: "work" });
    const forward = allStops(session, "forward");
    expect(forward.map((stop) => placeOf(session, stop) || stop.pc)).toHaveLength(5);
    const back = allStops(session, "back");
    expect(back.map(({ moment }) => moment)).toEqual(forward.map(({ moment }) => moment).reverse());
  });

  test("a condition is looked at where the program stands", async () => {
    const session = await loopSession();
    session.addBreakpoint({ kind: "breakpoint", location: "work", condition: "s0 == 2 || s0 == 4" });
    expect(allStops(session, "forward").map(() => 0)).toHaveLength(2);
    session.perform({ kind: "continue", direction: "back" });
    expect(session.evaluate("s0").bits).toBe(2);
    session.perform({ kind: "continue", direction: "back" });
    expect(session.evaluate("s0").bits).toBe(4);
  });

  test("so many hits pass as are to be ignored, in either direction", async () => {
    const session = await loopSession();
    const { number } = session.addBreakpoint({ kind: "breakpoint", location: "work", ignore: 3 });
    session.perform({ kind: "continue" });
    expect(session.evaluate("s0").bits).toBe(2);
    allStops(session, "forward");
    session.ignoreHits(number, 3);
    session.perform({ kind: "continue", direction: "back" });
    expect(session.evaluate("s0").bits).toBe(4);
  });

  test("a line stops at its first instruction", async () => {
    const session = await loopSession();
    session.addBreakpoint({ kind: "breakpoint", location: "test.s:15" });
    const stop = session.perform({ kind: "continue" });
    expect(placeOf(session, stop)).toBe("store");
  });

  test("a temporary one stops once", async () => {
    const session = await loopSession();
    session.addBreakpoint({ kind: "breakpoint", location: "work", temporary: true });
    expect(session.perform({ kind: "continue" }).reason).toBe("breakpoint");
    expect(session.perform({ kind: "continue" }).reason).toBe("ended");
  });

  test("one that logs says its text and does not stop", async () => {
    const session = await loopSession();
    const texts: string[] = [];
    session.onLog(({ text }) => texts.push(text));
    session.addBreakpoint({ kind: "breakpoint", location: "work", log: "s0 is {s0}, {*counter} so far" });
    expect(session.perform({ kind: "continue" }).reason).toBe("ended");
    expect(texts.slice(0, 2)).toEqual(["s0 is 5, 0 so far", "s0 is 4, 5 so far"]);
  });

  test("one that is disabled or deleted does not stop", async () => {
    const session = await loopSession();
    const { number } = session.addBreakpoint({ kind: "breakpoint", location: "work" });
    session.enableBreakpoint(number, false);
    expect(session.perform({ kind: "continue" }).reason).toBe("ended");
    session.enableBreakpoint(number, true);
    session.removeBreakpoint(number);
    session.perform({ kind: "goTo", moment: session.history.start });
    expect(session.perform({ kind: "continue" }).reason).toBe("ended");
    expect(refusal(() => session.removeBreakpoint(number)).code).toBe("no-breakpoint");
  });

  test("a condition without a value stops and says so", async () => {
    const session = await loopSession();
    session.addBreakpoint({ kind: "breakpoint", location: "work", condition: "*0 == 1" });
    expect(session.perform({ kind: "continue" }).problem).toContain("no memory at 0x0");
  });

  test("one by symbol stands in each program that has the symbol, once it is started", async () => {
    const child = assembled(`.globl _start\n_start: nop\nspot: nop\nli a0, 0\n${EXIT}`);
    const parent = assembled(`
        .globl _start
_start: la a0, path
        sw zero, -8(sp)
        addi a1, sp, -8
        addi a2, sp, -8
        li a7, 221
        ecall
        li a0, 1
        ${EXIT}
path:   .asciz "/bin/child"`);
    const session = await sessionOf(parent, {}, { "/bin/child": child });
    const { places } = session.addBreakpoint({ kind: "breakpoint", location: "spot" });
    expect(places).toEqual([]);
    const stop = session.perform({ kind: "continue" });
    expect([stop.reason, placeOf(session, stop)]).toEqual(["breakpoint", "spot"]);
    expect(session.breakpoints[0]!.places.map(({ program }) => program)).toEqual(["/bin/child"]);
  });
});

describe("watchpoints", () => {
  test("a change stops behind the instruction forward, with both values", async () => {
    const session = await loopSession();
    session.addBreakpoint({ kind: "watchpoint", access: "change", target: "counter" });
    const stop = session.perform({ kind: "continue" });
    expect(stop.access).toMatchObject({
      kind: "write",
      before: Uint8Array.of(0, 0, 0, 0),
      after: Uint8Array.of(5, 0, 0, 0),
    });
    expect(session.process(1).program!.nameOf(stop.access!.pc)).toBe("store");
    expect(counter(session)).toBe(5);
  });

  test("and before it backward", async () => {
    const session = await loopSession();
    session.addBreakpoint({ kind: "watchpoint", access: "change", target: "counter" });
    allStops(session, "forward");
    const stop = session.perform({ kind: "continue", direction: "back" });
    expect([placeOf(session, stop), counter(session)]).toEqual(["store", 14]);
    session.perform({ kind: "continue", direction: "back" });
    expect(counter(session)).toBe(12);
  });

  test("a write of the same value is no change, but a write", async () => {
    const source = `.globl _start\n_start: la s1, x\nli a0, 3\nsw zero, 0(s1)\nsw a0, 0(s1)\nsw a0, 0(s1)\n${EXIT}.data\nx: .word 0`;
    for (const [access, count] of [
      ["change", 1],
      ["write", 3],
    ] as const) {
      const session = await sessionOf(assembled(source));
      session.addBreakpoint({ kind: "watchpoint", access, target: "x" });
      expect(allStops(session, "forward"), access).toHaveLength(count);
      expect(allStops(session, "back"), access).toHaveLength(count);
    }
  });

  test("a read is seen, and a register's change", async () => {
    const session = await loopSession();
    session.addBreakpoint({ kind: "watchpoint", access: "read", target: "counter" });
    const { access } = session.perform({ kind: "continue" });
    expect(access?.kind).toBe("read");
    session.clearBreakpoints();
    session.addBreakpoint({ kind: "watchpoint", access: "change", target: "$s0", pid: 1 });
    expect(session.perform({ kind: "continue" }).access).toMatchObject({
      kind: "register",
      before: Uint8Array.of(5, 0, 0, 0),
      after: Uint8Array.of(4, 0, 0, 0),
    });
  });

  test("what a system call reads and writes is told of those that watch it, and of no others", async () => {
    const source = `
      .globl _start
_start: li a0, 1\nla a1, one\nli a2, 0\nli a7, 64\necall    # write(1, one, 0)
      li a0, -100\nla a1, two\nli a2, 0\nli a3, 0\nli a7, 56\necall # openat reads the path
      li a0, 0\nla a1, one\nli a7, 403\necall # clock_gettime64 writes
      li a7, 94\necall
      .data
one:  .word 0, 0, 0, 0\ntwo: .asciz "/x"\nthree: .word 0`;
    const session = await sessionOf(assembled(source));
    const [one, two] = [...session.resolve("one"), ...session.resolve("two")];
    const watch = (target: string, access: "read" | "write" | "change" | "access") =>
      session.addBreakpoint({ kind: "watchpoint", access, target });
    watch("three", "change");
    watch("two", "change");
    const reads = watch("two", "read");
    watch("one", "read");
    const writes = watch("one + 8", "change");
    for (const direction of ["forward", "back"] as const) {
      const stops = allStops(session, direction).map(({ breakpoint, access }) => [
        breakpoint,
        access!.kind,
        access!.address,
      ]);
      const expected = [
        [reads.number, "read", two],
        [writes.number, "write", one! + 8],
      ];
      expect(stops).toEqual(direction === "forward" ? expected : expected.reverse());
    }
  });

  test("what a system call writes is seen", async () => {
    const source = `.globl _start\n_start: la a0, pair\nli a1, 0\nli a7, 59\necall\nli a0, 0\n${EXIT}.data\npair: .word 9, 9`;
    const session = await sessionOf(assembled(source));
    session.addBreakpoint({ kind: "watchpoint", access: "write", target: "pair" });
    expect(session.perform({ kind: "continue" }).reason).toBe("watchpoint");
    expect(session.evaluate("*pair").bits).toBe(3);
    const stop = session.perform({ kind: "continue", direction: "back" });
    expect(stop.reason).toBe("start");
  });
});

describe("catchpoints", () => {
  test("each kind of event stops", async () => {
    const session = await sessionOf(userland("tree"));
    session.addBreakpoint({ kind: "catchpoint", event: "fork" });
    const stop = session.perform({ kind: "continue" });
    expect([stop.reason, stop.event?.type]).toEqual(["event", EVENT_CREATE]);
  });

  test("system calls are caught by name", async () => {
    const session = await sessionOf(userland("tree"));
    session.addBreakpoint({ kind: "catchpoint", event: "call", names: ["clone"] });
    const stops = allStops(session, "forward");
    expect(new Set(stops.map((stop) => stop.event!.a))).toEqual(new Set([220]));
    expect(allStops(session, "back").map(({ event }) => event!.number)).toEqual(
      stops.map(({ event }) => event!.number).reverse(),
    );
    expect(
      refusal(() => session.addBreakpoint({ kind: "catchpoint", event: "call", names: ["colne"] })).message,
    ).toContain("did you mean clone?");
  });
});

describe("steps", () => {
  test("over a call goes to behind it, and back to it", async () => {
    const session = await loopSession();
    session.perform({ kind: "runTo", location: "loop" });
    const { moment } = session.perform({ kind: "stepOver" });
    expect(counter(session)).toBe(5);
    expect(session.process(1).program!.lineOf(session.process(1).pc)?.line).toBe(6);
    session.perform({ kind: "stepOver", direction: "back" });
    expect([counter(session), placeOf(session, { pid: 1, pc: session.process(1).pc } as Stop)]).toEqual([
      0,
      "loop",
    ]);
    expect(session.perform({ kind: "stepOver" }).moment).toEqual(moment);
  });

  test("out of a function goes behind its call, back to the call", async () => {
    const session = await loopSession();
    session.perform({ kind: "runTo", location: "store" });
    expect(session.perform({ kind: "stepOut" }).reason).toBe("location");
    expect(session.process(1).program!.lineOf(session.process(1).pc)?.line).toBe(6);
    session.perform({ kind: "runTo", location: "store", direction: "back" });
    const stop = session.perform({ kind: "stepOut", direction: "back" });
    expect(placeOf(session, stop)).toBe("loop");
  });

  test("out of the outermost frame there is nothing", async () => {
    const session = await loopSession();
    expect(refusal(() => session.perform({ kind: "stepOut" })).code).toBe("no-frame");
  });

  test("a line may go into a call or over it", async () => {
    const session = await loopSession();
    session.perform({ kind: "runTo", location: "loop" });
    session.perform({ kind: "stepLine" });
    expect(session.process(1).program!.lineName(session.process(1).pc)).toBe("test.s:6");
    session.perform({ kind: "stepLine", direction: "back" });
    expect(session.process(1).program!.lineName(session.process(1).pc)).toBe("test.s:5");
  });

  test("back from the start says so", async () => {
    const session = await loopSession();
    expect(session.perform({ kind: "step", direction: "back" }).reason).toBe("start");
    expect(session.perform({ kind: "stepMachine", direction: "back" }).reason).toBe("start");
    expect(session.perform({ kind: "nextPass", direction: "back" }).reason).toBe("start");
  });

  test.each(["stepOver", "stepOut", "stepLine"] as const)(
    "%s ends where the process executes another program or ends",
    async (kind) => {
      const path = "/bin/other";
      const leaving = (rest: string) => `call: jal leave\nnop\n${EXIT}leave: ${rest}`;
      const other = assembled(`.globl _start\n_start: nop\n${leaving(`li a0, 3\n${EXIT}`)}`);
      const exec = `la a0, path\nli a1, 0\nli a2, 0\nli a7, 221\necall\n.data\npath: .asciz "${path}"`;
      const forking = `.globl _start\n_start: ${FORK}beqz a0, child\n${WAIT}${EXIT}child: nop\n${leaving(exec)}`;
      const session = await sessionOf(assembled(forking), {}, { [path]: other });
      session.addBreakpoint({ kind: "breakpoint", location: "child", temporary: true });
      session.perform({ kind: "continue" });
      const go = () => {
        session.perform({ kind: "runTo", location: kind === "stepOut" ? "leave" : "call" });
        return session.perform({ kind });
      };
      const stop = go();
      expect([stop.reason, session.process().program!.path, placeOf(session, stop)]).toEqual([
        "step",
        path,
        "_start",
      ]);
      const end = go();
      expect([end.reason, end.pid, end.status]).toEqual(["process-ended", 2, 3 << 8]);
    },
  );

  test("a process that has ended cannot be stepped", async () => {
    const session = await loopSession();
    session.perform({ kind: "continue" });
    expect(refusal(() => session.perform({ kind: "step" })).code).toBe("no-program");
    expect(session.perform({ kind: "step", direction: "back" }).reason).toBe("step");
  });

  test("the last write to memory and to a register is found", async () => {
    const session = await loopSession();
    session.perform({ kind: "runTo", location: "done" });
    const { now } = session;
    const address = session.resolve("counter")[0]!;
    const memory = session.lastWrite({ pid: 1, address, length: 4 })!;
    expect(memory.symbol).toBe("store");
    expect(session.now).toEqual(now);
    session.perform({ kind: "goTo", moment: memory.moment });
    expect(counter(session)).toBe(14);
    expect(session.lastWrite({ pid: 1, register: 9 })!.symbol).toBe("_start+0x6");
    expect(session.lastWrite({ pid: 1, register: 20 })).toBeNull();
  });
});

test("an interrupted movement leaves a moment to go on from", async () => {
  const session = await sessionOf(assembled(".globl _start\n_start: j _start"));
  let slices = 0;
  session.begin({ kind: "continue" });
  expect(refusal(() => session.begin({ kind: "continue" })).code).toBe("busy");
  expect(session.advance({ pauseWhen: () => ++slices > 3 })).toBeNull();
  const stop = session.interrupt();
  expect(stop.reason).toBe("paused");
  const hash = session.machine.stateHash();
  session.perform({ kind: "stepMachine", count: 10 });
  session.perform({ kind: "stepMachine", count: 10, direction: "back" });
  expect(session.machine.stateHash()).toBe(hash);
});

test.each(["forward", "back"] as const)(
  "a movement %s from hit to hit can be paused at each",
  async (direction) => {
    const session = await sessionOf(
      assembled(`.globl _start\n_start: li s0, 500\nloop: addi s0, s0, -1\nbnez s0, loop\n${EXIT}`),
    );
    if (direction === "back") session.perform({ kind: "stepMachine", count: 900 });
    session.addBreakpoint({ kind: "breakpoint", location: "loop", condition: "s0 == 0" });
    session.begin({ kind: "continue", direction });
    let slices = 1;
    while (session.advance({ pauseWhen: () => true }) === null) slices++;
    expect(slices).toBeGreaterThan(400);
  },
);

test("a breakpoint where a movement was interrupted is still met", async () => {
  const source = `.globl _start\n_start: li a7, 172\necall\nspot: nop\n${EXIT}`;
  const session = await sessionOf(assembled(source));
  session.addBreakpoint({ kind: "breakpoint", location: "spot" });
  session.begin({ kind: "continue" });
  const [spot] = session.resolve("spot");
  while (session.process(1).pc !== spot) expect(session.advance({ pauseWhen: () => true })).toBeNull();
  expect(session.interrupt().reason).toBe("paused");
  expect(session.perform({ kind: "continue" }).reason).toBe("breakpoint");
  expect(session.perform({ kind: "continue" }).reason).toBe("ended");
});

test("an unknown process is refused with those that there are", async () => {
  const session = await loopSession();
  expect(refusal(() => session.process(7)).message).toBe("there is no process 7; there are 1");
});
