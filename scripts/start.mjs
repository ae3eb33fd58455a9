// `npm start`: sets up what is missing, then is the command line. Without arguments it boots the
// machine and runs the tour; `npm start -- PROGRAM ARGUMENTS` runs a program; `npm start -- COMMAND …`
// is any command of `timeslice`.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuild } from "./setup.mjs";
import { main, ROOT } from "./steps.mjs";

await main(async () => {
  await ensureBuild();
  const { default: launcher } = await import(pathToFileURL(join(ROOT, "build/timeslice.cjs")).href);
  return launcher.loadBundle().bundle.main(process.argv.slice(2));
});
