// The schedule as a table, one line per stretch of a process's state, in the order in which they end:
// CSV (RFC 4180), and JSON (an array of objects of the same fields). Times are ticks.

import type { MachineEvent } from "./events.ts";
import { type Interval, Schedule } from "./schedule.ts";
import type { TraceContext, TraceFormat } from "./writer.ts";

const COLUMNS = ["start", "end", "pid", "parent", "name", "state", "hart", "reason", "waitsFor"] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], string | number | null>>;

/** `start,end,pid,…` with a header line. */
export function csvTrace(context: TraceContext): TraceFormat {
  context.write(`${COLUMNS.join(",")}\n`);
  return scheduleTrace((row) => {
    context.write(`${COLUMNS.map((column) => csvField(row[column])).join(",")}\n`);
  });
}

/** `{ "clockHz": …, "harts": …, "schedule": [ … ] }`. */
export function jsonTrace(context: TraceContext): TraceFormat {
  let separator = "\n";
  context.write(`{"clockHz":${context.clockHz},"harts":${context.harts},"schedule":[`);
  const rows = scheduleTrace((row) => {
    context.write(`${separator}${JSON.stringify(row)}`);
    separator = ",\n";
  });
  return {
    ...rows,
    finish() {
      rows.finish();
      context.write("\n]}\n");
    },
  };
}

function scheduleTrace(write: (row: Row) => void): TraceFormat {
  const schedule = new Schedule((interval) => write(toRow(interval)));
  return {
    take(events: readonly MachineEvent[]) {
      for (const event of events) schedule.take(event);
    },
    lost() {},
    finish: () => schedule.finish(),
  };
}

function toRow({ life, start, end, state, hart, reason, waitsFor }: Interval): Row {
  return {
    start,
    end,
    pid: life.pid,
    parent: life.parentPid,
    name: life.name,
    state,
    hart,
    reason,
    waitsFor,
  };
}

function csvField(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
