// Puts the command line into one file, build/timeslice.js: loading a hundred modules one by one would take
// longer than most programs run. Run by the set-up, after the host is compiled.

import { join } from "node:path";
import { build } from "vite";
import { ROOT } from "./steps.mjs";

await build({
  root: ROOT,
  configFile: false,
  logLevel: "error",
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: "es2022",
    outDir: join(ROOT, "build"),
    emptyOutDir: false,
    copyPublicDir: false,
    rollupOptions: {
      input: join(ROOT, "build/host/cli/main.js"),
      // Names stay, for the stack in a report; comments go: V8 would have to read them.
      output: { entryFileNames: "timeslice.js", minify: { compress: false, mangle: false } },
    },
  },
});
