// Node and Chromium take the same run through the same states, with one hart and with four.

import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/steps.mjs";
import { core } from "../harness/machine.ts";
import { missing } from "../harness/tools.ts";
import { transpile } from "../harness/transpile.ts";
import { compileActor } from "../kernel/actor.ts";
import { hashes } from "./hashes.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
];

/** The project's files, read-only, on loopback. */
function serve(): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    try {
      const body = /^\/build\/test\/.*\.js$/.test(path)
        ? await transpile(path)
        : readFileSync(join(ROOT, path));
      response
        .writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

describe.skipIf(missing("chromium", "riscv64-unknown-elf-gcc"))("Node and Chromium", () => {
  let server: Server;
  let browser: Browser;
  let program: string;

  beforeAll(async () => {
    program = compileActor();
    server = await serve();
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test.each([1, 4])("agree on every state with %i harts", async (harts) => {
    const options = { harts, turn: 64, quantum: 300, processes: 60, memory: 16 * 1024 * 1024 };
    const args = ["/bin/actor", "424243", "200"];
    const here = await hashes(core, readFileSync(program), args, options);
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/test/determinism/page.html`);
    await page.waitForFunction("window.hashes");
    const there = await page.evaluate(
      async ([path, words, given]) => {
        const bytes = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
        const module = await WebAssembly.compile(await bytes("/build/core.wasm"));
        return (globalThis as unknown as { hashes: typeof hashes }).hashes(
          module,
          await bytes(path),
          words,
          given,
        );
      },
      [program.slice(ROOT.length), args, options] as const,
    );
    expect(there).toEqual(here);
    await page.close();
  });
});
