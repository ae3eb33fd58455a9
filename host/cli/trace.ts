// `timeslice trace`: runs a program and writes what every process and hart did and when.

import type { Command } from "./command.ts";
import { MACHINE_OPTIONS } from "./machine-options.ts";
import { execute } from "./run.ts";
import { formatOf, TRACE_FORMATS } from "./trace-file.ts";

const DEFAULT_FILE = "trace.json";

export const trace: Command = {
  name: "trace",
  operands: "[PROGRAM [ARGUMENT…]]",
  summary: "run a program and write the schedule of its processes",
  stopAtOperand: true,
  options: [
    { name: "output", short: "o", value: "FILE", meaning: `what to write (default ${DEFAULT_FILE})` },
    {
      name: "format",
      value: "NAME",
      meaning: "chrome, csv or json (default: csv if FILE ends so, else chrome)",
    },
    ...MACHINE_OPTIONS,
  ],
  details: [
    "chrome: trace events for ui.perfetto.dev or chrome://tracing, a track for every hart and process; system " +
      "calls enclose the states they went through. csv, json: a line for each stretch of a process's state, in ticks.",
    "The program's streams and exit status are passed on as run does.",
  ],
  run(options, platform) {
    const path = options.text("output") ?? DEFAULT_FILE;
    const format = options.oneOf("format", TRACE_FORMATS) ?? formatOf(path);
    return execute("trace", options, platform, { path, format });
  },
};
