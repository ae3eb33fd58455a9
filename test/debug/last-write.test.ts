// Who wrote this: also where it was no instruction of the process itself.

import { describe, expect, test } from "vitest";
import type { Session } from "../../host/index.ts";
import { EXIT, FORK, WAIT } from "./programs.ts";
import { assembled, sessionOf } from "./sessions.ts";

const VFORK = "li a0, 0x4111\nli a1, 0\nli a7, 220\necall\n";
/** mmap(0, 4096, READ | WRITE, SHARED | ANONYMOUS, -1, 0) */
const SHARE = "li a0, 0\nli a1, 4096\nli a2, 3\nli a3, 33\nli a4, -1\nli a5, 0\nli a7, 222\necall\n";

async function at(label: string, source: string): Promise<Session> {
  const session = await sessionOf(assembled(`.globl _start\n_start: ${source}\n.data\nword: .word 1\n`));
  session.addBreakpoint({ kind: "breakpoint", location: label });
  expect(session.perform({ kind: "continue" }).reason).toBe("breakpoint");
  return session;
}

/** By what the word or a register was written last, where, and of which process. */
function writer(session: Session, target: "word" | number): string {
  const pid = session.focus;
  const { now } = session;
  const [address] = session.resolve("word");
  const found = session.lastWrite(
    typeof target === "number" ? { pid, register: target } : { pid, address: address!, length: 4 },
  );
  expect(session.now).toEqual(now);
  return found === null ? "nobody" : `${found.by} ${found.pid} ${found.symbol}`;
}

describe("the last write", () => {
  const DONE = "nop\ndone: nop\n";

  test("to a0 is the call that returned, to others an instruction", async () => {
    const session = await at("done", `li a0, 5\nset: li s0, 6\nli a7, 172\ncall: ecall\n${DONE}${EXIT}`);
    expect([writer(session, 10), writer(session, 8)]).toEqual(["call 1 call", "instruction 1 set"]);
    expect(writer(session, 20)).toBe("nobody");
  });

  test("of what a child was born with is its parent's, and the fork itself for a0", async () => {
    const source = `nop\nset: li s0, 6\nla t0, word\nstore: sw s0, 0(t0)\nli a0, 17\nli a1, 0\nli a7, 220\nbirth: ecall
      bnez a0, parent\nnop\ndone: nop\n${EXIT}parent: la t0, word\nsw zero, 0(t0)\nli s0, 7\n${WAIT}${EXIT}`;
    const session = await at("done", source);
    expect(session.focus).toBe(2);
    expect(writer(session, "word")).toBe("instruction 1 store");
    expect(writer(session, 8)).toBe("instruction 1 set");
    expect(writer(session, 10)).toBe("fork 1 birth");
  });

  test("by a child of vfork is seen by its parent", async () => {
    const source = `${VFORK}bnez a0, done\nla t0, word\nlent: sw t0, 0(t0)\n${EXIT}done: nop\n${EXIT}`;
    const session = await at("done", source);
    expect(session.focus).toBe(1);
    expect(writer(session, "word")).toBe("instruction 2 lent");
  });

  test("by a process of its own to the same address is none", async () => {
    const source = `la t0, word\nmine: sw t0, 0(t0)\n${FORK}bnez a0, wait\nla t0, word\nsw zero, 0(t0)\n${EXIT}wait: ${WAIT}done: nop\n${EXIT}`;
    expect(writer(await at("done", source), "word")).toBe("instruction 1 mine");
  });

  test("to memory that is shared may be another's", async () => {
    const source = `${SHARE}mv s0, a0\nsw s0, 0(s0)\n${FORK}bnez a0, wait\ntheirs: sw zero, 0(s0)\n${EXIT}wait: ${WAIT}done: nop\n${EXIT}`;
    const session = await at("done", source);
    const address = session.process(1).register(8);
    const found = session.lastWrite({ pid: 1, address, length: 4 })!;
    expect([found.by, found.pid, found.symbol]).toEqual(["instruction", 2, "theirs"]);
  });

  test("by the start of a program is that, and by a person theirs", async () => {
    const path = "/bin/other";
    const other = assembled(".globl _start\n_start: nop\nthere: nop\nj there\n.data\nword: .word 3\n");
    const source = `la t0, path\nli s0, 9\nmv a0, t0\nli a1, 0\nli a2, 0\nli a7, 221\necall\n.data\npath: .asciz "${path}"\nword: .word 1`;
    const session = await sessionOf(assembled(`.globl _start\n_start: ${source}`), {}, { [path]: other });
    session.addBreakpoint({ kind: "breakpoint", location: "there" });
    session.perform({ kind: "continue" });
    expect([writer(session, 8), writer(session, "word")]).toEqual(["exec 1 _start", "exec 1 _start"]);
    session.setRegister(8, 4);
    session.writeMemory(session.resolve("word")[0]!, Uint8Array.of(7));
    session.perform({ kind: "step" });
    expect([writer(session, 8), writer(session, "word")]).toEqual(["outside 1 there", "outside 1 there"]);
  });
});
