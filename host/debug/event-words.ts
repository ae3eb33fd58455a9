// What an event says, in two short phrases: what happened to its process, and why; or as one sentence with both.

import * as L from "../../assembly/layout.ts";
import { errorName } from "../syscalls/errno-names.ts";
import { signalName } from "../syscalls/signal-names.ts";
import { callTable } from "../syscalls/table.ts";
import { channelName, execName, type MachineEvent, REASON_NAMES, STATE_NAMES } from "../trace/events.ts";
import { INPUT_NAMES } from "../trace/input-names.ts";

export interface EventWords {
  /** As in "ready → running". */
  readonly what: string;
  /** As in "it was first in the queue"; "" where there is nothing to say. */
  readonly why: string;
}

const CAUSES: Readonly<Record<number, readonly [what: string, why: string]>> = {
  [L.CAUSE_FETCH_MISALIGNED]: ["exception", "misaligned jump"],
  [L.CAUSE_ILLEGAL]: ["exception", "illegal instruction"],
  [L.CAUSE_BREAKPOINT]: ["exception", "ebreak"],
  [L.CAUSE_LOAD_MISALIGNED]: ["exception", "misaligned atomic load"],
  [L.CAUSE_STORE_MISALIGNED]: ["exception", "misaligned atomic store"],
  [L.CAUSE_ECALL]: ["trap", "ecall: a system call"],
  [L.CAUSE_FETCH_PAGE_FAULT]: ["page fault", "fetches from a page that is not there"],
  [L.CAUSE_LOAD_PAGE_FAULT]: ["page fault", "reads a page that is not there"],
  [L.CAUSE_STORE_PAGE_FAULT]: ["page fault", "writes to a page that it may not write yet"],
  [L.CAUSE_SOFTWARE]: ["interrupt", "software"],
  [L.CAUSE_TIMER]: ["interrupt", "timer"],
  [L.CAUSE_EXTERNAL]: ["interrupt", "external"],
};

const CREATIONS = ["created", "created at system start", "created by fork", "created by vfork"];
const FAULTS = [
  "given a page",
  "given a page of zeros",
  "given a page of a file",
  "given its own copy of a page",
  "may write its page again",
];
const FAULT_REASONS = [
  "",
  "first touch",
  "first touch",
  "copy on write",
  "copy on write: nobody else uses it any more",
];

const CALLS = new Map(callTable.map(({ number, name }) => [number, name]));
const SIGNAL_BITS = 0x7f;
const ERRNO_MAX = 4095;

/** The name of a system call. */
export function callNamed(number: number): string {
  return CALLS.get(number) ?? `call ${number}`;
}

/** What a call gave: a number, or the name of an error. */
export function resultText(result: number): string {
  const value = result | 0;
  return value < 0 && value >= -ERRNO_MAX ? `−${errorName(-value)}` : String(value);
}

/** A wait status as words. */
export function statusText(status: number): string {
  const signal = status & SIGNAL_BITS;
  return signal === 0 ? `exit status ${(status >>> 8) & 0xff}` : `killed by ${signalName(signal)}`;
}

export function reasonText(reason: number): string {
  return (REASON_NAMES as readonly string[])[reason] ?? "";
}

/** What a trap cause is, and where it comes from. */
export function causeWords(cause: number): EventWords {
  const [what, why] = CAUSES[cause] ?? ["trap", `cause ${cause}`];
  return { what, why };
}

function hex(value: number): string {
  return `0x${(value >>> 0).toString(16)}`;
}

function stateWords({ a, b, c, reason }: MachineEvent): EventWords {
  const channel = channelName(c);
  const why = channel === "" ? reasonText(reason) : `waits for ${channel}`;
  return { what: `${STATE_NAMES[a]} → ${STATE_NAMES[b]}`, why };
}

type Words = (event: MachineEvent) => EventWords;

const WORDS: Readonly<Record<number, Words>> = {
  [L.EVENT_TRAP]: ({ a, b }) => {
    const { what, why } = causeWords(a);
    return { what: `${what} at ${hex(b)}`, why };
  },
  [L.EVENT_SAVE]: ({ a }) => ({ what: `registers saved into its PCB, pc ${hex(a)}`, why: "" }),
  [L.EVENT_DECIDE]: ({ slot, hart, reason }) => ({
    what: slot === 0 ? `hart ${hart} idles` : `picked for hart ${hart}`,
    why: reasonText(reason),
  }),
  [L.EVENT_LOAD]: ({ a }) => ({ what: `registers loaded from its PCB, pc ${hex(a)}`, why: "" }),
  [L.EVENT_STATE]: stateWords,
  [L.EVENT_CALL]: ({ a, b, c }) => ({ what: `calls ${callNamed(a)}(${hex(b)}, ${hex(c)}, …)`, why: "" }),
  [L.EVENT_RETURN]: ({ a, b }) => ({ what: `${callNamed(a)} returns ${resultText(b)}`, why: "" }),
  [L.EVENT_FAULT]: ({ a, b }) => ({
    what: `${FAULTS[b] ?? FAULTS[0]} at ${hex(a)}`,
    why: FAULT_REASONS[b] ?? "",
  }),
  [L.EVENT_CREATE]: ({ a, b }) => ({
    what: `${CREATIONS[b] ?? CREATIONS[0]}${a === 0 ? "" : ` of process ${a}`}`,
    why: "",
  }),
  [L.EVENT_EXIT]: ({ a }) => ({ what: "ends", why: statusText(a) }),
  [L.EVENT_REAP]: ({ b }) => ({ what: "leaves the table", why: `process ${b} waited for it` }),
  [L.EVENT_EXEC]: (event) => ({ what: `executes ${execName(event)}`, why: "exec" }),
  [L.EVENT_SIGNAL]: ({ a, b }) => ({
    what: `is sent ${signalName(a)}`,
    why: b === 0 ? "by the kernel" : `by process ${b}`,
  }),
  [L.EVENT_REPARENT]: ({ a }) => ({ what: "adopted by init", why: `its parent ${a} ended` }),
  [L.EVENT_INPUT]: ({ a }) => ({ what: `input: ${INPUT_NAMES[a] ?? "something"}`, why: "from outside" }),
};

export function eventWords(event: MachineEvent): EventWords {
  return WORDS[event.type]?.(event) ?? { what: `event ${event.type}`, why: "" };
}

/** As in "process 3: picked for hart 0; it was first in the queue". */
export function eventSentence(event: MachineEvent): string {
  const { what, why } = eventWords(event);
  const whose = event.pid === 0 ? "" : `process ${event.pid}: `;
  return `${whose}${what}${why === "" ? "" : `; ${why}`}`;
}
