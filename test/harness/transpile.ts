// Test code for the browser: one TypeScript file as the module that it is without its types.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformWithOxc } from "vite";
import { ROOT } from "../../scripts/steps.mjs";

/** The module that is served at /build/test/…/NAME.js: test/…/NAME.ts, with the host's modules as built. */
export async function transpile(path: string): Promise<string> {
  const source = join(ROOT, path.replace("/build/", "/").replace(/\.js$/, ".ts"));
  const { code } = await transformWithOxc(readFileSync(source, "utf8"), source);
  return code.replace(/(["'])((?:\.\.\/)+)(host\/[^"']+)\.ts\1/g, '"/build/$3.js"');
}
