// `npm test`: sets up what the tests need and runs them. Arguments after `--` go to vitest.

import { join } from "node:path";
import { ensurePackages } from "./packages.mjs";
import { ensureBuild } from "./setup.mjs";
import { main, passThrough, ROOT } from "./steps.mjs";

await main(async () => {
  await ensureBuild();
  await ensurePackages();
  return passThrough(join(ROOT, "node_modules/.bin/vitest"), ["run", ...process.argv.slice(2)]);
});
