// What a browser loads until the first example runs: `node scripts/web-size.mjs` prints each file of it, as it is
// and compressed. Panels, editor, terminal, assembler and debugger come after and are not counted.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { ROOT } from "./steps.mjs";

const PAGE = join(ROOT, "build/web");

/** Every file of the first view, with its sizes in bytes. */
export function firstView() {
  const manifest = JSON.parse(readFileSync(join(PAGE, ".vite/manifest.json"), "utf8"));
  const files = new Set(["index.html"]);
  const visit = (name) => {
    const { file, imports = [], css = [], assets = [] } = manifest[name];
    for (const one of [file, ...css, ...assets]) files.add(one);
    imports.forEach(visit);
  };
  visit("index.html");
  for (const file of workerFiles([...files])) files.add(file);
  const { id, programs = [] } = JSON.parse(read("examples/first.json").toString());
  for (const file of ["examples/first.json", `examples/${id}`, "bin/init"]) files.add(file);
  for (const name of programs) files.add(`bin/${name}`);
  return [...files].map((file) => {
    const bytes = read(file);
    const gzip = gzipSync(bytes, { level: 9 }).length;
    return { file, plain: bytes.length, gzip, brotli: brotliCompressSync(bytes).length };
  });
}

/** The worker's address stands in the page's code, and the core's in the worker's. */
function workerFiles(files) {
  const scripts = files.filter((file) => file.endsWith(".js")).map((file) => read(file).toString());
  const [worker] = mentioned(scripts, /assets\/worker-[\w-]+\.js|worker-[\w-]+\.js/);
  const path = `assets/${worker.replace("assets/", "")}`;
  const [core] = mentioned([read(path).toString()], /core-[\w-]+\.wasm/);
  return [path, `assets/${core}`];
}

function mentioned(texts, pattern) {
  const found = texts.flatMap((text) => pattern.exec(text)?.[0] ?? []);
  if (found.length === 0) throw new Error(`nothing in the page matches ${pattern}`);
  return found;
}

function read(file) {
  return readFileSync(join(PAGE, file));
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
