// The fields of a process control block, in groups as in assembly/layout.ts: what each means, how its words are
// read, and who writes it. The panel and the reference page are made of this table; a test holds it against the map.

import * as L from "../../assembly/layout.ts";
import { REGISTER_NAMES } from "../isa/registers.ts";
import { STATE_NAMES } from "../trace/events.ts";

/** How the words of a field are read. */
export type PcbForm =
  | "pid"
  | "slot"
  | "name"
  | "state"
  | "channel"
  /** Index in the timer heap plus 1. */
  | "timer"
  /** Hart plus 1. */
  | "hart"
  /** Ticks, u64. */
  | "time"
  | "address"
  | "register"
  | "frame"
  | "flag"
  | "call"
  | "word"
  /** 64 bits: signal n is bit n - 1. */
  | "signals"
  | "policy"
  | "signed"
  | "count"
  /** Bit h: hart h. */
  | "harts"
  /** As wait(2) has it. */
  | "status"
  | "signal";

export interface PcbField {
  /** The constant in assembly/layout.ts: "PCB_PID". */
  readonly constant: string;
  /** Bytes from the start of the record. */
  readonly offset: number;
  readonly form: PcbForm;
  /** Bytes. */
  readonly size: number;
  readonly meaning: string;
  /** Of a field that is an array: the name of each element. `size` is that of one of them. */
  readonly elements?: readonly string[];
}

export interface PcbGroup {
  readonly title: string;
  readonly writer: string;
  readonly fields: readonly PcbField[];
}

function field(constant: string, offset: number, form: PcbForm, meaning: string, size = 4): PcbField {
  return { constant, offset, form, size, meaning };
}

function array(
  constant: string,
  offset: number,
  form: PcbForm,
  meaning: string,
  elements: readonly string[],
  size: number,
): PcbField {
  return { ...field(constant, offset, form, meaning, size), elements };
}

const IDENTITY: PcbGroup = {
  title: "Identity",
  writer: "process/table.ts; group and session by the host's job control",
  fields: [
    field("PCB_PID", L.PCB_PID, "pid", "Process identifier"),
    field("PCB_PARENT", L.PCB_PARENT, "slot", "Who is told of its end and reaps it"),
    field("PCB_TGID", L.PCB_TGID, "pid", "Thread group: what getpid answers"),
    field("PCB_PGID", L.PCB_PGID, "pid", "Process group: what a terminal's signals go to"),
    field("PCB_SID", L.PCB_SID, "pid", "Session: the groups of one terminal"),
    field(
      "PCB_FIRST_CHILD",
      L.PCB_FIRST_CHILD,
      "slot",
      "Head of the list of its children, in order of birth",
    ),
    field("PCB_NEXT_SIBLING", L.PCB_NEXT_SIBLING, "slot", "Next child of the same parent"),
    field(
      "PCB_PREVIOUS_SIBLING",
      L.PCB_PREVIOUS_SIBLING,
      "slot",
      "Previous child of the same parent; of the first one: the last",
    ),
    field("PCB_NAME", L.PCB_NAME, "name", "Name of the program, for people", 16),
  ],
};

const STATE: PcbGroup = {
  title: "State",
  writer: "process/scheduler.ts alone",
  fields: [
    field("PCB_STATE", L.PCB_STATE, "state", "What it is doing"),
    field(
      "PCB_WAIT_CHANNEL",
      L.PCB_WAIT_CHANNEL,
      "channel",
      "What it waits for while it is blocked: kind << 24 | object",
    ),
    field("PCB_WAIT_NEXT", L.PCB_WAIT_NEXT, "slot", "Next in the wait queue of its channel"),
    field("PCB_WAIT_PREVIOUS", L.PCB_WAIT_PREVIOUS, "slot", "Previous in the wait queue"),
    field("PCB_QUEUE_NEXT", L.PCB_QUEUE_NEXT, "slot", "Next in the run queue"),
    field("PCB_QUEUE_PREVIOUS", L.PCB_QUEUE_PREVIOUS, "slot", "Previous in the run queue"),
    field("PCB_TIMER_INDEX", L.PCB_TIMER_INDEX, "timer", "Its place in the heap of timers, plus 1"),
    field("PCB_HART", L.PCB_HART, "hart", "Hart it runs on, plus 1"),
    field("PCB_DEADLINE", L.PCB_DEADLINE, "time", "When its timer wakes it", 8),
    field("PCB_STATE_SINCE", L.PCB_STATE_SINCE, "time", "When its state changed last", 8),
  ],
};

const CONTEXT: PcbGroup = {
  title: "Saved context",
  writer: "trap/trap.ts: saved when a trap is raised, loaded when the process resumes",
  fields: [
    field("PCB_PC", L.PCB_PC, "register", "Where it goes on"),
    array("PCB_X1", L.PCB_X1, "register", "General registers x1 to x31", REGISTER_NAMES.slice(1), 4),
  ],
};

const MEMORY: PcbGroup = {
  title: "Memory",
  writer: "mmu/",
  fields: [
    field("PCB_ROOT", L.PCB_ROOT, "frame", "Frame of the root of its page table; none once it has ended"),
    field(
      "PCB_BREAK_START",
      L.PCB_BREAK_START,
      "address",
      "Reserved: the host keeps the break beside the regions",
    ),
    field("PCB_BREAK", L.PCB_BREAK, "address", "Reserved: the host keeps the break beside the regions"),
    field("PCB_RESIDENT", L.PCB_RESIDENT, "count", "Reserved: page tables count their own entries"),
  ],
};

