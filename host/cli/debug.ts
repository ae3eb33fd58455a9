// `timeslice debug`: a program in a machine under a debugger that goes both ways in time.

import { EVENT_EXEC } from "../../assembly/layout.ts";
import { DebugError, Session } from "../debug/index.ts";
import { History } from "../history/history.ts";
import { Opening } from "../history/opening.ts";
import { RecordingError } from "../history/recording.ts";
import type { Platform } from "../platform/platform.ts";
import type { Command } from "./command.ts";
import { Debugger } from "./debugger/debugger.ts";
import { listedLines, runLines, streamLines, typedLines } from "./debugger/shell.ts";
import { createGuest } from "./guest.ts";
import { MACHINE_OPTIONS, readMachineOptions } from "./machine-options.ts";
import type { Options } from "./options.ts";
import { say } from "./print.ts";
import { CommandError, STATUS_BAD_INPUT, UsageError } from "./status.ts";

/** The first process that init starts: the program that was asked for. */
const JOB_PID = 2;
/** A debugged run is ended by a person. */
const NOT_FOR_DEBUG: readonly string[] = ["max-instructions", "timeout"];

export const debug: Command = {
  name: "debug",
  operands: "[PROGRAM [ARGUMENT…]]",
  summary: "debug a program, forwards and backwards",
  stopAtOperand: true,
  options: [
    {
      name: "commands",
      short: "x",
      value: "FILE",
      meaning: "carry out the debugger's commands in FILE first",
      repeats: true,
    },
    { name: "execute", short: "e", value: "COMMAND", meaning: "carry out one command first", repeats: true },
    { name: "batch", meaning: "leave after -x and -e, with status 1 if a command was wrong" },
    {
      name: "input",
      value: "FILE",
      meaning: "the program's standard input (default: what the command input gives)",
    },
    {
      name: "recording",
      value: "FILE",
      meaning: "open a run that the command save wrote, instead of a program",
    },
    { name: "history", value: "BYTES", meaning: "memory for going back, as in 512Mi (default 256Mi)" },
    ...MACHINE_OPTIONS.filter(({ name }) => !NOT_FOR_DEBUG.includes(name)),
  ],
  details: [
    "The program stands at its first instruction; help lists the commands, which are gdb's where gdb has them, and " +
      "reverse-… go back in time. Commands are read from the terminal, or from stdin if that is none.",
    "The program's output appears between the debugger's own; its input is given by the command input, or by --input. " +
      "Ctrl-C interrupts a run.",
  ],
  run,
};

async function run(options: Options, platform: Platform): Promise<number> {
  const history = await openHistory(options, platform);
  const input = options.text("input");
  if (input !== undefined) {
    history.input(platform.files.read(input));
    history.endInput();
  }
  const debug = new Debugger(new Session(history), platform);
  await begin(debug, options);
  let isGood = true;
  for (const file of options.all("commands")) {
    const lines = new TextDecoder().decode(platform.files.read(file)).replace(/\n$/, "").split("\n");
    isGood = (await runLines(debug, listedLines(debug, lines))) && isGood;
  }
  isGood = (await runLines(debug, listedLines(debug, options.all("execute")))) && isGood;
  if (options.has("batch")) return isGood ? 0 : STATUS_BAD_INPUT;
  const { stdin } = platform;
  await runLines(debug, stdin.isTerminal ? typedLines(debug) : streamLines(debug, stdin));
  stdin.release();
  return 0;
}

async function openHistory(options: Options, platform: Platform): Promise<History> {
  const limitBytes = options.integer("history", 2 ** 20, 2 ** 32);
  const limit = limitBytes === undefined ? {} : { limitBytes };
  const recording = options.text("recording");
  if (recording !== undefined) {
    refuseOtherMachine(options);
    return openRecording(recording, platform, limit);
  }
  const machineOptions = readMachineOptions(options, "debug", platform);
  if (machineOptions.seedChosen) say(platform.stderr, `--seed ${machineOptions.configuration.seed}`);
  const { machine } = await createGuest(options.operands, machineOptions, platform);
  return History.create(machine, limit);
}

/** A recording is a run of one program in one machine, with all its input: nothing of it can be chosen anew. */
function refuseOtherMachine(options: Options): void {
  if (options.operands.length > 0)
    throw new UsageError("--recording has its own program: it takes no other", "debug");
  const other = [...MACHINE_OPTIONS.map(({ name }) => name), "input"].find((name) => options.has(name));
  if (other !== undefined)
    throw new UsageError(`--recording has its own machine and input: it takes no --${other}`, "debug");
}

async function openRecording(
  path: string,
  platform: Platform,
  limit: { readonly limitBytes?: number },
): Promise<History> {
  try {
    const opening = await Opening.begin(await platform.coreModule(), platform.files.read(path), limit);
    for (;;) {
      const history = opening.advance();
      if (history !== null) return history;
    }
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    throw new CommandError(`${path}: ${error.message}`, STATUS_BAD_INPUT);
  }
}

/** Goes to the program's first instruction: behind init's work, where a person wants to begin. */
async function begin(debug: Debugger, options: Options): Promise<void> {
  const { session } = debug;
  try {
    await debug.move({ kind: "goTo", moment: session.history.start });
    const stop = await debug.move({ kind: "nextEvent", types: [EVENT_EXEC], pid: JOB_PID });
    if (stop.reason === "event") await debug.move({ kind: "runTo", pid: JOB_PID, location: "*pc" });
  } catch (error) {
    if (!(error instanceof DebugError)) throw error;
  }
  debug.beginning = session.now;
  if (options.has("batch")) return;
  const name = session.machine.processes().find(({ pid }) => pid === JOB_PID)?.name ?? "the machine";
  debug.say(`Debugging ${name}; help lists the commands.`);
  debug.arrive({ reason: "moment", moment: session.now, ...(session.focus !== 0 && { pid: session.focus }) });
}
