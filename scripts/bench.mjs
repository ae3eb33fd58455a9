// `npm run bench`: sets up what is missing, then runs bench/run.mjs with the arguments after `--`.

import { join } from "node:path";
import { ensureBuild } from "./setup.mjs";
import { main, passThrough, ROOT } from "./steps.mjs";

await main(async () => {
  await ensureBuild();
  return passThrough(process.execPath, [join(ROOT, "bench/run.mjs"), ...process.argv.slice(2)]);
});
