// Locations, the symbols and lines of processes, and the code around an address.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { History } from "../../host/history/history.ts";
import { DebugError, Session } from "../../host/index.ts";
import { Machine } from "../../host/machine.ts";
import { core } from "../harness/machine.ts";
import { missing } from "../harness/tools.ts";
import { withFolder } from "../toolchain/gnu.ts";
import { compiled } from "./compiled.ts";
import { assembled, sessionOf, userland } from "./sessions.ts";

const SOURCE = `.globl _start
_start: addi sp, sp, -32
        li a0, 0x12345678
middle: nop
        li a7, 93
        ecall
        .data
value:  .word 7`;

const session = () => sessionOf(assembled(SOURCE));

test("a location is a symbol, a line, or an address by an expression", async () => {
  const one = await session();
  const [start] = one.resolve("_start");
  expect(one.process().pc).toBe(start);
  expect(one.resolve("*pc")).toEqual([start]);
  expect(one.resolve("*_start + 4")).toEqual([start! + 4]);
  expect(one.resolve("_start+4")).toEqual([start! + 4]);
  expect(one.resolve(`0x${start!.toString(16)}`)).toEqual([start]);
  expect(one.resolve("test.s:4")).toEqual(one.resolve("middle"));
  expect(one.resolve("4")).toEqual(one.resolve("middle"));
});

test("what is nowhere is refused with what may have been meant", async () => {
  const one = await session();
  expect(() => one.resolve("midle")).toThrow("did you mean middle?");
  expect(() => one.resolve("test.s:99")).toThrow("its sources are test.s");
  expect(() => one.resolve("1 2 3")).toThrow("FILE:LINE");
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (text) => {
      try {
        one.resolve(text);
      } catch (error) {
        if (!(error instanceof DebugError)) throw error;
      }
    }),
    { seed: 2, numRuns: 500 },
  );
});

test("data has its symbol, the stack has none", async () => {
  const one = await session();
  const { program, registers } = one.process();
  expect(program!.nameOf(one.resolve("value")[0]!)).toBe("value");
  expect(program!.nameOf(registers[2]!)).toBe("");
});

test("the window around an address holds it, with whole instructions on both sides", async () => {
  const one = await sessionOf(userland("tour"));
  const all = one.disassemble(1, { before: 0, after: 200 });
  for (const { address } of all.slice(20, 180)) {
    const window = one.disassemble(1, { address, before: 6, after: 3 });
    const at = all.findIndex((line) => line.address === address);
    expect(window.map((line) => line.address)).toEqual(all.slice(at - 6, at + 4).map((line) => line.address));
  }
});

test("where nothing is mapped there are no instructions", async () => {
  expect((await session()).disassemble(1, { address: 0x40000000 })).toEqual([]);
});

test("a breakpoint finds its place in the past of a process that ended before the session began", async () => {
  const machine = await Machine.create({ memory: 64 * 1024 * 1024, core });
  const program = assembled(SOURCE);
  machine.writeFile("/program", program, 0o755);
  machine.start("/program", ["program"]);
  const history = History.create(machine);
  history.run();
  const late = new Session(history);
  late.know("/program");
  late.know("/nowhere");
  const { places } = late.addBreakpoint({ kind: "breakpoint", location: "middle" });
  expect(places.map(({ symbol }) => symbol)).toEqual(["middle"]);
  late.begin({ kind: "continue", direction: "back" });
  while (late.advance()?.reason !== "breakpoint");
  expect(late.process().pc).toBe(places[0]!.address);
});

describe.skipIf(missing("riscv64-unknown-elf-gcc", "gdb-multiarch"))("as gdb says", () => {
  const C = `int twice(int x) { return 2 * x; }
int deep(int n)
{
  if (n == 0)
    return twice(n);
  return deep(n - 1) + 1;
}
int main(void)
{
  return deep(3) - 3;
}
`;

  test("lines stand at the same addresses", async () => {
    const executable = compiled(C, "-O0");
    const one = await sessionOf(executable);
    const lines = [1, 3, 4, 5, 6, 7, 9, 10, 11];
    const said = withFolder((folder) => {
      writeFileSync(join(folder, "a.elf"), executable);
      const commands = lines.flatMap((line) => ["-ex", `info line test.c:${line}`]);
      const arguments_ = ["-nx", "-batch", "-ex", "set architecture riscv:rv32", ...commands, "a.elf"];
      return execFileSync("gdb-multiarch", arguments_, { cwd: folder, encoding: "utf8", stdio: "pipe" });
    });
    const addresses = [...said.matchAll(/starts at address (0x[0-9a-f]+)/g)].map((match) => Number(match[1]));
    expect(lines.map((line) => one.resolve(`test.c:${line}`)[0])).toEqual(addresses);
  });
});
