// The built page in a real browser, served by the real server; and what a person sitting before it would measure.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const COMMAND = fileURLToPath(new URL("../../build/timeslice.cjs", import.meta.url));
export const CHROMIUM = "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function isBrowserInstalled() {
  return existsSync(CHROMIUM);
}

/** Calls `use` with {open}, and closes server and browser after it. `open()` opens the page in a fresh profile. */
export async function withViewer(use) {
  const server = spawn(process.execPath, [COMMAND, "web", "--no-open", "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const address = await addressOf(server);
    const open = async () => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.addInitScript(installProbe);
      await page.goto(address);
      return page;
    };
    return await use({ open });
  } finally {
    await browser.close();
    server.kill();
  }
}

async function addressOf(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /http:\S+/.exec(line)?.[0];
    if (address) return address;
  }
  throw new Error("timeslice web did not say where it serves the page");
}

/** Opens the page anew: seconds from navigation until a process is on it, and until that has executed something. */
export async function timeOpening(open) {
  const page = await open();
  const shown = () => document.querySelector(".panel .table-row[aria-selected]") && performance.now();
  const running = () => {
    const [figure] = [...document.querySelectorAll('[title="Instructions retired"]')].slice(-1);
    return figure && !figure.textContent.startsWith("0 ") && performance.now();
  };
  const times = [shown, running].map(async (seen) => (await page.waitForFunction(seen)).jsonValue());
  const [shownAt, runningAt] = await Promise.all(times);
  await page.context().close();
  return { shown: shownAt / 1000, running: runningAt / 1000 };
}

/** Runs an executable in the page, at full speed, for the first second. */
export async function runInPage(page, executable) {
  await page.getByLabel("Speed").selectOption("Infinity");
  await page.getByTitle("Programs (e)").click();
  await page.locator("input[type=file]").setInputFiles(executable);
  await page.locator(".status-running").waitFor();
  await page.waitForTimeout(1000);
}

/**
 * Watches a page for so long: what its frames take, what the tasks of its two threads take of a processor (which says
 * something on a busy computer, too), and what the machine retires. Milliseconds; instructions in a second.
 */
export async function watch(page, milliseconds) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ["toplevel"] });
  await page.evaluate(() => window.probe.start());
  await page.waitForTimeout(milliseconds);
  const seen = await page.evaluate(() => window.probe.stop());
  const threads = tasksByThread(JSON.parse(String(await browser.stopTracing())).traceEvents);
  const main = threads.get("CrRendererMain") ?? [];
  const worker = threads.get("DedicatedWorker thread") ?? [];
  return {
    ...seen,
    perSecond: seen.instructions / seen.seconds,
    perWorkerSecond: seen.instructions / (sum(worker) / 1000),
    mainShare: sum(main) / 1000 / seen.seconds,
    longestTask: Math.max(0, ...main),
    longestSlice: Math.max(0, ...worker),
  };
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** Processor time of each task, in milliseconds, by the name of its thread. */
function tasksByThread(events) {
  const names = new Map();
  for (const { name, pid, tid, args } of events) {
    if (name === "thread_name") names.set(`${pid} ${tid}`, args.name);
  }
  const tasks = new Map();
  for (const { name, pid, tid, tdur } of events) {
    if (name !== "ThreadControllerImpl::RunTask" || tdur === undefined) continue;
    const thread = names.get(`${pid} ${tid}`);
    if (!tasks.has(thread)) tasks.set(thread, []);
    tasks.get(thread).push(tdur / 1000);
  }
  return tasks;
}

/** In the page, before anything else: counts frames, and reads the status line. */
function installProbe() {
  let frames = [];
  let first = null;
  let last = 0;
  const retired = () =>
    Number(document.querySelector('.status [title="Instructions retired"]')?.textContent.replace(/\D/g, ""));
  const each = (now) => {
    frames.push(now - last);
    last = now;
    if (window.probe.isOn) requestAnimationFrame(each);
  };
  window.probe = {
    isOn: false,
    start() {
      frames = [];
      first = null;
      window.probe.isOn = true;
      requestAnimationFrame((now) => {
        last = now;
        first = { now: performance.now(), retired: retired() };
        requestAnimationFrame(each);
      });
    },
    stop() {
      window.probe.isOn = false;
      const seconds = (performance.now() - first.now) / 1000;
      const instructions = retired() - first.retired;
      return { seconds, instructions, frames: frames.length, longestFrame: Math.max(...frames) };
    },
  };
}
