// Runs guest programs in the machine through the library, and times them from outside.

import { readFileSync } from "node:fs";

const LIBRARY = new URL("../../build/host/index.js", import.meta.url);
const CORE = new URL("../../build/core.wasm", import.meta.url);

/** What the machines are given: room for 4,000 processes with pages of their own. */
const OPTIONS = { memory: 256 << 20 };

/** Loads the built library and core. Throws with what to do where they have not been built. */
export async function loadGuest() {
  try {
    const { History, Machine } = await import(LIBRARY);
    const options = { ...OPTIONS, core: await WebAssembly.compile(readFileSync(CORE)) };
    return {
      run: (path, args, maxInstructions) => runGuest(Machine, options, path, args, maxInstructions),
      record: (path, args, maxInstructions) =>
        recordGuest({ History, Machine }, options, path, args, maxInstructions),
      begin: (path, args) => beginHistory({ History, Machine }, options, path, args),
      pace: (path, milliseconds, how) => paceGuest({ History, Machine }, options, path, milliseconds, how),
      timeCreate: () => timeCreate(Machine, options),
    };
  } catch (error) {
    throw new Error(`the library is not built (npm run build): ${error.message}`);
  }
}

/**
 * Runs a program to its end, or one without end for so many instructions: seconds of wall-clock and of the processor's
 * time, instructions retired, output. Throws if it failed.
 */
async function runGuest(Machine, options, path, args, maxInstructions) {
  const machine = await Machine.create(options);
  const command = [path, ...args].join(" ");
  let output = "";
  machine.on("output", (bytes) => {
    output += new TextDecoder().decode(bytes);
  });
  const pid = machine.load(readFileSync(path), [path, ...args]);
  if (pid < 0) throw new Error(`${command} cannot be started: errno ${-pid}`);
  const { result, ...times } = timed(() => machine.run({ maxInstructions }));
  if (!isAsItShould(result, maxInstructions)) {
    throw new Error(`${command} ended with ${JSON.stringify(result)}: ${output}`);
  }
  return { ...times, instructions: result.instructions, output };
}

/** The same with its history kept, which is given with the result. */
async function recordGuest(library, options, path, args, maxInstructions) {
  const history = await beginHistory(library, options, path, args);
  const { result, ...times } = timed(() => history.run({ maxInstructions }));
  if (!isAsItShould(result, maxInstructions)) {
    throw new Error(`${path} ended with ${JSON.stringify(result)} while its history was kept`);
  }
  return { ...times, instructions: result.instructions, history };
}

function isAsItShould({ reason, status }, maxInstructions) {
  return maxInstructions === undefined ? reason === "ended" && status === 0 : reason === "budget";
}

/** What `run` gives, and the seconds that it takes: by the clock and of the processor. */
function timed(run) {
  const [begin, used] = [performance.now(), process.cpuUsage()];
  const result = run();
  const { user, system } = process.cpuUsage(used);
  return { result, seconds: (performance.now() - begin) / 1000, processorSeconds: (user + system) / 1e6 };
}

/**
 * Runs a program without end for so long, after as long a warm-up; instructions by the second and by the processor's, and
 * bytes that it prints in a second.
 */
async function paceGuest({ History, Machine }, options, path, milliseconds, { record = false } = {}) {
  const machine = await Machine.create(options);
  const runner = record ? History.create(machine) : machine;
  runner.load(readFileSync(path), [path]);
  let printed = 0;
  machine.on("output", ({ length }) => {
    printed += length;
  });
  const runFor = () => {
    const end = performance.now() + milliseconds;
    runner.run({ pauseWhen: () => performance.now() >= end });
  };
  runFor();
  const before = { instructions: machine.instructions, printed };
  const { seconds, processorSeconds } = timed(runFor);
  const instructions = machine.instructions - before.instructions;
  return {
    perSecond: instructions / seconds,
    perProcessorSecond: instructions / processorSeconds,
    bytesPerSecond: (printed - before.printed) / seconds,
  };
}

/** The history of a machine in which the program has been started and nothing has run yet. */
async function beginHistory({ History, Machine }, options, path, args) {
  const machine = await Machine.create(options);
  const history = History.create(machine);
  history.load(readFileSync(path), [path, ...args]);
  return history;
}

async function timeCreate(Machine, options) {
  const begin = performance.now();
  await Machine.create(options);
  return (performance.now() - begin) / 1000;
}
