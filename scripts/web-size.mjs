// The first view: what a browser loads until the page shows the first picture of the first example.
// `node scripts/web-size.mjs` prints each file of it, as it is and compressed. Other panels, what makes the machine run,
// editor, terminal, assembler and debugger come after and are not counted; test/web/size.test.ts proves it.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { ROOT } from "./steps.mjs";

const PAGE = join(ROOT, "build/web");

/** Every file of the first view, with its sizes in bytes. */
export function firstView() {
  const files = new Set(["index.html"]);
  for (const [, file] of text("index.html").matchAll(/(?:src|href)="\.\/([^"]+)"/g)) addModule(files, file);
  addModule(files, `assets/${named(files, /worker-[\w-]+\.js/)}`);
  files.add(`assets/${named(files, /core-[\w-]+\.wasm/)}`);
  const { id, programs = [] } = JSON.parse(text("examples/first.json"));
  for (const file of ["examples/first.json", `examples/${id}`, "bin/init"]) files.add(file);
  for (const name of programs) files.add(`bin/${name}`);
  return [...files].map((file) => {
    const bytes = readFileSync(join(PAGE, file));
    const gzip = gzipSync(bytes, { level: 9 }).length;
    return { file, plain: bytes.length, gzip, brotli: brotliCompressSync(bytes).length };
  });
}

/** A file, and all that it imports in order to begin. */
function addModule(files, file) {
  if (files.has(file)) return;
  files.add(file);
  if (!file.endsWith(".js")) return;
  for (const [, , path] of text(file).matchAll(/\b(import|from)\s*"(\.[^"]+)"/g)) {
    addModule(files, join(dirname(file), path));
  }
}

/** The one address that stands in the scripts and matches. */
function named(files, pattern) {
  const scripts = [...files].filter((file) => file.endsWith(".js")).map(text);
  const [found] = scripts.flatMap((script) => pattern.exec(script)?.[0] ?? []);
  if (found === undefined) throw new Error(`nothing in the page matches ${pattern}`);
  return found;
}

function text(file) {
  return readFileSync(join(PAGE, file), "utf8");
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const files = firstView();
  const sum = (key) => files.reduce((total, one) => total + one[key], 0);
  const row = (name, plain, gzip, brotli) =>
    console.log(name.padEnd(40) + [plain, gzip, brotli].map((one) => String(one).padStart(9)).join(""));
  row("file", "plain", "gzip -9", "brotli");
  for (const { file, plain, gzip, brotli } of files) row(file, plain, gzip, brotli);
  row("first view", sum("plain"), sum("gzip"), sum("brotli"));
}
