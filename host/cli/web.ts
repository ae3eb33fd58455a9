// timeslice web: serves the page on loopback until Ctrl-C.

import type { Platform } from "../platform/platform.ts";
import type { Command } from "./command.ts";
import type { Options } from "./options.ts";
import { say } from "./print.ts";
import { CommandError } from "./status.ts";
import type { WebServer } from "./web-server.ts";

/** Tried first, so that the page's address, and with it what the browser remembers, stays the same. */
const DEFAULT_PORT = 8470;
const POLL_MS = 100;

export const web: Command = {
  name: "web",
  operands: "",
  summary: "serve the viewer, a page for the browser, on this computer",
  details: [
    "The page runs the machine in the browser; the server only hands out its files, on 127.0.0.1. It goes on until Ctrl-C. The browser is opened if stdout is a terminal.",
  ],
  options: [
    {
      name: "port",
      value: "N",
      meaning: `where (default ${DEFAULT_PORT}, or if that is taken any free one)`,
    },
    { name: "no-open", meaning: "do not open the browser" },
  ],
  run: (options, platform) => runWeb(options, platform),
};

async function runWeb(options: Options, platform: Platform): Promise<number> {
  const server = await startServer(platform.pageFolder(), options.integer("port", 0, 65535));
  say(platform.stdout, `the viewer is at ${server.address} (Ctrl-C ends it)`);
  if (platform.stdout.isTerminal && !options.has("no-open")) await openBrowser(server.address);
  await untilInterrupted(platform);
  await server.close();
  return 0;
}

async function startServer(folder: string, port: number | undefined): Promise<WebServer> {
  // Loaded here, so that other commands need not load Node's HTTP.
  const { PortTaken, serveFolder } = await import("./web-server.ts");
  try {
    return await serveFolder(folder, port ?? DEFAULT_PORT);
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    if (port !== undefined) throw new CommandError(`port ${port} cannot be used: ${error.message}`);
    return serveFolder(folder, 0);
  }
}

/** Whatever comes of it: the address stands on the terminal. */
async function openBrowser(address: string): Promise<void> {
  const { spawn } = await import("node:child_process");
  const [program, ...args] =
    process.platform === "darwin"
      ? ["open"]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", ""]
        : ["xdg-open"];
  const child = spawn(program, [...args, address], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}

async function untilInterrupted(platform: Platform): Promise<void> {
  let interrupted = false;
  const stop = platform.onInterrupt(() => {
    interrupted = true;
  });
  while (!interrupted) await platform.pause(POLL_MS);
  stop();
}
