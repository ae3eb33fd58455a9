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
      run: (path, args) => runGuest(Machine, options, path, args),
      record: (path, args) => recordGuest({ History, Machine }, options, path, args),
      begin: (path, args) => beginHistory({ History, Machine }, options, path, args),
      pace: (path, milliseconds, how) => paceGuest({ History, Machine }, options, path, milliseconds, how),
      timeCreate: () => timeCreate(Machine, options),
    };
  } catch (error) {
    throw new Error(`the library is not built (npm run build): ${error.message}`);
  }
}

/** Runs a program to its end: seconds of wall-clock time, instructions retired, output. Throws if it failed. */
async function runGuest(Machine, options, path, args) {
  const machine = await Machine.create(options);
  const command = [path, ...args].join(" ");
  let output = "";
  machine.on("output", (bytes) => {
    output += new TextDecoder().decode(bytes);
  });
  const pid = machine.load(readFileSync(path), [path, ...args]);
  if (pid < 0) throw new Error(`${command} cannot be started: errno ${-pid}`);
  const begin = performance.now();
  const result = machine.run();
  const seconds = (performance.now() - begin) / 1000;
  if (result.reason !== "ended" || result.status !== 0) {
    throw new Error(`${command} ended with ${JSON.stringify(result)}: ${output}`);
  }
  return { seconds, instructions: result.instructions, output };
}

/** The same with its history kept, which is given with the result. */
async function recordGuest(library, options, path, args) {
  const history = await beginHistory(library, options, path, args);
  const begin = performance.now();
  const result = history.run();
  const seconds = (performance.now() - begin) / 1000;
  if (result.reason !== "ended" || result.status !== 0) {
    throw new Error(`${path} ended with ${JSON.stringify(result)} while its history was kept`);
  }
  return { seconds, instructions: result.instructions, history };
}

/** Runs a program without end for so long, after as long a warm-up; instructions by the second and by the processor's. */
async function paceGuest({ History, Machine }, options, path, milliseconds, { record = false } = {}) {
  const machine = await Machine.create(options);
  const runner = record ? History.create(machine) : machine;
  runner.load(readFileSync(path), [path]);
  const runFor = () => {
    const end = performance.now() + milliseconds;
    runner.run({ pauseWhen: () => performance.now() >= end });
  };
  runFor();
  const before = { now: performance.now(), used: process.cpuUsage(), instructions: machine.instructions };
  runFor();
  const { user, system } = process.cpuUsage(before.used);
  const instructions = machine.instructions - before.instructions;
  return {
    perSecond: instructions / ((performance.now() - before.now) / 1000),
    perProcessorSecond: instructions / ((user + system) / 1e6),
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
