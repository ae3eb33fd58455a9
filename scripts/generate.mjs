// Writes the reference pages in docs/ from the tables of the sources: `npm run generate`.
// With --check it writes nothing and fails if one is not what it would write.
// (The core's generated sources are generate-core.mjs's.)

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensureDependencies, ensureHost } from "./setup.mjs";
import { main, ROOT } from "./steps.mjs";

/** Each page, the module that writes it (of the host: as compiled), and its function there. */
const PAGES = [
  ["docs/instructions.md", "build/host/isa/reference-page.js", "writeInstructionsPage"],
  ["docs/commands.md", "build/host/cli/reference-page.js", "writeCommandsPage"],
  ["docs/pcb.md", "build/host/picture/pcb-reference.js", "writePcbPage"],
  ["docs/examples.md", "scripts/examples-page.mjs", "writeExamplesPage"],
];

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

await main(async () => {
  await ensureDependencies();
  await ensureHost();
  let stale = 0;
  for (const [page, module, writer] of PAGES) {
    const { [writer]: write } = await import(join(ROOT, module));
    const text = write();
    const path = join(ROOT, page);
    if (read(path) === text) continue;
    if (process.argv.includes("--check")) {
      process.stderr.write(`${page} is not what the sources say: run \`npm run generate\`.\n`);
      stale++;
    } else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
  return stale === 0 ? 0 : 1;
});
