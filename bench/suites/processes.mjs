// The cost of process operations: the same C program in the machine, measured from outside, and on
// native Linux, measured on its own clock, unpinned and pinned to one core: the better one counts.

import { QEMU, reportedSeconds, runPeer } from "../harness/peers.mjs";
import { interleave } from "../harness/statistics.mjs";
import { formatRatio, formatTime } from "../harness/table.mjs";

const SAMPLES = 5;
const QUICK_DIVISOR = 4;
/** V8 optimises the kernel's JavaScript and the core meanwhile. */
const WARM_UP_SECONDS = 1;
const FEW = "4";
const MANY = "4000";

/** Per operation: the program, its arguments in front of the count, and the counts for a run of about half a second. */
const OPERATIONS = {
  fork: { label: "fork + exit + wait", program: "fork", before: [], count: 20000, qemuCount: 200 },
  pingpong: { label: "pipe round trip", program: "pingpong", before: [], count: 50000, qemuCount: 2000 },
  getppid: { label: "getppid", program: "getppid", before: [], count: 1000000, qemuCount: 100000 },
  "yield-few": {
    label: `yield among ${FEW}`,
    program: "switch",
    before: [FEW],
    count: 800000,
    qemuCount: 40000,
  },
  "yield-many": {
    label: `yield among ${MANY}`,
    program: "switch",
    before: [MANY],
    count: 800000,
    qemuCount: 0,
  },
  "ring-few": {
    label: `pipe ring of ${FEW}`,
    program: "ring",
    before: [FEW],
    count: 200000,
    qemuCount: 10000,
  },
  "ring-many": {
    label: `pipe ring of ${MANY}`,
    program: "ring",
    before: [MANY],
    count: 200000,
    qemuCount: 0,
  },
};
export const OPERATION_NAMES = Object.keys(OPERATIONS);

const FORK_TARGET = 0.2;
const GETPPID_TARGET_SECONDS = 1e-6;
const SWITCH_TARGET = 1.5;

/** Native seconds per operation, unpinned and pinned to one core; null where they cannot be had. */
async function measureNative(native, args, count, { peers }) {
  if (!native) return { unpinned: null, pinned: null };
  const measurements = { unpinned: () => reportedSeconds(runPeer(native, args).output) / count };
  if (peers.taskset) {
    measurements.pinned = () =>
      reportedSeconds(runPeer("taskset", ["-c", "0", native, ...args]).output) / count;
  }
  return { pinned: null, ...(await interleave(SAMPLES, measurements)) };
}

/** Our seconds per operation. What a run without operations takes (start, creation of processes) is subtracted. */
async function measureOurs(path, before, count, { guest }) {
  const run = async (operations) => (await guest.run(path, [...before, String(operations)])).seconds;
  const warm = performance.now() + WARM_UP_SECONDS * 1000;
  do await run(count);
  while (performance.now() < warm);
  const { full, empty } = await interleave(SAMPLES, { full: () => run(count), empty: () => run(0) });
  return (full - empty) / count;
}

function measureQemu(path, before, count, { peers }) {
  if (!peers.qemu || count === 0) return null;
  return reportedSeconds(runPeer(QEMU, [path, ...before, String(count)]).output) / count;
}

async function measureOperation(name, context) {
  const { label, program, before, count, qemuCount } = OPERATIONS[name];
  const { guest, native } = context.programs[program];
  const operations = context.quick ? count / QUICK_DIVISOR : count;
  const { unpinned, pinned } = await measureNative(
    native,
    [...before, String(operations)],
    operations,
    context,
  );
  const nativeSeconds = native ? Math.min(unpinned, pinned ?? unpinned) : null;
  const seconds = await measureOurs(guest, before, operations, context);
  return {
    name,
    label,
    seconds,
    unpinnedSeconds: unpinned,
    pinnedSeconds: pinned,
    qemuSeconds: measureQemu(guest, before, qemuCount, context),
    ratioToNative: native ? seconds / nativeSeconds : null,
  };
}

/** The targets of those operations that were measured. */
function targetsOf(results) {
  const of = (name) => results.find((result) => result.name === name);
  const ratio = (many, few) => (of(many) && of(few) ? of(many).seconds / of(few).seconds : undefined);
  const targets = [
    ["fork + exit + wait relative to native", "≤", FORK_TARGET, of("fork")?.ratioToNative, "ratio"],
    ["pipe round trip relative to native", "<", 1, of("pingpong")?.ratioToNative, "ratio"],
    ["getppid", "≤", GETPPID_TARGET_SECONDS, of("getppid")?.seconds, "s"],
    // By sched_yield, which is a switch and nothing else. A hop of the ring also reads and writes a pipe whose
    // bytes and user pages left the caches 4,000 hops ago, here as natively: its row is for comparison.
    [
      `switch, ${MANY} processes relative to ${FEW}`,
      "≤",
      SWITCH_TARGET,
      ratio("yield-many", "yield-few"),
      "ratio",
    ],
  ];
  return targets
    .filter(([, , , value]) => value !== undefined)
    .map(([name, comparison, target, value, unit]) => ({ name, comparison, target, value, unit }));
}

/** Measures the operations that `selected` accepts; a section for the report, or null if it accepts none. */
export async function measureProcesses(context) {
  const names = OPERATION_NAMES.filter(context.selected);
  if (names.length === 0) return null;
  const results = [];
  for (const name of names) {
    context.progress(name);
    results.push(await measureOperation(name, context));
  }
  return {
    title: "Processes: time per operation",
    header: ["operation", "ours", "native", "native, one core", "qemu", "ours/native"],
    rows: results.map((result) => [
      result.label,
      formatTime(result.seconds),
      formatTime(result.unpinnedSeconds),
      formatTime(result.pinnedSeconds),
      formatTime(result.qemuSeconds),
      formatRatio(result.ratioToNative),
    ]),
    targets: targetsOf(results),
    results,
  };
}
