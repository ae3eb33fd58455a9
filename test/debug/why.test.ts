// The answers to "why": each on a small machine in which just that is the case.

import { describe, expect, test } from "vitest";
import { EVENT_EXIT, EVENT_STATE } from "../../assembly/layout.ts";
import { DebugError, type Session } from "../../host/index.ts";
import { assembled, sessionOf } from "./sessions.ts";

/** `child` and `parent` are what the two processes do after a fork; the pipe's ends are in s0 (read) and s1 (write). */
async function family(child: string, parent: string, harts = 1): Promise<Session> {
  const source = `
        .globl _start
_start: addi sp, sp, -64
        mv a0, sp
        li a1, 0
        li a7, 59
        ecall
        lw s0, 0(sp)
        lw s1, 4(sp)
        li a0, 17
        li a1, 0
        li a7, 220
        ecall
        bnez a0, parent
child:  ${child}
        li a0, 4
        li a7, 93
        ecall
parent: mv s2, a0
        ${parent}
        li a0, 0
        li a7, 93
        ecall`;
  return sessionOf(assembled(source), { harts, quantum: 500 });
}

const READ = "mv a0, s0\nmv a1, sp\nli a2, 4\nli a7, 63\necall";
const WRITE = "mv a0, s1\nmv a1, sp\nli a2, 4\nli a7, 64\necall";
const CLOSE_WRITE = "mv a0, s1\nli a7, 57\necall";
const WAIT = "li a0, 0\nli a1, 0\naddi a2, sp, 16\nli a3, 4\nli a4, 0\nli a7, 95\necall";
const SPIN = "li t0, 3000\n1: addi t0, t0, -1\nbnez t0, 1b";
const DIVE = "j .";
const KILL_CHILD = "mv a0, s2\nli a1, 15\nli a7, 129\necall";

describe("blocked", () => {
  test("a reader of an empty pipe names who holds its write end", async () => {
    const session = await family(READ, `${SPIN}\n${DIVE}`);
    session.perform({ kind: "stepMachine", count: 2000 });
    const answer = session.why(2);
    expect(answer).toMatchObject({ state: "blocked", waiting: { holders: [1, 2], end: "its write end" } });
    expect(answer.sentence).toMatch(
      /^blocked in read\(\d+, 0x[0-9a-f]+, 4\): it waits for bytes in pipe \d+, which is empty; pids 1 and 2 hold/,
    );
  });

  test("a writer to a full pipe names how full it is and who could read", async () => {
    const session = await family(`2: ${WRITE}\nj 2b`, DIVE);
    session.perform({ kind: "nextCall", pid: 2, name: "write" });
    session.perform({ kind: "stepMachine", count: 3_000_000 });
    expect(session.why(2).sentence).toMatch(
      /room in pipe \d+, which holds 65536 of 65536 bytes; .* its read end$/,
    );
  });

  test("a parent names its children", async () => {
    const session = await family(DIVE, WAIT);
    session.perform({ kind: "stepMachine", count: 500 });
    expect(session.why(1).sentence).toMatch(/^blocked in waitid.*the end of a child; pid 2 can end that$/);
  });
});

describe("ready or running", () => {
  test("a reader that was woken names who wrote, and rests on its events", async () => {
    const session = await family(READ, `${SPIN}\n${WRITE}\n${DIVE}`);
    session.perform({ kind: "nextCall", pid: 1, name: "write" });
    session.perform({ kind: "nextPass" });
    const answer = session.why(2);
    expect(answer.woken).toEqual({ by: 1, call: "write" });
    expect(answer.sentence).toMatch(/it waited for bytes in pipe \d+, and was woken by pid 1 in write/);
    const types = answer.events.map((number) => session.history.events.at(number)!.type);
    expect(types).toContain(EVENT_STATE);
    expect([...answer.events].sort((a, b) => a - b)).toEqual(answer.events);
  });

  test("a new process names its parent", async () => {
    const session = await family(DIVE, DIVE);
    session.perform({ kind: "nextCall", pid: 1, name: "clone" });
    session.perform({ kind: "stepMachine", count: 2 });
    expect(session.why(2).sentence).toBe("ready: pid 1 created it");
  });

  test("the running one says why it was picked", async () => {
    const session = await family(DIVE, DIVE);
    session.perform({ kind: "stepMachine", count: 100 });
    expect(session.why(1).sentence).toMatch(/^running on hart 0: picked because /);
  });
});

describe("ended", () => {
  test("by exit, with its status, and who has not waited for it", async () => {
    const session = await family("nop", `${SPIN}\n${DIVE}`);
    session.perform({ kind: "nextEvent", types: [EVENT_EXIT], pid: 2 });
    const answer = session.why(2);
    expect(answer).toMatchObject({ state: "zombie", ended: { status: 0x400, signal: "", sender: 0 } });
    expect(answer.sentence).toBe("ended: exited with status 4; pid 1 has not waited for it yet");
  });

  test("by a signal, with its sender", async () => {
    const session = await family(DIVE, `${KILL_CHILD}\n${WAIT}\n${DIVE}`);
    session.perform({ kind: "stepMachine", count: 2_000_000 });
    expect(session.why(2)).toMatchObject({
      state: "gone",
      sentence: "ended: killed by SIGTERM; pid 1 sent it; pid 1 has waited for it",
      ended: { signal: "SIGTERM", sender: 1 },
    });
  });

  test("by a fault the kernel sent the signal", async () => {
    const session = await family("lw t0, 0(zero)", `${CLOSE_WRITE}\n${DIVE}`);
    session.perform({ kind: "nextEvent", types: [EVENT_EXIT], pid: 2 });
    expect(session.why(2).sentence).toContain("killed by SIGSEGV; the kernel sent it");
  });

  test("a pid that nobody had is refused", async () => {
    const session = await family(DIVE, DIVE);
    expect(() => session.why(77)).toThrow(DebugError);
  });
});
