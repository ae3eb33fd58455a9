// The machine's own programs: init, the base tools and the tour.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/steps.mjs";
import { finish, machineWithUserland, type Outcome } from "./run.ts";

async function run(words: string, stdin = ""): Promise<Outcome> {
  const { machine, output } = await machineWithUserland();
  return finish(machine, output, words.split(" "), stdin);
}

test("the tour is what its transcript says, and takes less than a tenth of a virtual second", async () => {
  const { machine, output } = await machineWithUserland();
  const outcome = finish(machine, output, ["tour"]);
  const golden = join(ROOT, "test/programs/golden/tour.txt");
  if (process.env["UPDATE_GOLDEN"] || !existsSync(golden)) writeFileSync(golden, outcome.output);
  expect(outcome).toEqual({ output: readFileSync(golden, "utf8"), status: 0 });
  expect(machine.time).toBeLessThan(machine.configuration.clockHz / 10);
});

test("init ends with its job's exit status", async () => {
  expect((await run("true")).status).toBe(0);
  expect((await run("false")).status).toBe(1);
});

test("init ends with 128 + n when signal n killed its job", async () => {
  expect((await run("-j + spin + sleep 0.01 + kill -9 2 + sleep 0.05")).status).toBe(0);
  expect((await run("-j + kill -15 3 + spin")).status).toBe(128 + 15);
});

test("init says which program it cannot run, and counts it as 127 or 126", async () => {
  expect((await run("no-such-program")).status).toBe(127);
  expect((await run("/bin")).status).toBe(126);
});

test("init starts several jobs and ends with the status of the one named last", async () => {
  expect(await run("-j + echo first + echo second + false")).toEqual({
    output: "first\nsecond\n",
    status: 1,
  });
});

test("init without a job says how it is used", async () => {
  expect((await run("-j +")).status).toBe(2);
});

test("echo prints its arguments", async () => {
  expect((await run("echo one two")).output).toBe("one two\n");
});

test("cat copies standard input and files, and says what it cannot read", async () => {
  expect((await run("cat", "some\ntext")).output).toBe("some\ntext");
  expect((await run("cat - /no/such/file", "text\n")).status).toBe(1);
});

test("seq counts", async () => {
  expect((await run("seq 3")).output).toBe("1\n2\n3\n");
  expect((await run("seq 9 11")).output).toBe("9\n10\n11\n");
});

test("wc counts lines and bytes", async () => {
  expect((await run("wc", "one\ntwo\nthree")).output).toBe("2 13\n");
});

test("grep finds lines and says by its status whether there were any", async () => {
  expect(await run("grep an", "banana\ncherry\nmango")).toEqual({ output: "banana\nmango\n", status: 0 });
  expect(await run("grep x", "banana\n")).toEqual({ output: "", status: 1 });
});

test("tail prints the last lines", async () => {
  expect((await run("tail 2", "a\nb\nc\nd\n")).output).toBe("c\nd\n");
});

test("ls lists a directory", async () => {
  expect((await run("ls /bin")).output.split("\n")).toContain("tour");
});

test("sleep sleeps in virtual time", async () => {
  const { machine, output } = await machineWithUserland();
  expect(finish(machine, output, ["sleep", "1.5"]).status).toBe(0);
  expect(machine.time / machine.configuration.clockHz).toBeCloseTo(1.5, 2);
});
