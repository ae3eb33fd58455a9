// Why is it as it is? A process blocks, wakes, is picked and ends because of others: the answer is looked for in the
// events, back from now, and in who holds what at this moment. All that is said is also there as data.

import {
  EVENT_CALL,
  EVENT_CREATE,
  EVENT_DECIDE,
  EVENT_EXIT,
  EVENT_LOAD,
  EVENT_REAP,
  EVENT_SIGNAL,
  EVENT_STATE,
  PCB_CALL_ACTIVE,
  PCB_EXIT_STATUS,
  PCB_PARENT,
  PCB_PID,
  PCB_WAIT_CHANNEL,
  REASON_CREATE,
  REASON_TIMEOUT,
  REASON_WAKE,
  STATE_BLOCKED,
  WAIT_KIND_SHIFT,
  WAIT_PIPE_READ,
  WAIT_PIPE_WRITE,
} from "../../assembly/layout.ts";
import { PIPE_CAPACITY } from "../fs/pipe.ts";
import type { History } from "../history/history.ts";
import { type Waiting, whoWaits } from "../kernel/deadlock.ts";
import { pcbWord } from "../machine/core.ts";
import { signalName } from "../syscalls/signal-names.ts";
import { callTable } from "../syscalls/table.ts";
import {
  channelName,
  type MachineEvent,
  REASON_NAMES,
  STATE_NAMES,
  type StateName,
} from "../trace/events.ts";
import { DebugError } from "./errors.ts";
import { callOf } from "./words.ts";

export interface Why {
  readonly pid: number;
  readonly state: StateName | "gone";
  /** The answer for people. */
  readonly sentence: string;
  /** Numbers of the events that it rests on, in order. */
  readonly events: readonly number[];
  /** Ticks of the clock since when it is so; -1 if that is not remembered. */
  readonly since: number;
  /** While it is blocked: on what, who could end it, and the call that waits. */
  readonly waiting?: Waiting & { readonly call: string };
  /** What woke it, if that is why it is ready or running. */
  readonly woken?: { readonly by: number; readonly call: string };
  /** How it ended. */
  readonly ended?: { readonly status: number; readonly signal: string; readonly sender: number };
}

/** An event with its number. */
interface Found {
  readonly number: number;
  readonly event: MachineEvent;
}

/** Events before a change of state among which its cause is looked for. */
const CAUSE_DISTANCE = 64;
const SIGNAL_BITS = 0x7f;
const CALL_NAMES = new Map(callTable.map(({ number, name }) => [number, name]));

/** Throws DebugError ("no-process") for a pid that no process had, as far as is remembered. */
export function why(history: History, pid: number): Why {
  const { core } = history.machine.kernel;
  const slot = core.pidSlot(pid);
  if (slot === 0) return whyGone(history, pid);
  const view = history.machine.processes().find((one) => one.pid === pid)!;
  const change = lastBefore(
    history,
    history.now.events,
    (event) => event.type === EVENT_STATE && event.pid === pid,
  );
  const base = {
    pid,
    state: view.state,
    since: change?.event.time ?? -1,
    events: change === null ? [] : [change.number],
  };
  switch (view.state) {
    case "blocked":
      return { ...base, ...whyBlocked(history, pid, slot) };
    case "zombie":
      return {
        ...base,
        ...whyEnded(history, pid, core.words[pcbWord(slot, PCB_EXIT_STATUS)], parentOf(history, slot)),
      };
    case "running":
      return { ...base, ...whyRunning(history, pid, change) };
    default:
      return { ...base, ...whyReady(history, change, STATE_NAMES.indexOf(view.state)) };
  }
}

/** The last event before a number that is wanted, or null. */
function lastBefore(
  { events }: History,
  before: number,
  isWanted: (event: MachineEvent, number: number) => boolean,
  distance = Number.POSITIVE_INFINITY,
): Found | null {
  const first = Math.max(events.first, before - distance);
  for (let number = Math.min(before, events.end) - 1; number >= first; number--) {
    const event = events.at(number);
    if (event && isWanted(event, number)) return { number, event };
  }
  return null;
}

type Answer = Pick<Why, "sentence" | "waiting" | "woken" | "ended"> & { readonly events?: readonly number[] };

function whyBlocked(history: History, pid: number, slot: number): Answer {
  const { kernel } = history.machine;
  const registers = history.machine.registers(pid);
  const call = registers ? callOf({ register: (number) => registers[number] }) : "";
  const waiting = whoWaits(kernel).find((one) => one.pid === pid);
  if (waiting === undefined) return { sentence: "it waits" };
  const isCall = kernel.core.words[pcbWord(slot, PCB_CALL_ACTIVE)] !== 0;
  const inCall = isCall ? `in ${call}: ` : "";
  return {
    sentence: `blocked ${inCall}it waits for ${waiting.for}${fillOf(history, slot)}${heldBy(waiting)}`,
    waiting: { ...waiting, call },
  };
}

/** How full the pipe is that a process waits for; "" if it waits for something else. */
function fillOf({ machine }: History, slot: number): string {
  const { core, state } = machine.kernel;
  const channel = core.unsigned[pcbWord(slot, PCB_WAIT_CHANNEL)];
  const pipe = state.files.inodes[channel & ((1 << WAIT_KIND_SHIFT) - 1)];
  const kind = channel >>> WAIT_KIND_SHIFT;
  if (pipe?.kind !== "pipe" || (kind !== WAIT_PIPE_READ && kind !== WAIT_PIPE_WRITE)) return "";
  return kind === WAIT_PIPE_READ
    ? ", which is empty"
    : `, which holds ${pipe.queue.length} of ${PIPE_CAPACITY} bytes`;
}

