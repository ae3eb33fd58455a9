// `timeslice run`: a program in a machine, its standard streams and exit status passed through.

import { PCB_PID } from "../../assembly/layout.ts";
import { pcbWord } from "../machine/core.ts";
import type { Machine } from "../machine.ts";
import type { OutputStream, Platform } from "../platform/platform.ts";
import { Tracer } from "../syscalls/strace.ts";
import type { Command } from "./command.ts";
import { createGuest, restoreGuest } from "./guest.ts";
import { MACHINE_OPTIONS, readMachineOptions } from "./machine-options.ts";
import type { Options } from "./options.ts";
import { print, say } from "./print.ts";
import { Progress } from "./progress.ts";
import { type EndOfRun, endOfRun, explain } from "./run-end.ts";
import { RunLoop } from "./run-loop.ts";
import { UsageError } from "./status.ts";
import { formatOf, type TraceFormatName, traceTo } from "./trace-file.ts";

/** The first process that init starts: the program that was asked for. */
const JOB_PID = 2;

export const run: Command = {
  name: "run",
  operands: "[PROGRAM [ARGUMENT…]]",
  summary: "run a program; without one, boot the machine and take the tour",
  stopAtOperand: true,
  options: [
    ...MACHINE_OPTIONS,
    { name: "strace", meaning: "show every system call on stderr" },
    {
      name: "trace",
      value: "FILE",
      meaning: "write a Chrome trace (opens in Perfetto), or CSV if FILE ends so",
    },
    { name: "save-state", value: "FILE", meaning: "when the run ends, save the machine there" },
    { name: "restore", value: "FILE", meaning: "go on with a saved machine instead of starting a program" },
    { name: "json", meaning: "one JSON object on stdout when the run ends: status, output, times" },
  ],
  details: [
    "PROGRAM is an ELF file for RV32IMAC Linux, assembly (.s, .S), a script that begins with #!, a name in the " +
      "machine's /bin, or an example's. What follows it is the program's, also if it looks like an option.",
    "Exit status: the program's own, or 128 + n if signal n killed it. 124: --timeout or --max-instructions ended " +
      "it. 126, 127: it cannot be run, or was not found. 125: deadlock or a failure of timeslice. 2: wrong usage. " +
      "130: Ctrl-C.",
  ],
  run: (options, platform) => execute("run", options, platform, traceOf(options)),
};

export interface Trace {
  readonly path: string;
  readonly format: TraceFormatName;
}

function traceOf(options: Options): Trace | null {
  const path = options.text("trace");
  return path === undefined ? null : { path, format: formatOf(path) };
}

/** Runs what the operands name to its end. Returns the exit status. */
export async function execute(
  command: string,
  options: Options,
  platform: Platform,
  trace: Trace | null,
): Promise<number> {
  const machineOptions = readMachineOptions(options, command, platform);
  if (machineOptions.seedChosen) say(platform.stderr, `--seed ${machineOptions.configuration.seed}`);
  const saved = options.text("restore");
  if (saved !== undefined && options.operands.length > 0) {
    throw new UsageError(
      "--restore goes on with the programs of the saved machine: it takes no other",
      command,
    );
  }
  const guest =
    saved === undefined
      ? await createGuest(options.operands, machineOptions, platform)
      : await restoreGuest(saved, platform);
  const { machine } = guest;
  const json = options.has("json");
  const mayShow = json || !platform.stdout.isTerminal;
  const progress = new Progress(platform, mayShow);
  const captured = attachOutput(machine, platform, progress, json);
  const statuses = observe(machine, platform, options.has("strace"));
  const endTrace = trace ? traceTo(trace.path, trace.format, machine, platform) : () => {};
  const end = await new RunLoop(machine, platform, machineOptions.limits, progress).run();
  progress.erase();
  endTrace();
  guest.writeBack();
  const state = options.text("save-state");
  if (state !== undefined) platform.files.write(state, machine.snapshot());
  const result = endOfRun(end, statuses.get(JOB_PID));
  if (json) print(platform.stdout, `${JSON.stringify(toJson(result, machine, captured))}\n`);
  else explain(result, platform);
  return result.status;
}

/** Passes the guest's output on, or keeps it; returns what is kept, by stream. */
function attachOutput(
  machine: Machine,
  platform: Platform,
  progress: Progress,
  keep: boolean,
): Uint8Array[][] {
  const streams: OutputStream[] = [platform.stdout, platform.stderr];
  const kept: Uint8Array[][] = [[], []];
  machine.on("output", (bytes, stream) => {
    if (keep) {
      kept[stream - 1].push(bytes.slice());
      return;
    }
    if (stream === 2) progress.erase();
    streams[stream - 1].write(bytes);
  });
  return kept;
}

/** Notes how each process ended, by pid, and shows system calls if asked. */
function observe(machine: Machine, platform: Platform, strace: boolean): ReadonlyMap<number, number> {
  const statuses = new Map<number, number>();
  const pidOf = (slot: number) => machine.kernel.core.words[pcbWord(slot, PCB_PID)];
  const tracer = new Tracer({
    print: (line) => print(platform.stderr, `${line}\n`),
    pidOf,
    memory: machine.kernel.inspection,
    colour: platform.stderr.isTerminal && platform.environment["NO_COLOR"] === undefined,
  });
  machine.observe({
    processEnds(slot, status) {
      statuses.set(pidOf(slot), status);
      if (strace) tracer.processEnds(slot, status);
    },
    ...(strace && {
      callBegins: tracer.callBegins.bind(tracer),
      callEnds: tracer.callEnds.bind(tracer),
      fault: tracer.fault.bind(tracer),
    }),
  });
  return statuses;
}

function toJson(result: EndOfRun, machine: Machine, output: readonly Uint8Array[][]): object {
  return {
    ...result,
    instructions: machine.instructions,
    virtualSeconds: machine.time / machine.configuration.clockHz,
    seed: machine.configuration.seed,
    ...textOrBase64("stdout", output[0]),
    ...textOrBase64("stderr", output[1]),
  };
}

/** Output as text where it is UTF-8, else under the name with Base64 behind. */
function textOrBase64(name: string, pieces: readonly Uint8Array[]): Record<string, string> {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  try {
    return { [name]: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    let binary = "";
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return { [`${name}Base64`]: btoa(binary) };
  }
}
