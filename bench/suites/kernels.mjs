// The interpreter's speed on C kernels: instructions a second, and time against qemu-riscv32 and
// the native machine.

import { QEMU, runPeer } from "../harness/peers.mjs";
import { geometricMean, interleave, median } from "../harness/statistics.mjs";
import { formatRatio, formatTime } from "../harness/table.mjs";

/** Rounds (argv[1]) of each kernel: about 10^9 instructions. */
const ROUNDS = {
  sieve: 50,
  matrix: 150,
  sha256: 1000,
  queens: 250,
  bytecode: 400,
  list: 450,
  stream: 600,
  quicksort: 80,
};
export const KERNELS = Object.keys(ROUNDS);

const QUICK_DIVISOR = 10;
const SAMPLES = 3;
const TARGET_RATIO = 0.25;
/** V8 compiles the interpreter's one large function in the background meanwhile. */
const WARM_UP_SECONDS = 3;

/** The time qemu needs for a program that does nothing, to be subtracted. */
function qemuStartUp({ peers, programs }) {
  if (!peers.qemu) return 0;
  return median(Array.from({ length: 7 }, () => runPeer(QEMU, [programs.hello.guest]).seconds));
}

async function warmUp(names, { guest, programs }) {
  const end = performance.now() + WARM_UP_SECONDS * 1000;
  do {
    for (const name of names) await guest.run(programs[name].guest, [roundsOf(name, true)]);
  } while (performance.now() < end);
}

function roundsOf(name, quick) {
  return String(Math.ceil(ROUNDS[name] / (quick ? QUICK_DIVISOR : 1)));
}

async function measureKernel(name, context, startUp) {
  const { guest, peers, programs, quick } = context;
  const argument = roundsOf(name, quick);
  const outputs = new Set();
  let instructions = 0;
  const keep = ({ seconds, output }) => {
    outputs.add(output);
    return seconds;
  };
  const measurements = {
    async ours() {
      const result = await guest.run(programs[name].guest, [argument]);
      instructions = result.instructions;
      return keep(result);
    },
  };
  if (peers.qemu) measurements.qemu = () => keep(runPeer(QEMU, [programs[name].guest, argument])) - startUp;
  if (programs[name].native) measurements.native = () => keep(runPeer(programs[name].native, [argument]));
  const { ours, qemu = null, native = null } = await interleave(SAMPLES, measurements);
  if (outputs.size !== 1) throw new Error(`${name} gave different results: ${[...outputs].join(" / ")}`);
  return {
    name,
    instructions,
    seconds: ours,
    instructionsPerSecond: instructions / ours,
    qemuSeconds: qemu,
    nativeSeconds: native,
    ratioToQemu: qemu === null ? null : qemu / ours,
  };
}

/** Measures the kernels that `selected` accepts; a section for the report, or null if it accepts none. */
export async function measureKernels(context) {
  const names = KERNELS.filter(context.selected);
  if (names.length === 0) return null;
  await warmUp(names, context);
  const startUp = qemuStartUp(context);
  const results = [];
  for (const name of names) {
    context.progress(name);
    results.push(await measureKernel(name, context, startUp));
  }
  const mean = context.peers.qemu ? geometricMean(results.map((result) => result.ratioToQemu)) : null;
  return {
    title: "Interpreter: C kernels compiled by GCC",
    header: ["kernel", "instructions", "time", "M instr/s", "qemu", "native", "qemu/ours"],
    rows: results.map((result) => [
      result.name,
      result.instructions.toLocaleString("en"),
      formatTime(result.seconds),
      (result.instructionsPerSecond / 1e6).toFixed(0),
      formatTime(result.qemuSeconds),
      formatTime(result.nativeSeconds),
      formatRatio(result.ratioToQemu),
    ]),
    targets: [
      {
        name: "speed relative to qemu, geometric mean",
        comparison: "≥",
        target: TARGET_RATIO,
        value: mean,
        unit: "ratio",
      },
    ],
    results,
  };
}
