// The Node form of the platform. Streams are opened on first use, so that a command which needs none of
// them starts faster.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Platform } from "../platform.ts";
import { openInput, openOutput } from "./console.ts";
import { nodeFiles } from "./files.ts";

// Beside the compiled host in build/, or in build/ seen from the sources (tests).
const CORE_PATHS = ["../../../core.wasm", "../../../build/core.wasm"];

export function createNodePlatform(): Platform {
  const stdout = openOutput(1);
  return {
    stdin: openInput(),
    stdout,
    stderr: openOutput(2),
    files: nodeFiles,
    nowMs: () => performance.now(),
    entropy,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    onInterrupt(listener) {
      process.on("SIGINT", listener);
      return () => process.off("SIGINT", listener);
    },
    environment: process.env,
    terminalSize: () =>
      stdout.isTerminal ? { columns: process.stdout.columns, rows: process.stdout.rows } : null,
    coreModule,
  };
}

function entropy(): number {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return (high & 0x1fffff) * 0x1_0000_0000 + low;
}

async function coreModule(): Promise<WebAssembly.Module> {
  const paths = CORE_PATHS.map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`the core is not built: ${paths[0]} is missing; run npm run build`);
  return WebAssembly.compile(new Uint8Array(await readFile(path)));
}
