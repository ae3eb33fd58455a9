// Tools from outside that some suites compare against. A suite that needs one says so with
// `describe.skipIf(missing("qemu-riscv32"))`; `npm test` reads these calls to name the suites that are
// skipped, so the arguments are literal strings. With CI=true nothing is skipped: the suite then fails.

import { isPresent, PACKAGES } from "../../scripts/packages.mjs";

/** Is one of the commands (or files) not there? Each must be the mark of a package in scripts/packages.mjs. */
export function missing(...probes: string[]): boolean {
  const known: string[] = Object.values(PACKAGES);
  for (const probe of probes) {
    if (!known.includes(probe)) throw new Error(`${probe} belongs to no package of scripts/packages.mjs`);
  }
  return process.env.CI !== "true" && !probes.every(isPresent);
}
