// Keeps what V8 has compiled of the command line, in build/timeslice-VERSION.cache: a run of a small program first, so that
// the functions that every run needs are among it. Run by the set-up, after the bundle and the programs.

import { renameSync, writeFileSync } from "node:fs";
import launcher from "../build/timeslice.cjs";

const { script, bundle } = launcher.loadBundle();
process.exitCode = await bundle.main(["run", "echo"]);
if (process.exitCode === 0) {
  const fresh = `${launcher.cachePath}.new`;
  writeFileSync(fresh, script.createCachedData());
  renameSync(fresh, launcher.cachePath);
}
