// `npm run bench`: measures the machine side by side with qemu-riscv32 and native Linux in one run,
// and says which targets are reached. Timing never makes it fail; wrong results and missing parts do.

import { writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { buildPrograms } from "./build.mjs";
import { loadGuest } from "./harness/guest.mjs";
import { findPeers } from "./harness/peers.mjs";
import { formatTable, formatTarget, isReached } from "./harness/table.mjs";
import { HISTORY_NAMES, measureHistory } from "./suites/history.mjs";
import { KERNELS, measureKernels } from "./suites/kernels.mjs";
import { measureProcesses, OPERATION_NAMES } from "./suites/processes.mjs";
import { measureStartup, STARTUP_NAMES } from "./suites/startup.mjs";
import { measureViewer, VIEWER_NAMES } from "./suites/viewer.mjs";

const GROUPS = {
  kernels: KERNELS,
  processes: OPERATION_NAMES,
  startup: STARTUP_NAMES,
  history: HISTORY_NAMES,
  viewer: VIEWER_NAMES,
};
const SUITES = [measureKernels, measureProcesses, measureStartup, measureHistory, measureViewer];

const USAGE = `npm run bench -- [--quick] [--only NAME]... [--json FILE]
  --quick      a fraction of the work: rough figures within a minute
  --only NAME  a group (${Object.keys(GROUPS).join(", ")}) or one of
               ${Object.values(GROUPS).flat().join(", ")}
  --json FILE  writes the figures and the machine's details`;

/** The names that `--only` asks for; all where it is absent. Throws on an unknown name. */
function selectedNames(only) {
  const known = new Set(Object.values(GROUPS).flat());
  if (only.length === 0) return known;
  const names = only.flatMap((name) => GROUPS[name] ?? [name]);
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: there is no such benchmark\n${USAGE}`);
  return new Set(names);
}

function describeMachine() {
  return {
    processor: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${process.platform} ${release()}`,
    node: process.version,
    v8: process.versions.v8,
  };
}

/** Shows on a terminal's stderr what is being measured; nothing elsewhere. */
function showProgress(name) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${name === null ? "" : `measuring ${name} …`}`);
}

function printSection({ title, header, rows, targets }) {
  showProgress(null);
  console.log(`\n${title}`);
  for (const line of formatTable(header, rows)) console.log(`  ${line}`);
  for (const target of targets) console.log(`  → ${target.name} ${formatTarget(target)}`);
}

function writeFigures(file, machine, quick, sections) {
  const figures = sections.map(({ title, targets, results }) => ({
    title,
    targets: targets.map((target) => ({ ...target, reached: isReached(target) })),
    results,
  }));
  writeFileSync(file, `${JSON.stringify({ machine, quick, sections: figures }, null, 2)}\n`);
}

async function main() {
  const { values } = parseArgs({
    options: {
      json: { type: "string" },
      only: { type: "string", multiple: true, default: [] },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const names = selectedNames(values.only);
  const peers = findPeers();
  const context = {
    peers,
    programs: buildPrograms(),
    guest: await loadGuest(),
    quick: values.quick,
    selected: (name) => names.has(name),
    progress: showProgress,
  };
  const machine = describeMachine();
  console.log(`${machine.processor}, ${machine.cores} cores, ${machine.system}, Node ${machine.node}`);
  for (const message of peers.missing) console.log(message);
  const sections = [];
  for (const measure of SUITES) {
    const section = await measure(context);
    if (section === null) continue;
    printSection(section);
    sections.push(section);
  }
  if (values.json !== undefined) writeFigures(values.json, machine, values.quick, sections);
}

try {
  await main();
} catch (error) {
  showProgress(null);
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}
