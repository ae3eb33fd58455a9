// Puts the command line into one file, build/timeslice.bundle.cjs, and its launcher beside it: loading a hundred
// modules one by one would take longer than most programs run. Run by the set-up, after the host is compiled.

import { copyFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { ROOT } from "./steps.mjs";

// What was compiled of an older bundle must not be taken for this one: V8 compares no more than lengths.
for (const name of readdirSync(join(ROOT, "build"))) {
  if (name.endsWith(".cache")) rmSync(join(ROOT, "build", name));
}

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
      output: {
        format: "cjs",
        entryFileNames: "timeslice.bundle.cjs",
        // What is imported on demand (assembler, disassembler) lies in the file too, but is run only then.
        codeSplitting: false,
        // Names stay, for the stack in a report; comments go: V8 would have to read them.
        minify: { compress: false, mangle: false },
      },
    },
  },
});
copyFileSync(join(ROOT, "host/cli/timeslice.cjs"), join(ROOT, "build/timeslice.cjs"));
