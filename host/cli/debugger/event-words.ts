// Events in words, for stops and for `info events`.

import {
  CAUSE_BREAKPOINT,
  CAUSE_ECALL,
  CAUSE_EXTERNAL,
  CAUSE_FETCH_PAGE_FAULT,
  CAUSE_ILLEGAL,
  CAUSE_LOAD_MISALIGNED,
  CAUSE_LOAD_PAGE_FAULT,
  CAUSE_SOFTWARE,
  CAUSE_STORE_MISALIGNED,
  CAUSE_STORE_PAGE_FAULT,
  CAUSE_TIMER,
  CREATE_FORK,
  CREATE_START,
  CREATE_VFORK,
  EVENT_CALL,
  EVENT_CREATE,
  EVENT_DECIDE,
  EVENT_EXEC,
  EVENT_EXIT,
  EVENT_FAULT,
  EVENT_LOAD,
  EVENT_REAP,
  EVENT_REPARENT,
  EVENT_RETURN,
  EVENT_SAVE,
  EVENT_SIGNAL,
  EVENT_STATE,
  EVENT_TRAP,
  FAULT_COPY,
  FAULT_FILE,
  FAULT_REUSE,
  FAULT_ZERO,
  REASON_IDLE,
} from "../../../assembly/layout.ts";
import { signalName } from "../../syscalls/signal-names.ts";
import { callTable } from "../../syscalls/table.ts";
import { channelName, execName, type MachineEvent, REASON_NAMES, STATE_NAMES } from "../../trace/events.ts";

const CAUSES: Readonly<Record<number, string>> = {
  [CAUSE_ILLEGAL]: "an illegal instruction",
  [CAUSE_BREAKPOINT]: "an ebreak",
  [CAUSE_LOAD_MISALIGNED]: "a misaligned atomic load",
  [CAUSE_STORE_MISALIGNED]: "a misaligned atomic store",
  [CAUSE_ECALL]: "an ecall",
  [CAUSE_FETCH_PAGE_FAULT]: "a page fault of a fetch",
  [CAUSE_LOAD_PAGE_FAULT]: "a page fault of a load",
  [CAUSE_STORE_PAGE_FAULT]: "a page fault of a store",
  [CAUSE_SOFTWARE]: "the software interrupt",
  [CAUSE_TIMER]: "the timer interrupt",
  [CAUSE_EXTERNAL]: "the external interrupt",
};

const CREATIONS: Readonly<Record<number, string>> = {
  [CREATE_START]: "was created at system start",
  [CREATE_FORK]: "was created by fork",
  [CREATE_VFORK]: "was created by vfork",
};

const FAULTS: Readonly<Record<number, string>> = {
  [FAULT_ZERO]: "was given a page of zeros",
  [FAULT_FILE]: "was given a page of a file",
  [FAULT_COPY]: "was given its own copy of a page",
  [FAULT_REUSE]: "may write its page again: nobody else uses it",
};

const CALLS = new Map(callTable.map(({ number, name }) => [number, name]));
const SIGNAL_BITS = 0x7f;

function callName(number: number): string {
  return CALLS.get(number) ?? `call ${number}`;
}

function hex(value: number): string {
  return `0x${(value >>> 0).toString(16)}`;
}

type Words = (event: MachineEvent) => string;

const WORDS: Readonly<Record<number, Words>> = {
  [EVENT_TRAP]: ({ pid, a, b }) => `process ${pid} trapped at ${hex(b)}: ${CAUSES[a] ?? `cause ${a}`}`,
  [EVENT_SAVE]: ({ pid, a }) => `the registers of process ${pid} were saved in its PCB, pc ${hex(a)}`,
  [EVENT_DECIDE]: ({ pid, hart, reason }) =>
    reason === REASON_IDLE
      ? `hart ${hart} idles: nothing is ready`
      : `hart ${hart} goes to process ${pid}: ${REASON_NAMES[reason as 0]}`,
  [EVENT_LOAD]: ({ pid, a }) => `the registers of process ${pid} were loaded, pc ${hex(a)}`,
  [EVENT_STATE]: ({ pid, a, b, c, reason }) => {
    const why = REASON_NAMES[reason as 0];
    const channel = channelName(c);
    return `process ${pid}: ${STATE_NAMES[a]} → ${STATE_NAMES[b]}, ${why}${channel && `: ${channel}`}`;
  },
  [EVENT_CALL]: ({ pid, a, b }) => `process ${pid} calls ${callName(a)}(${hex(b)}, …)`,
  [EVENT_RETURN]: ({ pid, a, b }) => `process ${pid}: ${callName(a)} returns ${b | 0}`,
  [EVENT_FAULT]: ({ pid, a, b }) => `process ${pid} ${FAULTS[b] ?? "was given a page"} at ${hex(a)}`,
  [EVENT_CREATE]: ({ pid, a, b }) =>
    `process ${pid} ${CREATIONS[b] ?? "was created"}${a === 0 ? "" : ` of process ${a}`}`,
  [EVENT_EXIT]: ({ pid, a }) =>
    (a & SIGNAL_BITS) === 0
      ? `process ${pid} exited with status ${(a >>> 8) & 0xff}`
      : `process ${pid} was killed by ${signalName(a & SIGNAL_BITS)}`,
  [EVENT_REAP]: ({ pid, b }) => `process ${pid} was waited for by process ${b}`,
  [EVENT_EXEC]: (event) => `process ${event.pid} executes ${execName(event)}`,
  [EVENT_SIGNAL]: ({ pid, a, b }) =>
    `process ${pid} is sent ${signalName(a)} by ${b === 0 ? "the kernel" : `process ${b}`}`,
  [EVENT_REPARENT]: ({ pid, a }) => `process ${pid}, whose parent ${a} ended, is given to init`,
};

export function eventWords(event: MachineEvent): string {
  return WORDS[event.type]?.(event) ?? `event ${event.type}`;
}
