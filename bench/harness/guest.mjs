// Runs guest programs in the machine through the library, and times them from outside.

import { readFileSync } from "node:fs";

const LIBRARY = new URL("../../build/host/index.js", import.meta.url);

/** Loads the built library. Throws with what to do where it has not been built. */
export async function loadGuest() {
  const { Machine } = await import(LIBRARY).catch((error) => {
    throw new Error(`the library is not built (npm run build): ${error.message}`);
  });
  return {
    run: (path, args) => runGuest(Machine, path, args),
    timeCreate: () => timeCreate(Machine),
  };
}

/** Runs a program to its end: seconds of wall-clock time, instructions retired, output. Throws if it failed. */
async function runGuest(Machine, path, args) {
  const machine = await Machine.create();
  await machine.load(readFileSync(path), [path, ...args]);
  const begin = performance.now();
  const result = await machine.run();
  const seconds = (performance.now() - begin) / 1000;
  return { seconds, instructions: Number(result.instructions), output: result.output };
}

async function timeCreate(Machine) {
  const begin = performance.now();
  await Machine.create();
  return (performance.now() - begin) / 1000;
}
