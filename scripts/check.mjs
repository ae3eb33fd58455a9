// `npm run check`: formatting, lint, types, generated files, tidy test. All are run, so that one call
// shows everything there is to mend. `npm run format` (--write) mends the formatting instead.

import { join } from "node:path";
import { ensureBuild } from "./setup.mjs";
import { main, passThrough, ROOT } from "./steps.mjs";

const bin = (name) => join(ROOT, "node_modules/.bin", name);
const script = (name) => [process.execPath, join(ROOT, "scripts", name)];

const CHECKS = [
  ["lint and format of host, web, tests and scripts", [bin("biome"), "check", "--error-on-warnings", "."]],
  ["format of the core", [bin("prettier"), "--check", "--log-level=warn", "assembly"]],
  ["types of the host without Node and DOM", [bin("tsc"), "-p", "tsconfig.json"]],
  ["types of the command line", [bin("tsc"), "-p", "tsconfig.build.json", "--noEmit", "--noCheck", "false"]],
  ["types of the page", [bin("tsc"), "-p", "tsconfig.web.json"]],
  ["types of the page's tests", [bin("tsc"), "-p", "tsconfig.web-test.json"]],
  ["types of the tests", [bin("tsc"), "-p", "tsconfig.test.json"]],
  ["generated files", [...script("generate.mjs"), "--check"]],
  ["generated files of the core", [...script("generate-core.mjs"), "--check"]],
  ["tidy", [bin("vitest"), "run", "test/tidy"]],
];

const FORMATTERS = [
  ["host, web, tests and scripts", [bin("biome"), "check", "--write", "."]],
  ["the core", [bin("prettier"), "--write", "--log-level=warn", "assembly"]],
];

await main(async () => {
  await ensureBuild();
  let failed = [];
  const tasks = process.argv.includes("--write") ? FORMATTERS : CHECKS;
  for (const [name, [program, ...args]] of tasks) {
    if ((await passThrough(program, args)) !== 0) failed = [...failed, name];
  }
  if (failed.length > 0) process.stderr.write(`\nFailed: ${failed.join("; ")}.\n`);
  return failed.length === 0 ? 0 : 1;
});