function heldBy({ holders, end }: Waiting): string {
  if (holders.length === 0) return end === "" ? "" : `; nobody holds ${end}`;
  const who =
    holders.length === 1
      ? `pid ${holders[0]}`
      : `pids ${holders.slice(0, -1).join(", ")} and ${holders.at(-1)}`;
  const verb = holders.length === 1 ? "holds" : "hold";
  return end === "" ? `; ${who} can end that` : `; ${who} ${verb} ${end}`;
}

function whyReady(history: History, change: Found | null, state: number): Answer {
  if (change === null) return { sentence: `it is ${STATE_NAMES[state]}; what made it so is not remembered` };
  const { event, number } = change;
  switch (event.reason) {
    case REASON_WAKE: {
      const cause = causeOf(history, number, event);
      const channel = lastBefore(
        history,
        number,
        (one) => one.type === EVENT_STATE && one.pid === event.pid && one.b === STATE_BLOCKED,
      );
      const awaited = channelName(channel?.event.c ?? 0) || "what it waited for";
      const by = cause === null ? "" : ` by pid ${cause.event.pid} in ${callName(cause.event)}`;
      return {
        sentence: `ready: it waited for ${awaited}, and was woken${by}`,
        ...(cause && { woken: { by: cause.event.pid, call: callName(cause.event) } }),
        events: [...(channel ? [channel.number] : []), ...(cause ? [cause.number] : []), number],
      };
    }
    case REASON_CREATE: {
      const made = lastBefore(history, number, (one) => one.type === EVENT_CREATE && one.pid === event.pid);
      const parent = made?.event.a ?? 0;
      return {
        sentence: parent === 0 ? "ready: it was created at system start" : `ready: pid ${parent} created it`,
        events: made ? [made.number, number] : [number],
      };
    }
    case REASON_TIMEOUT:
      return { sentence: "ready: the time that it waited for has come" };
    default:
      return { sentence: `${STATE_NAMES[state]}: ${REASON_NAMES[event.reason as 0] || "it was made so"}` };
  }
}

/** The system call, of another process, in which a change of state happened; null where none did. */
function causeOf(history: History, number: number, { pid, hart }: MachineEvent): Found | null {
  const found = lastBefore(
    history,
    number,
    (event) => event.hart === hart && (event.type === EVENT_CALL || event.type === EVENT_LOAD),
    CAUSE_DISTANCE,
  );
  return found?.event.type === EVENT_CALL && found.event.pid !== pid ? found : null;
}

function callName({ a }: MachineEvent): string {
  return CALL_NAMES.get(a) ?? `call ${a}`;
}

function whyRunning(history: History, pid: number, change: Found | null): Answer {
  if (change === null) return { sentence: "running" };
  const decision = lastBefore(
    history,
    change.number,
    (event) => event.type === EVENT_DECIDE && event.pid === pid,
    CAUSE_DISTANCE,
  );
  const ready = lastBefore(
    history,
    change.number,
    (event) => event.type === EVENT_STATE && event.pid === pid,
  );
  const reason = REASON_NAMES[(decision?.event.reason ?? 0) as 0] || "it was its turn";
  const before = ready === null ? null : whyReady(history, ready, ready.event.b);
  return {
    sentence: `running on hart ${change.event.hart}: picked because ${reason}${before ? `; it was ${before.sentence}` : ""}`,
    ...(before?.woken && { woken: before.woken }),
    events: [
      ...(before?.events ?? (ready ? [ready.number] : [])),
      ...(decision ? [decision.number] : []),
      change.number,
    ],
  };
}

function parentOf({ machine }: History, slot: number): number {
  const { words } = machine.kernel.core;
  return words[pcbWord(words[pcbWord(slot, PCB_PARENT)], PCB_PID)];
}

/** `parent`: who has not waited for it yet; 0 if it was reaped. */
function whyEnded(history: History, pid: number, status: number, parent: number): Answer {
  const exit = lastBefore(
    history,
    history.now.events,
    (event) => event.type === EVENT_EXIT && event.pid === pid,
  );
  const signal = status & SIGNAL_BITS;
  const sent =
    signal === 0 || exit === null
      ? null
      : lastBefore(
          history,
          exit.number,
          (event) => event.type === EVENT_SIGNAL && event.pid === pid && event.a === signal,
        );
  const sender = sent?.event.b ?? 0;
  const by =
    sender === 0 ? "the kernel sent it" : sender === pid ? "it sent it to itself" : `pid ${sender} sent it`;
  const how =
    signal === 0 ? `exited with status ${(status >>> 8) & 0xff}` : `killed by ${signalName(signal)}; ${by}`;
  const rest = parent === 0 ? "" : `; pid ${parent} has not waited for it yet`;
  return {
    sentence: `ended: ${how}${rest}`,
    ended: { status, signal: signal === 0 ? "" : signalName(signal), sender },
    events: [...(sent ? [sent.number] : []), ...(exit ? [exit.number] : [])],
  };
}

/** Of a process that is no more, or is not yet. */
function whyGone(history: History, pid: number): Why {
  const { events } = history.now;
  const exit = lastBefore(history, events, (event) => event.type === EVENT_EXIT && event.pid === pid);
  if (exit === null) {
    throw new DebugError("no-process", `no process ${pid} has ended before now, and there is none`);
  }
  const reaped = lastBefore(history, events, (event) => event.type === EVENT_REAP && event.pid === pid);
  const answer = whyEnded(history, pid, exit.event.a, 0);
  const by = reaped === null ? "" : `; pid ${reaped.event.b} has waited for it`;
  return {
    pid,
    state: "gone",
    since: exit.event.time,
    ...answer,
    sentence: `${answer.sentence}${by}`,
    events: [...(answer.events ?? []), ...(reaped ? [reaped.number] : [])],
  };
}
