// `npm run screenshots`: pictures of the main views to build/screenshots, to be looked at before a change of the page
// is called done. Needs Debian's Chromium.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { ensureBuild, ensureWeb } from "./setup.mjs";
import { main, ROOT } from "./steps.mjs";

const FOLDER = join(ROOT, "build/screenshots");
const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];

/** Every panel is taken at each of these, in both themes. Name, width and height. */
const SIZES = [
  ["wide", 1440, 900],
  ["medium", 900, 700],
  ["narrow", 360, 740],
];

/** Name, width and height, theme, what follows the address, and keys that lead to the view. */
const VIEWS = [
  ["library", 1200, 800, "light", "", ["e"]],
  ["keys", 1000, 800, "dark", "", ["?"]],
  ["share", 1000, 700, "light", "", ["l"]],
  ["embed", 800, 480, "light", "?embed=1&panels=processes,timeline"],
  ["embed-dark", 800, 480, "dark", "?embed=1&panels=code,registers#example=fork"],
];

await main(async () => {
  await ensureBuild();
  await ensureWeb();
  mkdirSync(FOLDER, { recursive: true });
  const { serveFolder } = await import(pathToFileURL(join(ROOT, "build/host/cli/web-server.js")).href);
  const server = await serveFolder(join(ROOT, "build/web"), 0);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  for (const view of VIEWS) await takeView(browser, server.address, view);
  for (const size of SIZES) {
    for (const scheme of ["light", "dark"]) await takePanels(browser, server.address, size, scheme);
  }
  await browser.close();
  await server.close();
  return 0;
});

async function takeView(browser, address, [name, width, height, colorScheme, path, keys = []]) {
  const page = await openAmid(browser, address + path, { viewport: { width, height }, colorScheme });
  for (const key of keys) await page.keyboard.press(key);
  await take(page, name);
  await page.context().close();
}

/** Each panel in front, one after the other. */
async function takePanels(browser, address, [name, width, height], colorScheme) {
  const page = await openAmid(browser, address, { viewport: { width, height }, colorScheme });
  for (const title of await page.getByRole("tab").allInnerTexts()) {
    await page.getByRole("tab", { name: title, exact: true }).click();
    await take(page, `${name}-${colorScheme}-${title}`);
  }
  await page.context().close();
}

/** The program runs to its end, and the machine stands in the middle of its run. */
async function openAmid(browser, address, options) {
  const context = await browser.newContext(options);
  await context.addInitScript(() => localStorage.setItem("timeslice.speed", '"full"'));
  const page = await context.newPage();
  await page.goto(address);
  await page.locator(".status-ended").waitFor();
  const slider = page.getByRole("slider", { name: "Time" });
  for (let step = 0; step < 5; step++) {
    await slider.press("PageDown");
    await page.locator(".status-paused").waitFor();
  }
  await page.evaluate(() => document.activeElement.blur());
  return page;
}

async function take(page, name) {
  const file = `${name.toLowerCase().replaceAll(" ", "-")}.png`;
  // What a view loads when it is first shown is asked for within this time.
  await page.waitForTimeout(300);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.screenshot({ path: join(FOLDER, file) });
  process.stdout.write(`build/screenshots/${file}\n`);
}
