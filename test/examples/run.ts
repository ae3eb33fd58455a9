// Runs an example as the command line does, as a job of init, and keeps all that happened.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as L from "../../assembly/layout.ts";
import type { Configuration, Machine, MachineEvent, RunResult } from "../../host/index.ts";
import { arraySource } from "../../host/loader/source.ts";
import { readSymbols } from "../../host/loader/symbols.ts";
import { pcbWord } from "../../host/machine/core.ts";
import type { Example, ExampleIndex } from "../../programs/examples/example.ts";
import { ROOT } from "../../scripts/steps.mjs";
import { machineWithUserland } from "../programs/run.ts";

const FOLDER = join(ROOT, "programs/examples");

export const INDEX: ExampleIndex = JSON.parse(readFileSync(join(FOLDER, "index.json"), "utf8"));

/** Pid of the example's first process: the one that init starts. */
export const MAIN = 2;

const MAX_INSTRUCTIONS = 2_000_000_000;
const MAX_STEPS = 100_000;

export interface Started {
  readonly machine: Machine;
  /** What was written to standard output so far. */
  readonly output: () => string;
  /** All events so far. */
  readonly events: readonly MachineEvent[];
}

export interface ExampleRun {
  readonly machine: Machine;
  readonly result: RunResult;
  /** What was written to standard output. */
  readonly output: string;
  /** The exit status of the example's first process, or 128 + n; 0 where it has not ended. */
  readonly status: number;
  readonly events: readonly MachineEvent[];
}

export interface ExampleOptions {
  readonly configuration?: Partial<Configuration>;
  /** Instead of the example's suggestion. */
  readonly input?: string;
  /** Instead of the example's own program. */
  readonly program?: Uint8Array;
}

export function exampleOf(id: string): Example {
  const example = INDEX.examples.find((one) => one.id === id);
  if (!example) throw new Error(`there is no example ${id}`);
  return example;
}

export function sourceOf(id: string): string {
  return readFileSync(join(FOLDER, `${id}.s`), "utf8");
}

/** The program as the set-up has built it. */
export function programOf(id: string): Uint8Array {
  return readFileSync(join(ROOT, "build/examples", id));
}

/** A machine in which init is about to start the example, with its suggested input. */
export async function startExample(id: string, options: ExampleOptions = {}): Promise<Started> {
  const example = exampleOf(id);
  const { machine, output } = await machineWithUserland({
    ...example.configuration,
    ...options.configuration,
  });
  const events: MachineEvent[] = [];
  machine.on("events", (batch) => {
    if (batch.lost > 0) throw new Error(`${batch.lost} events were lost`);
    events.push(...batch.events);
  });
  machine.writeFile(`/program/${id}`, options.program ?? programOf(id), 0o755);
  machine.start("/bin/init", ["init", `/program/${id}`]);
  machine.input(new TextEncoder().encode(options.input ?? example.input ?? ""));
  return { machine, output, events };
}

/** To the end that the index says; throws if it does not come. */
export async function runExample(id: string, options: ExampleOptions = {}): Promise<ExampleRun> {
  const { machine, output, events } = await startExample(id, options);
  machine.endInput();
  const result = machine.run({ maxInstructions: MAX_INSTRUCTIONS });
  if (result.reason !== (exampleOf(id).end ?? "ended")) {
    throw new Error(`${id} stopped: ${JSON.stringify(result)}\n${output()}`);
  }
  return { machine, result, output: output(), status: "status" in result ? result.status >> 8 : 0, events };
}

/** Steps by single instructions until `isThere`; throws if that does not come. */
export function stepUntil({ machine, output }: Started, isThere: () => boolean): void {
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    if (isThere()) return;
    if (machine.step().reason !== "budget") break;
  }
  throw new Error(`the example does not come to that:\n${output()}`);
}

/** Steps by single instructions until a process arrives at the symbol: its pid. */
export function runTo(id: string, started: Started, symbol: string): number {
  const address = addressOf(id, symbol);
  const arrived = () =>
    started.machine.processes().find(({ state, pc }) => state === "running" && pc === address)?.pid ?? 0;
  started.machine.step();
  stepUntil(started, () => arrived() !== 0);
  return arrived();
}

/** Address of a symbol of the example's program. */
export function addressOf(id: string, symbol: string): number {
  const found = readSymbols(arraySource(programOf(id))).find(symbol);
  if (!found) throw new Error(`${id} has no symbol ${symbol}`);
  return found.address;
}

/** A field of the PCB of the process with that pid. */
export function pcbField(machine: Machine, pid: number, field: number): number {
  const { core } = machine.kernel;
  return core.unsigned[pcbWord(core.pidSlot(pid), field)];
}

/** Where a process's byte lies in linear memory: equal for two processes that share its frame. */
export function placeOf(machine: Machine, pid: number, address: number): number {
  return machine.kernel.core.translate(pcbField(machine, pid, L.PCB_ROOT), address, L.PROTECT_READ);
}

/** Events of one type, of one process if a pid is given. */
export function eventsOf(run: ExampleRun, type: number, pid?: number): MachineEvent[] {
  return run.events.filter((event) => event.type === type && (pid === undefined || event.pid === pid));
}

/** Pids in the order of their creation, with their parents; init included. */
export function creations(run: ExampleRun): { pid: number; parent: number; kind: number }[] {
  return eventsOf(run, L.EVENT_CREATE).map(({ pid, a, b }) => ({ pid, parent: a, kind: b }));
}

/** How each process ended, by pid: as wait(2) has it. */
export function endings(run: ExampleRun): Record<number, number> {
  return Object.fromEntries(eventsOf(run, L.EVENT_EXIT).map(({ pid, a }) => [pid, a]));
}

/** A stretch of time that a process spent in one state. */
export interface Stretch {
  readonly pid: number;
  readonly state: number;
  /** In ticks. */
  readonly start: number;
  readonly end: number;
  readonly hart: number;
  /** WAIT_* of a blocked one, else 0. */
  readonly waitsFor: number;
}

/** All stretches that have come to an end, in the order of their ends. */
export function stretches(run: ExampleRun): Stretch[] {
  const open = new Map<number, MachineEvent>();
  const done: Stretch[] = [];
  for (const event of run.events) {
    if (event.type !== L.EVENT_STATE && event.type !== L.EVENT_REAP) continue;
    const before = open.get(event.slot);
    if (before !== undefined && before.pid === event.pid) {
      const { pid, b, time, hart, c } = before;
      const waitsFor = b === L.STATE_BLOCKED ? c >>> L.WAIT_KIND_SHIFT : 0;
      done.push({ pid, state: b, start: time, end: event.time, hart, waitsFor });
    }
    if (event.type === L.EVENT_REAP) open.delete(event.slot);
    else open.set(event.slot, event);
  }
  return done;
}

/** Stretches in which the process was blocked on that kind of channel. */
export function waits(run: ExampleRun, kind: number, pid?: number): Stretch[] {
  return stretches(run).filter(
    (stretch) => stretch.waitsFor === kind && (pid === undefined || stretch.pid === pid),
  );
}
