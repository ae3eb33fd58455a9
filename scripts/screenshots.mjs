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

/** Panels that are not in front from the beginning. */
const PANELS = ["States", "Pages", "Files", "Guide", "Program", "Statistics", "Context switch"];

/** Name, width and height, theme, what follows the address, and keys or the title of a tab that lead to the view. */
const VIEWS = [
  ["wide", 1440, 900, "light", ""],
  ["wide-dark", 1440, 900, "dark", ""],
  ["medium", 900, 800, "light", ""],
  ["medium-dark", 900, 800, "dark", ""],
  ["narrow", 360, 740, "light", ""],
  ["narrow-dark", 360, 740, "dark", ""],
  ["library", 1200, 800, "light", "", ["e"]],
  ["keys", 1000, 800, "dark", "", ["?"]],
  ["share", 1000, 700, "light", "", ["l"]],
  ["embed", 800, 480, "light", "?embed=1&panels=processes,timeline"],
  ["embed-dark", 800, 480, "dark", "?embed=1&panels=code,registers#example=fork"],
  ...PANELS.map((title) => [`panel-${title}`, 1440, 900, "dark", "", title]),
  ...["Code", "PCB", "Registers", "Memory", "Timeline", "Terminal", ...PANELS].map((title) => [
    `narrow-${title}`,
    360,
    740,
    "light",
    "",
    title,
  ]),
];

await main(async () => {
  await ensureBuild();
  await ensureWeb();
  mkdirSync(FOLDER, { recursive: true });
  const { serveFolder } = await import(pathToFileURL(join(ROOT, "build/host/cli/web-server.js")).href);
  const server = await serveFolder(join(ROOT, "build/web"), 0);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  for (const view of VIEWS) await takeScreenshot(browser, server.address, view);
  await browser.close();
  await server.close();
  return 0;
});

/** The program runs to its end, and the picture is of the middle of its run. */
async function takeScreenshot(browser, address, [name, width, height, colorScheme, path, way = []]) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  await context.addInitScript(() => localStorage.setItem("timeslice.speed", '"full"'));
  const page = await context.newPage();
  await page.goto(address + path);
  await page.locator(".status-ended").waitFor();
  const slider = page.getByRole("slider", { name: "Time" });
  for (let step = 0; step < 5; step++) {
    await slider.press("PageDown");
    await page.locator(".status-paused").waitFor();
  }
  await page.evaluate(() => document.activeElement.blur());
  if (typeof way === "string") await page.getByRole("tab", { name: way, exact: true }).click();
  else for (const key of way) await page.keyboard.press(key);
  // What a view loads when it is first shown is asked for within this time.
  await page.waitForTimeout(300);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.screenshot({ path: join(FOLDER, `${fileName(name)}`) });
  process.stdout.write(`build/screenshots/${fileName(name)}\n`);
  await context.close();
}

/** "panel-Context switch": panel-context-switch.png. */
function fileName(name) {
  return `${name.toLowerCase().replaceAll(" ", "-")}.png`;
}
