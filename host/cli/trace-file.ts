// A run's trace written to a host file as the run goes, in the format that the file's ending or an option
// says.

import type { Machine } from "../machine.ts";
import type { Platform } from "../platform/platform.ts";
import { callTable } from "../syscalls/table.ts";
import { chromeTrace } from "../trace/chrome.ts";
import { csvTrace, jsonTrace } from "../trace/table.ts";
import type { TraceContext, TraceFormat } from "../trace/writer.ts";

export const TRACE_FORMATS = ["chrome", "csv", "json"] as const;
export type TraceFormatName = (typeof TRACE_FORMATS)[number];

const WRITERS: Readonly<Record<TraceFormatName, (context: TraceContext) => TraceFormat>> = {
  chrome: chromeTrace,
  csv: csvTrace,
  json: jsonTrace,
};

/** Begins to trace; the function that it returns ends the trace. */
export function traceTo(
  path: string,
  format: TraceFormatName,
  machine: Machine,
  platform: Platform,
): () => void {
  const file = platform.files.create(path);
  const names = new Map(callTable.map(({ number, name }) => [number, name]));
  const trace = WRITERS[format]({
    write: (text) => file.write(text),
    clockHz: machine.configuration.clockHz,
    harts: machine.configuration.harts,
    callName: (number) => names.get(number) ?? `syscall ${number}`,
  });
  machine.on("events", ({ events, lost }) => {
    if (lost > 0) trace.lost(lost);
    trace.take(events);
  });
  return () => {
    trace.finish();
    file.close();
  };
}

/** What a file of this name holds unless told otherwise. */
export function formatOf(path: string): TraceFormatName {
  return path.endsWith(".csv") ? "csv" : "chrome";
}
