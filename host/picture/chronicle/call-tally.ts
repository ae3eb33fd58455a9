// How often each system call was made, up to any moment of the run: counts at every so many events, and what came
// after them counted when it is asked for.

import { EVENT_A, EVENT_CALL, EVENT_SIZE, EVENT_TYPE } from "../../../assembly/layout.ts";
import type { EventLog } from "../../history/event-log.ts";

interface Count {
  /** Number after the last event that is counted. */
  readonly end: number;
  readonly calls: ReadonlyMap<number, number>;
}

const STEP = 8192;
/** Counts that are kept: more than the log has events for. */
const MOST = 512;

export class CallTally {
  readonly #log: EventLog;
  readonly #counts: Count[] = [{ end: 0, calls: new Map() }];
  #cuts: number;

  constructor(log: EventLog) {
    this.#log = log;
    this.#cuts = log.cuts.length;
  }

  /** Numbers of calls, and how often each was made before event number `end`; the most frequent first. */
  upTo(end: number): [number, number][] {
    this.#forget();
    const counts = this.#counts;
    while (counts[counts.length - 1].end + STEP <= Math.min(end, this.#log.end)) {
      const last = counts[counts.length - 1];
      counts.push(this.#on(last, last.end + STEP));
      if (counts.length > MOST) counts.shift();
    }
    const before = counts.filter((count) => count.end <= end);
    const { calls } = this.#on(before[before.length - 1] ?? counts[0], end);
    return [...calls].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  }

  /** What was counted of events that are no more, because the run took another course. */
  #forget(): void {
    const cuts = this.#log.cuts.slice(this.#cuts);
    this.#cuts = this.#log.cuts.length;
    const end = Math.min(...cuts);
    while (this.#counts.length > 1 && this.#counts[this.#counts.length - 1].end > end) this.#counts.pop();
  }

  #on({ end: from, calls: known }: Count, to: number): Count {
    const calls = new Map(known);
    for (const { first, end, bytes, words } of this.#log.blocks(from, to)) {
      for (let at = 0; at < (end - first) * EVENT_SIZE; at += EVENT_SIZE) {
        if (bytes[at + EVENT_TYPE] !== EVENT_CALL) continue;
        const number = words[(at + EVENT_A) >>> 2];
        calls.set(number, (calls.get(number) ?? 0) + 1);
      }
    }
    return { end: to, calls };
  }
}
