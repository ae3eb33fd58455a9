// `npm start`: sets up what is missing, then is the command line. Without arguments it serves the viewer and
// opens the browser; `npm start -- PROGRAM ARGUMENTS` runs a program; `npm start -- COMMAND …` is any command
// of `timeslice`.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuild, ensureWeb } from "./setup.mjs";
import { main, ROOT } from "./steps.mjs";

await main(async () => {
  const given = process.argv.slice(2);
  const args = given.length > 0 ? given : ["web"];
  await ensureBuild();
  if (args[0] === "web") await ensureWeb();
  const { default: launcher } = await import(pathToFileURL(join(ROOT, "build/timeslice.cjs")).href);
  return launcher.loadBundle().bundle.main(args);
});
