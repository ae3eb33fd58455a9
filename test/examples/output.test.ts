// What each example prints is kept in golden/, refreshed by `UPDATE_GOLDEN=1 npx vitest run test/examples`.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { EVENT_EXEC } from "../../assembly/layout.ts";
import { execName } from "../../host/trace/events.ts";
import { ROOT } from "../../scripts/steps.mjs";
import { missing } from "../harness/tools.ts";
import { withFolder } from "../toolchain/gnu.ts";
import { eventsOf, INDEX, runExample, sourceOf } from "./run.ts";

const GOLDEN = join(ROOT, "test/examples/golden");

const runs = INDEX.examples.flatMap(({ id, variants = [] }) => [
  { name: id, id, configuration: {} },
  ...variants.map(({ configuration }) => {
    const [[option, value]] = Object.entries(configuration);
    return { name: `${id}-${option}-${value}`, id, configuration };
  }),
]);

describe.each(runs)("$name", ({ name, id, configuration }) => {
  test("ends well, and prints what its transcript says, whatever the seed", async () => {
    const { output, status } = await runExample(id, { configuration });
    const path = join(GOLDEN, `${name}.txt`);
    if (process.env["UPDATE_GOLDEN"] || !existsSync(path)) writeFileSync(path, output);
    expect({ output, status }).toEqual({ output: readFileSync(path, "utf8"), status: 0 });
    expect((await runExample(id, { configuration: { ...configuration, seed: 2 ** 40 + 7 } })).output).toBe(
      output,
    );
  });
});

/** The program that GNU as and ld make of the source. */
function gnuProgram(id: string): Uint8Array {
  return withFolder((folder) => {
    writeFileSync(join(folder, "a.s"), sourceOf(id));
    const as = ["-march=rv32imac_zicsr_zifencei", "-mabi=ilp32", "-mno-relax", "--fatal-warnings"];
    const include = ["-I", join(ROOT, "programs")];
    execFileSync("riscv64-unknown-elf-as", [...as, ...include, "a.s", "-o", "a.o"], {
      cwd: folder,
      stdio: "pipe",
    });
    const ld = ["-melf32lriscv", "--no-relax", "--no-warn-rwx-segments"];
    execFileSync("riscv64-unknown-elf-ld", [...ld, "a.o", "-o", "a.elf"], { cwd: folder, stdio: "pipe" });
    return readFileSync(join(folder, "a.elf"));
  });
}

/** The linkers place a program differently: addresses are left out. */
function withoutAddresses(text: string): string {
  return text.replace(/0x[0-9a-f]+/g, "ADDRESS");
}

test.each(INDEX.examples)("$id executes the programs that the index says", async ({ id, programs = [] }) => {
  const run = await runExample(id);
  const executed = new Set(eventsOf(run, EVENT_EXEC).map(execName));
  for (const own of ["init", id]) executed.delete(own);
  if (programs === "all") expect(executed.size).toBeGreaterThan(1);
  else expect([...executed].sort()).toEqual([...programs].sort());
});

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("assembled by GNU as", () => {
  test.each(INDEX.examples.map(({ id }) => id))("%s does the same", async (id) => {
    const ours = await runExample(id);
    const theirs = await runExample(id, { program: gnuProgram(id) });
    expect(withoutAddresses(theirs.output)).toBe(withoutAddresses(ours.output));
    expect(theirs.status).toBe(ours.status);
  });
});
