// The page in a real browser: what it leaves of the machine's speed, whether it stays fluent while the machine
// runs at full speed, with every panel, and how soon after navigation something lives on it.

import { firstView } from "../../scripts/web-size.mjs";
import { isBrowserInstalled, runInPage, timeOpening, watch, withViewer } from "../harness/browser.mjs";
import { median } from "../harness/statistics.mjs";
import { formatRatio, formatTime } from "../harness/table.mjs";

export const VIEWER_NAMES = ["page-compute", "page-crowd", "page-printer", "page-flood", "page-opening"];
/** Prints far more than anybody asks for: its speed is told, but no target. */
const WITHOUT_SPEED_TARGET = "page-flood";

const QUICK_DIVISOR = 4;
const WATCH_MS = 4000;
const OPENINGS = 9;
const SPEED_TARGET = 0.9;
const FRAME_TARGET_SECONDS = 0.05;
const OPENING_TARGET_SECONDS = 1;
const FIRST_VIEW_TARGET_BYTES = 60 * 1024;

/** Measures what `selected` accepts; a section for the report, or null. */
export async function measureViewer(context) {
  const names = VIEWER_NAMES.filter(context.selected);
  if (names.length === 0) return null;
  if (!isBrowserInstalled()) {
    console.log("chromium is missing: the page is not measured (apt install chromium)");
    return null;
  }
  const results = await withViewer((viewer) => measureAll(names, viewer, context));
  return { title: "Page", ...report(results), results };
}

async function measureAll(names, viewer, context) {
  const results = [];
  for (const name of names) {
    context.progress(name);
    const measure = name === "page-opening" ? measureOpening : measureProgram;
    results.push(await measure(name, viewer, context));
  }
  return results;
}

/** A program without end: headless, headless with its history, and in the page; then with each panel in front. */
async function measureProgram(name, { open }, { guest, programs, quick, progress }) {
  const path = programs[name.replace("page-", "")].guest;
  const milliseconds = WATCH_MS / (quick ? QUICK_DIVISOR : 1);
  const headless = await guest.pace(path, milliseconds);
  const recorded = await guest.pace(path, milliseconds, { record: true });
  const page = await open();
  await runInPage(page, path);
  const shown = await watch(page, milliseconds);
  const panels = {};
  for (const tab of await page.getByRole("tab").all()) {
    const title = await tab.innerText();
    progress(`${name}, ${title}`);
    await tab.click();
    await page.waitForTimeout(300);
    panels[title] = await watch(page, milliseconds / 2);
  }
  await page.context().close();
  return { name, headless, recorded, shown, panels, ...worstOf({ "as it opens": shown, ...panels }) };
}

/** The longest frame and the longest task with whichever panel it was; seconds. */
function worstOf(views) {
  const worst = (field) => Object.entries(views).reduce((a, b) => (b[1][field] > a[1][field] ? b : a));
  const [framePanel, { longestFrame }] = worst("longestFrame");
  const [taskPanel, { longestTask }] = worst("longestTask");
  return { framePanel, longestFrame: longestFrame / 1000, taskPanel, longestTask: longestTask / 1000 };
}

async function measureOpening(name, { open }, { quick }) {
  const openings = [];
  for (let count = 0; count < (quick ? 3 : OPENINGS); count++) openings.push(await timeOpening(open));
  return {
    name,
    seconds: median(openings.map(({ shown }) => shown)),
    running: median(openings.map(({ running }) => running)),
    slowest: Math.max(...openings.map(({ running }) => running)),
    bytes: firstView().reduce((total, { brotli }) => total + brotli, 0),
  };
}

function report(results) {
  const programs = results.filter(({ name }) => name !== "page-opening");
  const opening = results.find(({ name }) => name === "page-opening");
  const millions = (perSecond) => `${Math.round(perSecond / 1e6)} M/s`;
  const megabytes = ({ bytesPerSecond }) =>
    bytesPerSecond < 1000 ? "–" : `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
  const rows = programs.map((one) => [
    one.name,
    megabytes(one.headless),
    ...[one.headless, one.recorded, one.shown].map(({ perSecond }) => millions(perSecond)),
    formatRatio(one.shown.perSecond / one.headless.perSecond),
    formatRatio(one.shown.perWorkerSecond / one.headless.perProcessorSecond),
    `${formatTime(one.longestFrame)} (${one.framePanel})`,
    `${formatTime(one.longestTask)} (${one.taskPanel})`,
  ]);
  return {
    header: [
      "program",
      "prints",
      "headless",
      "recorded",
      "page",
      "ratio",
      "by CPU",
      "longest frame",
      "longest task, CPU",
    ],
    rows,
    targets: [...programs.flatMap(programTargets), ...(opening ? openingTargets(opening) : [])],
  };
}

function programTargets({ name, shown, headless, longestFrame }) {
  const frame = { comparison: "≤", target: FRAME_TARGET_SECONDS, value: longestFrame, unit: "s" };
  const targets = [{ name: `longest frame, ${name}`, ...frame }];
  if (name === WITHOUT_SPEED_TARGET) return targets;
  const value = shown.perSecond / headless.perSecond;
  return [
    { name: `page / headless, ${name}`, comparison: "≥", target: SPEED_TARGET, value, unit: "" },
    ...targets,
  ];
}

function openingTargets({ seconds, running, bytes }) {
  const time = { comparison: "≤", target: OPENING_TARGET_SECONDS, unit: "s" };
  const size = { comparison: "≤", target: FIRST_VIEW_TARGET_BYTES, value: bytes, unit: "bytes" };
  return [
    { name: "navigation to the first processes", ...time, value: seconds },
    { name: "navigation to the first instructions", ...time, value: running },
    { name: "first view, brotli", ...size },
  ];
}
