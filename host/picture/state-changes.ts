// The states of the process in focus: how it came from one to the other, and how long it was in each. Times are the
// PCB's; changes are counted from the log of events, which is gone through once as long as the machine goes forwards.

import {
  EVENT_A,
  EVENT_B,
  EVENT_C,
  EVENT_CREATE,
  EVENT_PID,
  EVENT_REASON,
  EVENT_SIZE,
  EVENT_SLOT,
  EVENT_STATE,
  EVENT_TIME,
  EVENT_TYPE,
  PCB_SIZE,
  PCB_STATE,
  PCB_STATE_SINCE,
  PCB_STATE_TIMES,
  PROCESSES,
} from "../../assembly/layout.ts";
import type { EventBlock } from "../history/event-log.ts";
import type { History } from "../history/history.ts";
import { pcbWord, readTime } from "../machine/core.ts";
import type { Focus } from "./focus.ts";
import { STATES } from "./processes.ts";
import type { PictureSource } from "./source.ts";

export interface StateChange {
  /** Number of its event. */
  readonly event: number;
  /** Ticks. */
  readonly time: number;
  /** STATE_*. */
  readonly from: number;
  readonly to: number;
  /** REASON_*. */
  readonly reason: number;
  /** What it began to wait for: WAIT_* << 24 | object, or 0. */
  readonly channel: number;
}

export interface StatesPicture {
  /** STATE_*. */
  readonly state: number;
  /** Ticks by state, up to now. */
  readonly times: Float64Array;
  /** Changes so far: index from * STATES + to. */
  readonly counts: Uint32Array;
  /** The last changes, the latest first. */
  readonly recent: readonly StateChange[];
  /** False: its first changes are no longer in the log, so that `counts` lacks them. */
  readonly isComplete: boolean;
  /** Ticks of the oldest event that `counts` can know of. */
  readonly since: number;
}

interface Tally {
  readonly slot: number;
  readonly pid: number;
  readonly counts: Uint32Array;
  recent: StateChange[];
  isComplete: boolean;
  readonly since: number;
  /** Number after the last event that was looked at. */
  seen: number;
}

/** Changes that are told. */
const RECENT = 100;

const known = new WeakMap<History, Tally>();

export function takeStates(source: PictureSource, focus: Focus | null, _asked: true): StatesPicture | null {
  if (focus === null) return null;
  const { core } = source.machine.kernel;
  const tally = tallyOf(source.history, focus, source.machine.eventCount);
  const pcb = PROCESSES + focus.slot * PCB_SIZE;
  const state = core.unsigned[pcbWord(focus.slot, PCB_STATE)];
  const times = Float64Array.from({ length: STATES }, (_, index) =>
    readTime(core, pcb + PCB_STATE_TIMES + index * 8),
  );
  times[state] += Math.max(0, source.machine.time - readTime(core, pcb + PCB_STATE_SINCE));
  return {
    state,
    times,
    counts: tally.counts.slice(),
    recent: tally.recent.slice(-RECENT).reverse(),
    isComplete: tally.isComplete,
    since: tally.since,
  };
}

/** All changes before event number `end`. */
function tallyOf(history: History, { slot, pid }: Focus, end: number): Tally {
  const before = known.get(history);
  const goesOn = before?.slot === slot && before.pid === pid && before.seen <= end && holds(history, before);
  const tally = goesOn ? before : emptyTally(history, slot, pid);
  for (const block of history.events.blocks(tally.seen, end)) addBlock(tally, block);
  tally.seen = end;
  known.set(history, tally);
  return tally;
}

/** Whether the last change is still in the log: what came after input that was given in the past is not. */
function holds(history: History, { recent, seen }: Tally): boolean {
  const last = recent.at(-1);
  if (last === undefined || last.event < history.events.first) return seen <= history.events.end;
  const event = history.events.at(last.event);
  return event?.type === EVENT_STATE && event.time === last.time && event.b === last.to;
}

function emptyTally({ events }: History, slot: number, pid: number): Tally {
  const counts = new Uint32Array(STATES * STATES);
  const since = events.at(events.first)?.time ?? 0;
  return { slot, pid, counts, recent: [], isComplete: false, since, seen: 0 };
}

function addBlock(tally: Tally, { first, end, bytes, words }: EventBlock): void {
  for (let number = first; number < end; number++) {
    const at = (number - first) * EVENT_SIZE;
    const type = bytes[at + EVENT_TYPE];
    if (type !== EVENT_STATE && type !== EVENT_CREATE) continue;
    if (words[(at + EVENT_SLOT) >>> 2] !== tally.slot || words[(at + EVENT_PID) >>> 2] !== tally.pid)
      continue;
    if (type === EVENT_CREATE) begin(tally);
    else add(tally, number, bytes[at + EVENT_REASON], at >>> 2, words);
  }
}

/** A pid is used again in time: what was before is another process's. */
function begin(tally: Tally): void {
  tally.counts.fill(0);
  tally.recent = [];
  tally.isComplete = true;
}

function add(tally: Tally, event: number, reason: number, at: number, words: Uint32Array): void {
  const from = words[at + EVENT_A / 4];
  const to = words[at + EVENT_B / 4];
  const time = words[at + EVENT_TIME / 4] + words[at + EVENT_TIME / 4 + 1] * 2 ** 32;
  tally.counts[from * STATES + to]++;
  tally.recent.push({ event, time, from, to, reason, channel: words[at + EVENT_C / 4] });
  if (tally.recent.length >= 2 * RECENT) tally.recent = tally.recent.slice(-RECENT);
}