const CALL: PcbGroup = {
  title: "Call in progress",
  writer: "the host's dispatcher; kept while the call blocks",
  fields: [
    field(
      "PCB_CALL_ACTIVE",
      L.PCB_CALL_ACTIVE,
      "flag",
      "A system call is in progress, and is run again when the process is",
    ),
    field("PCB_CALL_NUMBER", L.PCB_CALL_NUMBER, "call", "Which one"),
    field("PCB_CALL_PROGRESS", L.PCB_CALL_PROGRESS, "word", "How far it has come: a word of its own"),
    field("PCB_CALL_PROGRESS_2", L.PCB_CALL_PROGRESS_2, "word", "A second such word"),
  ],
};

const SIGNALS: PcbGroup = {
  title: "Signals",
  writer: "the host",
  fields: [
    field("PCB_PENDING", L.PCB_PENDING, "signals", "Sent, and not yet delivered", 8),
    field("PCB_BLOCKED", L.PCB_BLOCKED, "signals", "Held back by the process", 8),
  ],
};

const SCHEDULING: PcbGroup = {
  title: "Scheduling",
  writer: "the scheduler and its policies; priority and nice by the host",
  fields: [
    field("PCB_POLICY", L.PCB_POLICY, "policy", "SCHED_* as the process knows it"),
    field("PCB_PRIORITY", L.PCB_PRIORITY, "signed", "Static priority"),
    field("PCB_NICE", L.PCB_NICE, "signed", "Nice value, -20 (first) to 19"),
    field("PCB_QUANTUM_LEFT", L.PCB_QUANTUM_LEFT, "count", "Instructions left of its time slice"),
    field("PCB_LEVEL", L.PCB_LEVEL, "count", "Level in policies with several queues"),
    field("PCB_AFFINITY", L.PCB_AFFINITY, "harts", "Harts on which it may run: bit h is hart h"),
    field("PCB_VIRTUAL_RUNTIME", L.PCB_VIRTUAL_RUNTIME, "time", "What fair policies compare", 8),
  ],
};

/** The last of the eight words belongs to no state. */
const TIMED_STATES: readonly string[] = [...STATE_NAMES, "unused"];

const ACCOUNTING: PcbGroup = {
  title: "Accounting",
  writer: "the core, as it happens",
  fields: [
    field("PCB_USER_TIME", L.PCB_USER_TIME, "time", "Time it has executed: a tick for each instruction", 8),
    field("PCB_START_TIME", L.PCB_START_TIME, "time", "When it was created", 8),
    field("PCB_END_TIME", L.PCB_END_TIME, "time", "When it ended", 8),
    array(
      "PCB_STATE_TIMES",
      L.PCB_STATE_TIMES,
      "time",
      "Time spent in each state, up to the last change",
      TIMED_STATES,
      8,
    ),
    field("PCB_SYSTEM_CALLS", L.PCB_SYSTEM_CALLS, "count", "System calls made"),
    field(
      "PCB_VOLUNTARY_SWITCHES",
      L.PCB_VOLUNTARY_SWITCHES,
      "count",
      "Times it gave its hart up because it had to wait",
    ),
    field(
      "PCB_INVOLUNTARY_SWITCHES",
      L.PCB_INVOLUNTARY_SWITCHES,
      "count",
      "Times its hart was taken from it",
    ),
    field("PCB_PAGE_FAULTS", L.PCB_PAGE_FAULTS, "count", "Pages brought in at their first touch"),
    field("PCB_COPIES", L.PCB_COPIES, "count", "Pages copied at a first write after a fork"),
    field("PCB_CHILDREN_TIME", L.PCB_CHILDREN_TIME, "time", "Time that its reaped children had executed", 8),
  ],
};

const EXIT: PcbGroup = {
  title: "Exit",
  writer: "the host; valid in a zombie",
  fields: [
    field("PCB_EXIT_STATUS", L.PCB_EXIT_STATUS, "status", "How it ended, as wait(2) tells the parent"),
    field("PCB_EXIT_SIGNAL", L.PCB_EXIT_SIGNAL, "signal", "Signal that the parent gets at the end"),
    field(
      "PCB_VFORK_PARENT",
      L.PCB_VFORK_PARENT,
      "slot",
      "Parent that waits until this vfork child executes a program or ends",
    ),
    field("PCB_CLEAR_TID", L.PCB_CLEAR_TID, "address", "Word to be cleared at the end (set_tid_address)"),
  ],
};

/** In order of their offsets. */
export const PCB_GROUPS: readonly PcbGroup[] = [
  IDENTITY,
  STATE,
  CONTEXT,
  MEMORY,
  CALL,
  SIGNALS,
  SCHEDULING,
  ACCOUNTING,
  EXIT,
];

/** One value of the record: a field, or one element of a field that is an array. */
export interface PcbRow {
  readonly field: PcbField;
  readonly group: PcbGroup;
  /** As people read it: "first child", "a0", "time ready". */
  readonly label: string;
  readonly offset: number;
}

/** Every value of the record, in order. */
export function pcbRows(): PcbRow[] {
  return PCB_GROUPS.flatMap((group) =>
    group.fields.flatMap((one) =>
      (one.elements ?? [labelOf(one.constant)]).map((label, index) => ({
        field: one,
        group,
        label: one.constant === "PCB_STATE_TIMES" ? `time ${label}` : label,
        offset: one.offset + index * one.size,
      })),
    ),
  );
}

function labelOf(constant: string): string {
  return constant.replace("PCB_", "").replaceAll("_", " ").toLowerCase();
}
