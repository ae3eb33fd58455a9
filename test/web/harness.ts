// Real Chromium on the built page, served by the real server. One browser a test file, a fresh profile a page.
// What the page must never do fails the test that it happens in: an error on the console, an exception, a
// violation of the content policy (Trusted Types among them), an answer of the server that is no file.

import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { serveFolder, type WebServer } from "../../host/cli/web-server.ts";
import { ROOT } from "../../scripts/steps.mjs";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface OpenOptions extends BrowserContextOptions {
  /** What is to be done with the page before it goes to the address. */
  readonly before?: (page: Page) => Promise<unknown>;
  /** Complaints that the test is about: no failure. */
  readonly expected?: RegExp;
}

export interface Viewer {
  /** Opens the page in a profile of its own that knows full speed as the one chosen last; `path` is what follows the address, as in "?embed=1". */
  readonly open: (path?: string, options?: OpenOptions) => Promise<Page>;
  /** Another page in the same profile. */
  readonly again: (page: Page, path?: string) => Promise<Page>;
  readonly address: () => string;
}

/** To be called once in a test file (or `describe`): starts server and browser, and closes them at its end. */
export function startViewer(): Viewer {
  let server: WebServer;
  let browser: Browser;
  let complaints: string[] = [];
  const pages = new Set<Page>();

  beforeAll(async () => {
    server = await serveFolder(join(ROOT, "build/web"), 0);
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  afterEach(async () => {
    for (const page of pages) await page.context().close();
    pages.clear();
    const found = complaints;
    complaints = [];
    expect(found).toEqual([]);
  });

  const watch = async (page: Page, path: string, { before, expected }: OpenOptions = {}) => {
    pages.add(page);
    const complain = (complaint: string) => {
      if (!expected?.test(complaint)) complaints.push(complaint);
    };
    page.on("console", (message) => {
      if (/error|warning/.test(message.type())) complain(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => complain(`exception: ${error.message}`));
    page.on("response", (response) => {
      if (response.status() >= 400) complain(`${response.status()}: ${response.url()}`);
    });
    await before?.(page);
    await page.goto(server.address + path);
    return page;
  };
  return {
    open: async (path = "", options = {}) => {
      const context = await browser.newContext(options);
      await context.addInitScript(() => localStorage.setItem("timeslice.speed", '"full"'));
      return watch(await context.newPage(), path, options);
    },
    again: async (page, path = "") => watch(await page.context().newPage(), path),
    address: () => server.address,
  };
}

/** Waits until the machine is no longer running, and says what it does: "ended", "input", … */
export async function untilStill(page: Page): Promise<string> {
  const line = page.locator(".status-kind:not(.status-running)");
  await line.waitFor();
  return (await line.getAttribute("class"))!.replace(/.*status-(?!kind)(\w+).*/, "$1");
}

/** What axe finds wrong with the page as it is, a line each. */
export async function findAxeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

/** Opens an example and stops it, slow enough that it is stopped soon after so many instructions. */
export async function openExample(page: Page, id: string, instructions: number): Promise<void> {
  await page.getByLabel("Speed").selectOption("1000");
  await page.evaluate((fragment) => {
    location.hash = fragment;
  }, `#example=${id}`);
  const count = async () =>
    Number((await page.getByTitle("Instructions retired").last().innerText()).replace(/\D/g, ""));
  await page.locator(".status-running").waitFor();
  while ((await count()) < instructions) await page.waitForTimeout(10);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.locator(".status-paused").waitFor();
}

/** Drops a file on the page. */
export async function drop(page: Page, name: string, bytes: readonly number[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(content)], fileName));
      return transfer;
    },
    [name, bytes] as const,
  );
  await page.dispatchEvent("body", "drop", { dataTransfer });
}
