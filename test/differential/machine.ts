// Runs a static executable on a machine of ours, in several manners that must all give the same result.

import { readFileSync } from "node:fs";
import { type Configuration, Machine } from "../../host/index.ts";
import { hashWords } from "./batch.ts";
import { DATA, DATA_SIZE } from "./program.ts";
import type { Outcome } from "./qemu.ts";

/** How a machine is made to run a program. */
export interface Manner {
  readonly name: string;
  readonly configuration: Partial<Configuration>;
  /** Instructions of one call of `run`; default: all. */
  readonly slice?: number;
  /** After how many slices the machine is saved and another one restored from that. */
  readonly restoreAfter?: number;
}

export const MANNERS: readonly Manner[] = [
  { name: "at once", configuration: {} },
  { name: "in short time slices", configuration: { quantum: 7 } },
  { name: "in short calls", configuration: {}, slice: 1013 },
  { name: "on several harts", configuration: { harts: 3, turn: 50, quantum: 400 } },
  { name: "across a snapshot", configuration: {}, slice: 150_001, restoreAfter: 1 },
];

/** More than any batch of the generator takes. */
const MAX_INSTRUCTIONS = 50_000_000;

const core = new WebAssembly.Module(readFileSync(new URL("../../build/core.wasm", import.meta.url)));

/** Runs the executable to its end. Throws if it does not start or does not end. */
export async function runOnMachine(executable: Uint8Array, manner: Manner): Promise<Outcome> {
  const { configuration, slice = MAX_INSTRUCTIONS, restoreAfter = 0 } = manner;
  let machine = await Machine.create({ core, memory: 16 * 1024 * 1024, ...configuration });
  const chunks: Uint8Array[] = [];
  const collect = (bytes: Uint8Array) => chunks.push(bytes.slice());
  machine.on("output", collect);
  const pid = machine.load(executable);
  const report = (_: number, ...fault: FaultParts) => collect(reportFault(machine, pid, fault));
  machine.observe({ fault: report });
  if (pid < 0) throw new Error(`the program does not start: errno ${-pid}`);
  for (let done = 0, slices = 1; done < MAX_INSTRUCTIONS; slices++) {
    const result = machine.run({ maxInstructions: slice });
    if (result.reason === "ended")
      return { status: shellStatus(result.status), output: new Uint8Array(Buffer.concat(chunks)) };
    if (result.reason !== "budget") throw new Error(`the program stops: ${result.reason}`);
    done += result.instructions;
    if (slices !== restoreAfter) continue;
    machine = await Machine.restore(core, machine.snapshot());
    machine.on("output", collect);
    machine.observe({ fault: report });
  }
  throw new Error("the program does not end");
}

/** The wait status of a process as a shell says it. */
function shellStatus(status: number): number {
  const signal = status & 0x7f;
  return signal === 0 ? (status >> 8) & 0xff : 128 + signal;
}

type FaultParts = [signal: number, code: number, address: number];

/** What the handler of a single program (batch.ts) would write about the fault, which here nobody handles. */
function reportFault(machine: Machine, pid: number, fault: FaultParts): Uint8Array {
  const pc = machine.processes().find((process) => process.pid === pid)!.pc;
  const data = machine.readMemory(pid, DATA, DATA_SIZE);
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length >>> 2);
  const report = [...fault, pc, hashWords(machine.registers(pid)!), hashWords(words)];
  return new Uint8Array(Uint32Array.from(report).buffer);
}
