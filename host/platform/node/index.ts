// The Node form of the platform. Streams are opened on first use, so that a command which needs none of
// them starts faster.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { HostFileError, type Platform } from "../platform.ts";
import { openInput, openOutput } from "./console.ts";
import { nodeFiles } from "./files.ts";
import { lineEditor } from "./lines.ts";

// build/ as seen from the bundle, from the compiled host and from the sources (tests).
const BUILD_FOLDERS = [".", "../../..", "../../../build"];

export function createNodePlatform(): Platform {
  const stdout = openOutput(1);
  return {
    stdin: openInput(),
    stdout,
    stderr: openOutput(2),
    files: nodeFiles,
    nowMs: () => performance.now(),
    entropy,
    pause: (ms) => new Promise((resolve) => (ms > 0 ? setTimeout(resolve, ms) : setImmediate(resolve))),
    onInterrupt(listener) {
      process.on("SIGINT", listener);
      return () => process.off("SIGINT", listener);
    },
    environment: process.env,
    terminalSize: () =>
      stdout.isTerminal ? { columns: process.stdout.columns, rows: process.stdout.rows } : null,
    lineEditor,
    coreModule,
    userland,
    example,
    includeFolder: () => dirname(built("lib")),
    pageFolder: () => dirname(built("web/index.html")),
  };
}

function entropy(): number {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return (high & 0x1fffff) * 0x1_0000_0000 + low;
}

/** Path of something in build/. Throws where it has not been built. */
function built(name: string): string {
  const paths = BUILD_FOLDERS.map((folder) => fileURLToPath(new URL(`${folder}/${name}`, import.meta.url)));
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new HostFileError(`${paths[0]} is missing; build it with npm run build`);
  return path;
}

async function coreModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(new Uint8Array(readFileSync(built("core.wasm"))));
}

function userland(): { name: string; bytes: Uint8Array }[] {
  const folder = built("bin");
  const names = readdirSync(folder).sort();
  return names.map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
}

function example(id: string): Uint8Array | null {
  if (!/^[a-z]+$/.test(id)) return null;
  const path = join(built("examples"), id);
  return existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
}
