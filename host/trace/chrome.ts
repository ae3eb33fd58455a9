// The run as Chrome trace events (opens in Perfetto and chrome://tracing): a track per hart showing who
// runs there, and a track per process. On a process's track its states lie side by side; a system call
// encloses the states that it went through, so slices are strictly nested. Begin and end events of one
// track are written in the order of time.

import * as L from "../../assembly/layout.ts";
import type { MachineEvent } from "./events.ts";
import { type Interval, type Life, Schedule } from "./schedule.ts";
import type { TraceContext, TraceFormat } from "./writer.ts";

const MICROSECONDS = 1e6;
/** Track numbers of the harts: above every process's. */
const HARTS_TRACK = 1 << 30;
const PID_TRACKS = L.PID_LIMIT;

type Fields = Readonly<Record<string, string | number | object>>;

export function chromeTrace(context: TraceContext): TraceFormat {
  const writer = new ChromeWriter(context);
  return {
    take(events) {
      for (const event of events) writer.take(event);
    },
    lost: (count) => writer.lost(count),
    finish: () => writer.finish(),
  };
}

class ChromeWriter {
  readonly #context: TraceContext;
  readonly #schedule = new Schedule((interval) => this.#interval(interval));
  /** Number of the call that each process, by serial, is in. */
  readonly #calls = new Map<number, number>();
  /** Name last given to each process's track. */
  readonly #names = new Map<number, string>();
  #separator = "\n";
  #time = 0;

  constructor(context: TraceContext) {
    this.#context = context;
    context.write('{"displayTimeUnit":"ns","traceEvents":[');
    this.#metadata("process_name", HARTS_TRACK, HARTS_TRACK, { name: "harts" });
    this.#metadata("process_sort_index", HARTS_TRACK, HARTS_TRACK, { sort_index: -1 });
    for (let hart = 0; hart < context.harts; hart++) {
      this.#metadata("thread_name", HARTS_TRACK, HARTS_TRACK + 1 + hart, { name: `hart ${hart}` });
    }
  }

  take(event: MachineEvent): void {
    this.#time = event.time;
    if (event.type === L.EVENT_CALL) this.#beginCall(event);
    else if (event.type === L.EVENT_RETURN) this.#endCall(event);
    else if (event.type === L.EVENT_SIGNAL) this.#instant(event, `signal ${event.a}`, { from: event.b });
    else if (event.type === L.EVENT_EXIT) this.#instant(event, "exit", { status: event.a });
    else if (event.type === L.EVENT_STATE && event.b === L.STATE_ZOMBIE) this.#leaveCall(event);
    this.#schedule.take(event);
    if (event.type === L.EVENT_CREATE || event.type === L.EVENT_EXEC)
      this.#name(this.#schedule.lifeOf(event));
  }

  lost(count: number): void {
    this.#write({ ph: "i", s: "g", name: `${count} events lost`, ts: this.#ts(this.#time), pid: 0, tid: 0 });
  }

  finish(): void {
    this.#schedule.finish();
    const ts = this.#ts(this.#time);
    for (const serial of this.#calls.keys()) {
      this.#write({ ph: "E", ts, ...trackOf(this.#schedule.lives[serial]) });
    }
    this.#context.write("\n]}\n");
  }

  #interval({ life, state, start, end, hart, reason, waitsFor }: Interval): void {
    const name = waitsFor === "" ? state : `${state}: ${waitsFor}`;
    const args = reason === "" ? {} : { because: reason };
    this.#slice(trackOf(life), name, start, end, args);
    if (hart === null) return;
    const track = { pid: HARTS_TRACK, tid: HARTS_TRACK + 1 + hart };
    this.#slice(track, `${life.name} (${life.pid})`, start, end, args);
  }

  #slice(track: Fields, name: string, start: number, end: number, args: object): void {
    this.#write({ ph: "B", name, ts: this.#ts(start), ...track, args });
    this.#write({ ph: "E", ts: this.#ts(end), ...track });
  }

  // A call that had to wait is begun again when it is woken: it stays one slice.
  #beginCall(event: MachineEvent): void {
    const life = this.#schedule.lifeOf(event);
    if (this.#calls.has(life.serial)) return;
    this.#schedule.cut(event);
    this.#calls.set(life.serial, event.a);
    const args = { a0: event.b | 0, a1: event.c | 0 };
    this.#write({
      ph: "B",
      name: this.#context.callName(event.a),
      ts: this.#ts(event.time),
      ...trackOf(life),
      args,
    });
  }

  #endCall(event: MachineEvent): void {
    const life = this.#schedule.lifeOf(event);
    if (!this.#calls.delete(life.serial)) return;
    this.#schedule.cut(event);
    this.#write({ ph: "E", ts: this.#ts(event.time), ...trackOf(life), args: { result: event.b | 0 } });
  }

  /** A call that never returns (exit, or the process was killed in it). */
  #leaveCall(event: MachineEvent): void {
    const life = this.#schedule.lifeOf(event);
    if (!this.#calls.delete(life.serial)) return;
    this.#schedule.cut(event);
    this.#write({ ph: "E", ts: this.#ts(event.time), ...trackOf(life) });
  }

  #instant(event: MachineEvent, name: string, args: object): void {
    const track = trackOf(this.#schedule.lifeOf(event));
    this.#write({ ph: "i", s: "t", name, ts: this.#ts(event.time), ...track, args });
  }

  #name(life: Life): void {
    const name = `${life.name} (${life.pid})`;
    if (this.#names.get(life.serial) === name) return;
    this.#names.set(life.serial, name);
    const { pid, tid } = trackOf(life);
    this.#metadata("process_name", pid, tid, { name });
    this.#metadata("thread_name", pid, tid, { name: "states" });
    this.#metadata("process_sort_index", pid, tid, { sort_index: life.serial });
  }

  #metadata(name: string, pid: number, tid: number, args: Fields): void {
    this.#write({ ph: "M", name, pid, tid, args });
  }

  #write(fields: Fields): void {
    this.#context.write(`${this.#separator}${JSON.stringify(fields)}`);
    this.#separator = ",\n";
  }

  #ts(ticks: number): number {
    return (ticks * MICROSECONDS) / this.#context.clockHz;
  }
}

/** A process whose pid was another's before has tracks of its own. */
function trackOf(life: Life): { pid: number; tid: number } {
  const track = life.pid + PID_TRACKS * life.reuse;
  return { pid: track, tid: track };
}
