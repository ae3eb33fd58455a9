// A breakpoint at a function stands where GDB puts it, in what GCC and Clang make of C; `*main` is exact.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Program } from "../../host/debug/program.ts";
import { missing } from "../harness/tools.ts";
import { withFolder } from "../toolchain/gnu.ts";
import { compiled } from "./compiled.ts";
import { assembled, sessionOf } from "./sessions.ts";

const SOURCE = `volatile int result;
struct pair { int a; int b; };
static int one(void) { return 1; }
static int square(int x)
{
  int y = x * x;
  return y;
}
int sum(int n, struct pair *p)
{
  int total = p->a;
  for (int i = 0; i < n; i++)
    total += square(i);
  return total;
}
int big(int n)
{
  char buffer[4000];
  for (int i = 0; i < n; i++) buffer[i] = i;
  return buffer[n / 2];
}
int many(int a, int b, int c, int d, int e, int f, int g, int h, int i)
{ return a + b * c - d + e * f - g + h * i; }
void nothing(void) {}
int loop(int n)
{
  while (n > 100)
    n -= one();
  return n;
}
int main(void)
{
  struct pair p = { 1, 2 };
  result = sum(4, &p) + big(30) + many(1, 2, 3, 4, 5, 6, 7, 8, 9) + loop(110);
  nothing();
  return 0;
}
`;

const FUNCTIONS = ["one", "square", "sum", "big", "many", "nothing", "loop", "main"];

/** Where GDB puts a breakpoint at each of the functions. */
function gdbChoices(executable: Uint8Array, functions: readonly string[]): Record<string, string> {
  return withFolder((folder) => {
    const file = join(folder, "a.elf");
    writeFileSync(file, executable);
    const commands = functions.flatMap((name) => [
      "-ex",
      `echo ${name}:`,
      "-ex",
      `break ${name}`,
      "-ex",
      `echo \\n`,
    ]);
    const output = execFileSync("gdb-multiarch", ["-nx", "-batch", ...commands, file], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const found = output.matchAll(/^(\w+):Breakpoint \d+ at (0x[0-9a-f]+)/gm);
    return Object.fromEntries([...found].map(([, name, address]) => [name, address]));
  });
}

/** Of the functions that were not all inlined. */
function ownChoices(executable: Uint8Array): Record<string, string> {
  const program = new Program("/a", executable);
  return Object.fromEntries(
    FUNCTIONS.flatMap((name) => {
      const address = program.addressOf(name);
      return address === undefined ? [] : [[name, `0x${program.bodyOf(address).toString(16)}`]];
    }),
  );
}

describe.skipIf(missing("riscv64-unknown-elf-gcc") || missing("gdb-multiarch"))("in C", () => {
  const compilers = missing("clang") ? (["gcc"] as const) : (["gcc", "clang"] as const);
  const levels = ["-O0", "-O1", "-O2"] as const;

  test.each(compilers.flatMap((compiler) => levels.map((level) => [compiler, level] as const)))(
    "a breakpoint stands where GDB puts it, by %s %s",
    (compiler, level) => {
      const executable = compiled(SOURCE, level, compiler);
      const own = ownChoices(executable);
      expect(Object.keys(own).length).toBeGreaterThan(4);
      expect(own).toEqual(gdbChoices(executable, Object.keys(own)));
    },
  );

  test("break main stands behind the prologue, break *main before it", async () => {
    const session = await sessionOf(compiled(SOURCE, "-O0"));
    const { address } = session.addBreakpoint({ kind: "breakpoint", location: "main" }).places[0];
    const entry = session.addBreakpoint({ kind: "breakpoint", location: "*main" }).places[0].address;
    expect(entry).toBe(session.process(1).program!.addressOf("main"));
    expect(address).toBeGreaterThan(entry);
    expect(session.perform({ kind: "continue" }).pc).toBe(entry);
    expect(session.perform({ kind: "continue" }).pc).toBe(address);
    expect(session.perform({ kind: "continue", direction: "back" }).pc).toBe(entry);
  });
});

test("in assembly a breakpoint at a symbol is exact", async () => {
  const source = `.globl _start\n_start:\n addi sp, sp, -16\n sw ra, 12(sp)\n li a0, 0\n li a7, 93\n ecall\n`;
  const session = await sessionOf(assembled(source));
  const { places } = session.addBreakpoint({ kind: "breakpoint", location: "_start" });
  expect(places[0].address).toBe(session.process(1).program!.addressOf("_start"));
});
