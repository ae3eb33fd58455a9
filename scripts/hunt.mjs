// Runs random programs here and under qemu-riscv32 for as long as told: node scripts/hunt.mjs FIRST_SEED LAST_SEED.
// A seed whose program differs is printed; the first ones are shrunk and saved in test/differential/found/.

import { join } from "node:path";
import { runnerImport } from "vite";
import { ensureCore, ensureDependencies } from "./setup.mjs";
import { main, ROOT } from "./steps.mjs";

const SHRUNK = 5;
const STRETCH = 1000;

await main(async () => {
  const [first, last] = process.argv.slice(2).map(Number);
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || last < first) {
    process.stderr.write("usage: node scripts/hunt.mjs FIRST_SEED LAST_SEED\n");
    return 2;
  }
  await ensureDependencies();
  await ensureCore();
  const { module } = await runnerImport(join(ROOT, "test/differential/hunt.ts"));
  let differing = 0;
  for (let from = first; from <= last; from += STRETCH) {
    const to = Math.min(from + STRETCH, last + 1);
    const report = (line) => process.stdout.write(`${line}\n`);
    differing += await module.hunt(from, to, Math.max(0, SHRUNK - differing), report);
    process.stderr.write(`seeds ${first} to ${to - 1} tried, ${differing} differ\n`);
  }
  return differing === 0 ? 0 : 1;
});
