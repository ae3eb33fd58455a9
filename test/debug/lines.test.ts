// Stepping through source lines, on C as GCC compiles it and on assembly, forward and back.

import { beforeAll, describe, expect, test } from "vitest";
import type { Command, Session } from "../../host/index.ts";
import { missing } from "../harness/tools.ts";
import { compiled } from "./compiled.ts";
import { assembled, sessionOf } from "./sessions.ts";

const SOURCE = `static int square(int x)
{
  int y = x * x;
  return y;
}
static int sum(int n)
{
  int total = 0;
  for (int i = 0; i < n; i++)
    total += square(i);
  return total;
}
static int fact(int n)
{
  if (n < 2)
    return 1;
  return n * fact(n - 1);
}
volatile int result;
int main(void)
{
  int a = sum(2);
  int b = fact(4);
  for (int i = 0; i < 100; i++) result += i;
  result = a + b;
  return 0;
}
`;

const OVER: Command = { kind: "stepLine" };
const INTO: Command = { kind: "stepLine", into: true };
const BACK: Command = { kind: "stepLine", direction: "back" };
const BACK_INTO: Command = { kind: "stepLine", into: true, direction: "back" };

/** The lines that a number of steps come to. */
function linesOf(session: Session, command: Command, count: number): number[] {
  return Array.from({ length: count }, () => {
    const stop = session.perform(command);
    return session.process(stop.pid).program!.lineOf(stop.pc!)?.line ?? 0;
  });
}

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("in unoptimised C", () => {
  let executable: Uint8Array;
  beforeAll(() => {
    executable = compiled(SOURCE, "-O0");
  });

  /** At a line, or before the first instruction of a function. */
  async function at(location: string): Promise<Session> {
    const session = await sessionOf(executable);
    session.perform({ kind: "runTo", location: location.includes(":") ? location : `*${location}` });
    return session;
  }

  test("over calls and loops in one line", async () => {
    const session = await at("main");
    expect(linesOf(session, OVER, 6)).toEqual([22, 23, 24, 25, 26, 27]);
    expect(linesOf(session, BACK, 6)).toEqual([26, 25, 24, 23, 22, 21]);
  });

  test("into a call, behind its prologue", async () => {
    const session = await at("main");
    expect(linesOf(session, INTO, 9)).toEqual([22, 8, 9, 10, 3, 4, 5, 10, 9]);
    expect(session.backtrace().map((frame) => frame.function)).toEqual(["sum", "main", "_start"]);
  });

  test("back into a call from behind it", async () => {
    const session = await at("test.c:23");
    expect(linesOf(session, BACK_INTO, 6)).toEqual([22, 12, 11, 9, 10, 5]);
    expect(session.backtrace()[0]!.function).toBe("square");
  });

  test("in a recursion a step stays in its own frame", async () => {
    const session = await at("fact");
    expect(linesOf(session, OVER, 3)).toEqual([15, 17, 18]);
    expect(session.backtrace()).toHaveLength(3);
    expect(linesOf(session, BACK, 3)).toEqual([17, 15, 14]);
    expect(session.backtrace()).toHaveLength(3);
  });

  test("at the end of a function it goes to the caller", async () => {
    const session = await at("square");
    expect(linesOf(session, OVER, 4)).toEqual([3, 4, 5, 10]);
    expect(session.backtrace()[0]!.function).toBe("sum");
  });

  test("back from the first line of a function it goes to the line of the call", async () => {
    const session = await at("square");
    expect(linesOf(session, BACK, 1)).toEqual([10]);
    expect(session.backtrace()[0]!.function).toBe("sum");
  });

  test("breakpoints in what is gone over stop", async () => {
    const session = await at("test.c:22");
    session.addBreakpoint({ kind: "breakpoint", location: "square" });
    expect(session.perform(OVER).reason).toBe("breakpoint");
  });
});

test("in assembly a label that is called is a function", async () => {
  const source = `.globl _start
_start: jal work
        nop
        li a7, 93
        ecall
work:   nop
inside: nop
        ret`;
  const session = await sessionOf(assembled(source));
  expect(linesOf(session, INTO, 4)).toEqual([6, 7, 8, 3]);
  expect(linesOf(session, BACK, 1)).toEqual([2]);
  expect(linesOf(session, OVER, 1)).toEqual([3]);
});
