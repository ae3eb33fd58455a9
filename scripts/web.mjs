// Builds the page to build/web: the files of web/ by vite, and beside them the programs that it loads as files
// (bin/, examples/). Made beside and moved, so that a failure leaves the page that was there. Run by the set-up.

import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "vite";
import { ROOT } from "./steps.mjs";

const OUTPUT = join(ROOT, "build/web");
const FRESH = join(ROOT, "build/web.new");

// Whoever builds it, a test too, gets the same page: else JSX would be compiled for development.
process.env.NODE_ENV = "production";
await build({ configFile: join(ROOT, "vite.config.ts"), logLevel: "error", build: { outDir: FRESH } });
copyWithIndex("bin");
copyWithIndex("lib");
copySources(join(FRESH, "sources"));
writeExamples(join(FRESH, "examples"));
compress(FRESH);
rmSync(OUTPUT, { recursive: true, force: true });
renameSync(FRESH, OUTPUT);

/** Beside each file that it makes smaller, a form for servers that can send it: NAME.br. */
function compress(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = readFileSync(path);
    const packed = brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    });
    if (packed.length < bytes.length) writeFileSync(`${path}.br`, packed);
  }
}

/** A folder of build/, and the names of its files as index.json. */
function copyWithIndex(name) {
  const from = join(ROOT, "build", name);
  cpSync(from, join(FRESH, name), { recursive: true });
  writeFileSync(join(FRESH, name, "index.json"), JSON.stringify(readdirSync(from).sort()));
}

/** The texts of the machine's own programs, which the page shows beside their code. */
function copySources(folder) {
  const sources = readdirSync(join(ROOT, "programs")).filter((name) => name.endsWith(".s"));
  for (const name of sources) cpSync(join(ROOT, "programs", name), join(folder, name));
}

/** The programs, the index, and its first entry in a file of its own: the page begins with it. */
function writeExamples(folder) {
  cpSync(join(ROOT, "build/examples"), folder, { recursive: true });
  const { examples } = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
  writeFileSync(join(folder, "first.json"), JSON.stringify(examples[0]));
}
