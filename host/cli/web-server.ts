// Serves a folder of files on loopback, read-only: the built page. No path leads out of the folder: an address is
// looked up among the files that lie in it, never taken for a path.

import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { extname, join, relative, sep } from "node:path";

const HOST = "127.0.0.1";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** What the page may do. The same as in web/index.html, for its worker as well. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types timeslice",
].join("; ");

const HEADERS = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

export interface WebServer {
  /** With a slash at the end. */
  readonly address: string;
  close(): Promise<void>;
}

/** The port is taken by another program. */
export class PortTaken extends Error {}

/** Serves `folder`. `port` 0: any that is free. Rejects with PortTaken. */
export async function serveFolder(folder: string, port: number): Promise<WebServer> {
  // Not imported: in the bundle that would load Node's HTTP for every command.
  const { createServer } = createRequire(import.meta.url)("node:http") as typeof import("node:http");
  const server = createServer((request, response) => answer(request, response, filesOf(folder)));
  await listen(server, port);
  const { port: given } = server.address() as AddressInfo;
  return {
    address: `http://${HOST}:${given}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Paths as in addresses, to the files. */
function filesOf(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath ?? entry.path, entry.name);
        return [`/${relative(folder, path).split(sep).join("/")}`, path];
      }),
  );
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" || error.code === "EACCES" ? new PortTaken(error.message) : error);
    });
    server.listen(port, HOST, resolve);
  });
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  files: ReadonlyMap<string, string>,
): void {
  const refuse = (status: number, message: string, headers = {}) =>
    response.writeHead(status, { ...HEADERS, ...headers, "content-type": "text/plain" }).end(`${message}\n`);
  if (request.method !== "GET" && request.method !== "HEAD") {
    return void refuse(405, "Files can be read, and nothing else.", { allow: "GET, HEAD" });
  }
  // A page of another site that was given our address by its name server must not read what is here.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "")) {
    return void refuse(421, "This is a server for its own computer.");
  }
  const path = pathOf(request.url ?? "/").replace(/\/$/, "/index.html");
  const file = files.get(path);
  if (file === undefined) return void refuse(404, "There is no such file.");
  const packed = acceptsBrotli(request) ? files.get(`${path}.br`) : undefined;
  const bytes = readFileSync(packed ?? file);
  response.writeHead(200, {
    ...HEADERS,
    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    "content-length": bytes.length,
    ...(packed !== undefined && { "content-encoding": "br" }),
    vary: "accept-encoding",
    // Names under assets/ carry a hash of the content.
    "cache-control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
  });
  response.end(request.method === "HEAD" ? undefined : bytes);
}

function acceptsBrotli({ headers }: IncomingMessage): boolean {
  return /\bbr\b/.test(String(headers["accept-encoding"] ?? ""));
}

/** The path of an address as a browser sends it; empty where it is none. */
function pathOf(url: string): string {
  try {
    return decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return "";
  }
}
