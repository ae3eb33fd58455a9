// What the command does before the program runs, apart from time: `npm run bench` measures that.

import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/steps.mjs";

const COMMAND = join(ROOT, "build/timeslice.cjs");

/** What a script prints as JSON after it has loaded the command as `launcher`. */
function evaluate(script: string): unknown {
  const prelude = `const launcher = require(${JSON.stringify(COMMAND)});`;
  return JSON.parse(execFileSync(process.execPath, ["-e", prelude + script], { encoding: "utf8" }));
}

test("V8 takes the code that was kept of the bundle", () => {
  expect(evaluate("console.log(launcher.loadBundle().script.cachedDataRejected)")).toBe(false);
});

test("a run loads none of Node's slow modules: network, streams, fetch", () => {
  const script =
    "launcher.loadBundle().bundle.main(['run', 'true']).then(() => console.log(JSON.stringify(process.moduleLoadList)))";
  const loaded = evaluate(script) as string[];
  const slow = /^NativeModule (net|tty|http2?|internal\/deps\/undici\/undici|internal\/fs\/streams)$/;
  expect(loaded.filter((name) => slow.test(name))).toEqual([]);
});

test("the command passes a program's streams and status through", () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [COMMAND, ...args], { input: "one\ntwo\n", encoding: "utf8" });
  expect(run("run", "cat")).toMatchObject({ status: 0, stdout: "one\ntwo\n", stderr: "" });
  expect(run("run", "false")).toMatchObject({ status: 1 });
  expect(run("disasm", "00000013")).toMatchObject({ status: 0, stdout: "       0:  00000013  nop\n" });
});
