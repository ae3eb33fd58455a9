// The server of the viewer hands out the files of its folder to this computer, and nothing else to nobody.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PortTaken, serveFolder, type WebServer } from "../../host/cli/web-server.ts";

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe("the viewer's server", () => {
  let folder: string;
  let server: WebServer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "timeslice-web-"));
    const place = join(folder, "web");
    mkdirSync(join(place, "assets"), { recursive: true });
    writeFileSync(join(folder, "secret.txt"), "secret");
    writeFileSync(join(place, "index.html"), "<!doctype html>");
    writeFileSync(join(place, "assets/a.js"), "export {};");
    writeFileSync(join(place, "assets/a.js.br"), brotliCompressSync("export {};"));
    writeFileSync(join(place, "assets/core.wasm"), "\0asm");
    symlinkSync(join(folder, "secret.txt"), join(place, "link.txt"));
    server = await serveFolder(place, 0);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** `path` is sent as it is: no client tidies it. */
  const ask = (path: string, { method = "GET", headers = {} } = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const { hostname, port } = new URL(server.address);
      const sent = request({ hostname, port, path, method, headers }, (response) => {
        let body = "";
        response.setEncoding("latin1").on("data", (data) => {
          body += data;
        });
        response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, body }));
      });
      sent.on("error", reject).end();
    });

  test("gives each file with its type, under a policy", async () => {
    const page = await ask("/");
    expect(page.body).toBe("<!doctype html>");
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.headers["content-security-policy"]).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(page.headers["content-security-policy"]).toContain("require-trusted-types-for 'script'");
    expect(page.headers["x-content-type-options"]).toBe("nosniff");
    expect((await ask("/assets/core.wasm")).headers["content-type"]).toBe("application/wasm");
    expect((await ask("/assets/a.js?x=1")).headers["content-type"]).toBe("text/javascript; charset=utf-8");
  });

  test("compresses for those who say that they can read it", async () => {
    const packed = await ask("/assets/a.js", { headers: { "accept-encoding": "gzip, br" } });
    expect(packed.headers["content-encoding"]).toBe("br");
    expect(packed.body).toBe(brotliCompressSync("export {};").toString("latin1"));
    expect((await ask("/assets/a.js")).body).toBe("export {};");
  });

  test("answers HEAD without a body and refuses every other method", async () => {
    const head = await ask("/", { method: "HEAD" });
    expect([head.status, head.body, head.headers["content-length"]]).toEqual([200, "", "15"]);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]) {
      expect((await ask("/", { method })).status).toBe(405);
    }
  });

  test.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/assets/../../secret.txt",
    "/..%2fsecret.txt",
    "/..\\secret.txt",
    "//etc/passwd",
    "/link.txt",
    "/%00",
    "/%",
    "/assets",
    "/assets/",
    "/index.html/",
  ])("has nothing at %s", async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  test("sees a folder that was built anew", async () => {
    writeFileSync(join(folder, "web/assets/new.js"), "2");
    expect((await ask("/assets/new.js")).body).toBe("2");
    rmSync(join(folder, "web/assets/new.js"));
    expect((await ask("/assets/new.js")).status).toBe(404);
  });

  test("answers only to names of this computer", async () => {
    expect((await ask("/", { headers: { host: "evil.example" } })).status).toBe(421);
    expect((await ask("/", { headers: { host: "localhost:8470" } })).status).toBe(200);
  });

  test("listens on loopback, and says when its port is taken", async () => {
    expect(new URL(server.address).hostname).toBe("127.0.0.1");
    const port = Number(new URL(server.address).port);
    await expect(serveFolder(folder, port)).rejects.toBeInstanceOf(PortTaken);
  });
});
