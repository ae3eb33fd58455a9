import { describe, expect, test } from "vitest";
import * as L from "../../assembly/layout.ts";
import { chromeTrace } from "../../host/trace/chrome.ts";
import type { MachineEvent } from "../../host/trace/events.ts";
import { csvTrace, jsonTrace } from "../../host/trace/table.ts";
import type { TraceContext, TraceFormat } from "../../host/trace/writer.ts";

const event = (fields: Partial<MachineEvent>): MachineEvent => ({
  time: 0,
  type: 0,
  hart: 0,
  reason: 0,
  slot: 1,
  pid: 1,
  a: 0,
  b: 0,
  c: 0,
  ...fields,
});
const state = (time: number, from: number, to: number, more: Partial<MachineEvent> = {}) =>
  event({ time, type: L.EVENT_STATE, a: from, b: to, ...more });
const word = (text: string) =>
  new DataView(new TextEncoder().encode(text.padEnd(4, "\0")).buffer).getUint32(0, true);

/** A process that reads from an empty pipe, waits for it and is killed. */
const EVENTS: MachineEvent[] = [
  event({ type: L.EVENT_CREATE }),
  event({ type: L.EVENT_EXEC, a: word("cat") }),
  state(0, L.STATE_NEW, L.STATE_READY, { reason: L.REASON_CREATE }),
  state(100, L.STATE_READY, L.STATE_RUNNING, { reason: L.REASON_FIRST, hart: 1 }),
  event({ time: 300, type: L.EVENT_CALL, a: 63 }),
  state(300, L.STATE_RUNNING, L.STATE_BLOCKED, { reason: L.REASON_BLOCK, c: (L.WAIT_PIPE_READ << 24) | 7 }),
  state(500, L.STATE_BLOCKED, L.STATE_READY, { reason: L.REASON_WAKE }),
  state(600, L.STATE_READY, L.STATE_RUNNING, { reason: L.REASON_FIRST, hart: 0 }),
  event({ time: 600, type: L.EVENT_CALL, a: 63 }),
  event({ time: 600, type: L.EVENT_RETURN, a: 63, b: 5 }),
  event({ time: 700, type: L.EVENT_CALL, a: 94 }),
  event({ time: 700, type: L.EVENT_EXIT }),
  state(700, L.STATE_RUNNING, L.STATE_ZOMBIE, { reason: L.REASON_EXIT }),
  event({ time: 800, type: L.EVENT_REAP }),
];

function write(format: (context: TraceContext) => TraceFormat): string {
  let text = "";
  const trace = format({
    write: (piece) => {
      text += piece;
    },
    clockHz: 1_000_000,
    harts: 2,
    callName: (number) => (number === 63 ? "read" : "exit_group"),
  });
  trace.take(EVENTS);
  trace.finish();
  return text;
}

interface ChromeEvent {
  ph: string;
  name?: string;
  ts: number;
  pid: number;
  tid: number;
  args?: Record<string, unknown>;
}

/** The slices of every track as an indented outline; throws where they are not strictly nested. */
function outline(events: readonly ChromeEvent[]): string[] {
  const stacks = new Map<number, ChromeEvent[]>();
  const last = new Map<number, number>();
  const lines: string[] = [];
  for (const slice of events.filter(({ ph }) => ph === "B" || ph === "E")) {
    if (slice.ts < (last.get(slice.tid) ?? 0)) throw new Error(`time goes back on track ${slice.tid}`);
    last.set(slice.tid, slice.ts);
    const stack = stacks.get(slice.tid) ?? [];
    stacks.set(slice.tid, stack);
    if (slice.ph === "B") {
      lines.push(`${slice.tid}: ${"  ".repeat(stack.length)}${slice.name} ${slice.ts}`);
      stack.push(slice);
    } else if (stack.pop() === undefined) throw new Error(`an end without a begin at ${slice.ts}`);
  }
  for (const [track, stack] of stacks) if (stack.length > 0) throw new Error(`open slice on track ${track}`);
  return lines;
}

describe("the Chrome trace", () => {
  const events: ChromeEvent[] = JSON.parse(write(chromeTrace)).traceEvents;

  test("a process's states lie side by side, and a system call encloses those it went through", () => {
    expect(outline(events.filter(({ pid }) => pid === 1))).toEqual([
      "1: ready 0",
      "1: running 100",
      "1: read 300",
      "1:   blocked: bytes in pipe 7 300",
      "1:   ready 500",
      "1: running 600",
      "1: exit_group 700",
      "1: zombie 700",
    ]);
  });

  test("each hart has a track that says who ran there", () => {
    const harts = events.filter(({ pid }) => pid > 65_536);
    expect(outline(harts).map((line) => line.replace(/^\d+: /, ""))).toEqual(["cat (1) 100", "cat (1) 600"]);
    const names = harts.filter(({ name }) => name === "thread_name").map(({ args }) => args?.name);
    expect(names).toEqual(["hart 0", "hart 1"]);
  });

  test("tracks are named after the program", () => {
    const names = events.filter(({ name, pid }) => name === "process_name" && pid === 1);
    expect(names.at(-1)?.args).toEqual({ name: "cat (1)" });
  });
});

test("the CSV has one line for each stretch of a state", () => {
  expect(write(csvTrace)).toBe(
    [
      "start,end,pid,parent,name,state,hart,reason,waitsFor",
      "0,100,1,0,cat,ready,,it was created,",
      "100,300,1,0,cat,running,1,it was first in the queue,",
      "300,500,1,0,cat,blocked,,it waits,bytes in pipe 7",
      "500,600,1,0,cat,ready,,what it waited for happened,",
      "600,700,1,0,cat,running,0,it was first in the queue,",
      "700,800,1,0,cat,zombie,,it ended,",
      "",
    ].join("\n"),
  );
});

test("the JSON schedule has the same rows, with the clock", () => {
  const { clockHz, harts, schedule } = JSON.parse(write(jsonTrace));
  expect([clockHz, harts, schedule.length]).toEqual([1_000_000, 2, 6]);
  expect(schedule[2]).toEqual({
    start: 300,
    end: 500,
    pid: 1,
    parent: 0,
    name: "cat",
    state: "blocked",
    hart: null,
    reason: "it waits",
    waitsFor: "bytes in pipe 7",
  });
});
