// The way through the latest trap, slowly: raised, saved, served, decided, loaded. Which of it has happened at this
// moment, in whose PCB the registers are now, and which values just moved.

import * as L from "../../assembly/layout.ts";
import { causeWords, eventWords, resultText, statusText } from "../debug/event-words.ts";
import { type Core, heldContext, pcbWord } from "../machine/core.ts";
import type { MachineEvent } from "../trace/events.ts";
import { callText } from "./call-text.ts";
import { type CandidatesPicture, takeCandidates } from "./candidates.ts";
import type { Focus } from "./focus.ts";
import { nameAt } from "./names.ts";
import { type Passage, passageAround } from "./passage.ts";
import type { PictureSource } from "./source.ts";

export const PHASES = ["raised", "saved", "served", "decided", "loaded", "resumed"] as const;
export type Phase = (typeof PHASES)[number];

export interface PassageStep {
  readonly phase: Phase;
  /** Number of its event. */
  readonly number: number;
  readonly pid: number;
  readonly what: string;
  readonly why: string;
  /** Before this moment. */
  readonly isDone: boolean;
}

/** Registers: pc, then x1 to x31. */
export interface ContextPicture {
  readonly pid: number;
  readonly name: string;
  /** STATE_*. */
  readonly state: number;
  /** Address of the record in the core's linear memory. */
  readonly address: number;
  readonly registers: Uint32Array;
}

export interface SwitchPicture {
  readonly hart: number;
  /** What the hart holds now: nobody's registers while it is in a trap that saved them, or idle. */
  readonly held: Uint32Array | null;
  /** "raised": in a trap that has not saved them yet. */
  readonly mode: "user" | "raised" | "trap" | "idle";
  readonly steps: readonly PassageStep[];
  /** The last phase that has happened. */
  readonly phase: Phase;
  /** Why the trap was raised, in words; "" where none is known. */
  readonly cause: string;
  /** Who left the hart, and who is to have it; null: nobody, or not decided yet, or no longer in the table. */
  readonly from: ContextPicture | null;
  readonly to: ContextPicture | null;
  /** A choice has been made: `to` is who was chosen, null is idleness. */
  readonly isDecided: boolean;
  /** Among whom it was decided; null but right after the decision. */
  readonly candidates: CandidatesPicture | null;
  /** The system call, as strace has it, and what came of it; null where the trap is none. */
  readonly call: { readonly text: string; readonly outcome: string } | null;
}

const WORDS = L.CONTEXT_SIZE / 4;

/** What else follows the decision belongs to it: the chosen one becomes running, and its call may go on. */
const EVENT_PHASES: Readonly<Record<number, Phase>> = {
  [L.EVENT_TRAP]: "raised",
  [L.EVENT_SAVE]: "saved",
  [L.EVENT_DECIDE]: "decided",
  [L.EVENT_LOAD]: "loaded",
};

export function takeSwitch(source: PictureSource, _focus: Focus | null, _asked: true): SwitchPicture {
  const { core } = source.machine.kernel;
  const hart = core.unsigned[(L.MACHINE + L.MACHINE_HART) >>> 2];
  const now = source.history.now.events;
  const passage = passageAround(source.history.events, now, hart);
  const steps = stepsOf(passage, now);
  const done = steps.filter(({ isDone }) => isDone);
  const held = heldContext(core, hart);
  const last = done[done.length - 1]?.phase ?? "resumed";
  const running = core.unsigned[(L.HARTS + hart * L.HART_SIZE + L.HART_SLOT) >>> 2];
  return {
    hart,
    mode: modeOf(core, hart),
    held: held === 0 ? null : contextAt(core, held),
    steps,
    phase: last === "loaded" && hasResumed(source, passage) ? "resumed" : last,
    cause: causeOf(passage),
    ...sidesOf(core, passage, now),
    candidates: last === "decided" ? takeCandidates(source, running) : null,
    call: callOf(source, passage, now),
  };
}

const MODES: Readonly<Record<number, SwitchPicture["mode"]>> = {
  [L.HART_USER]: "user",
  [L.HART_IDLE]: "idle",
  [L.HART_RAISED]: "raised",
};

function modeOf(core: Core, hart: number): SwitchPicture["mode"] {
  const mode = core.unsigned[(L.HARTS + hart * L.HART_SIZE + L.HART_MODE) >>> 2];
  return MODES[mode] ?? "trap";
}

function contextAt({ unsigned }: Core, word: number): Uint32Array {
  return unsigned.slice(word, word + WORDS);
}

function stepsOf({ events }: Passage, now: number): PassageStep[] {
  const decided =
    events.find(({ event }) => event.type === L.EVENT_DECIDE)?.number ?? Number.POSITIVE_INFINITY;
  return events.map(({ number, event }) => {
    const phase = EVENT_PHASES[event.type] ?? (number < decided ? "served" : "decided");
    return { phase, number, pid: event.pid, ...eventWords(event), isDone: number < now };
  });
}

/** An instruction has been executed since the registers were loaded. */
function hasResumed({ machine }: PictureSource, { events }: Passage): boolean {
  const load = events[events.length - 1]?.event;
  return load !== undefined && machine.time > load.time;
}

function causeOf({ events }: Passage): string {
  const trap = events.find(({ event }) => event.type === L.EVENT_TRAP)?.event;
  if (trap === undefined) return "";
  const { what, why } = causeWords(trap.a);
  return `${what}: ${why}`;
}

function sidesOf(core: Core, { events }: Passage, now: number) {
  const done = events.filter(({ number }) => number < now).map(({ event }) => event);
  const left = events.find(({ event }) => event.type === L.EVENT_TRAP)?.event;
  const decided = done.filter(({ type }) => type === L.EVENT_DECIDE);
  const next = decided[decided.length - 1] ?? done.find(({ type }) => type === L.EVENT_LOAD);
  return {
    from: left === undefined ? null : contextOf(core, left),
    to: next === undefined || next.slot === 0 ? null : contextOf(core, next),
    isDecided: next !== undefined,
  };
}

/** The record of a process as it is now; null once it has left the table. */
function contextOf(core: Core, { slot, pid }: MachineEvent): ContextPicture | null {
  const isThere = core.unsigned[pcbWord(slot, L.PCB_PID)] === pid && pid !== 0;
  const state = core.unsigned[pcbWord(slot, L.PCB_STATE)];
  if (!isThere || state === L.STATE_FREE) return null;
  const address = L.PROCESSES + slot * L.PCB_SIZE + L.PCB_CONTEXT;
  return { pid, name: nameAt(core, slot), state, address, registers: contextAt(core, address >>> 2) };
}

function callOf(source: PictureSource, { events }: Passage, now: number): SwitchPicture["call"] {
  const trap = events.find(({ event }) => event.type === L.EVENT_TRAP)?.event;
  if (trap?.a !== L.CAUSE_ECALL) return null;
  const own = events.map((one) => one).filter(({ event }) => event.pid === trap.pid);
  const begun = own.find(({ event }) => event.type === L.EVENT_CALL)?.event;
  const text = callText(source.machine, trap, begun);
  const outcome = own
    .filter(({ number }) => number < now)
    .flatMap(({ event }) => outcomeOf(event) ?? [])
    .join(", ");
  return { text, outcome };
}

/** What an event says about the outcome of the call; null: nothing. */
function outcomeOf(event: MachineEvent): string | null {
  if (event.type === L.EVENT_RETURN) return `returns ${resultText(event.b)}`;
  if (event.type === L.EVENT_EXIT) return `ends the process, ${statusText(event.a)}`;
  if (event.type === L.EVENT_STATE && event.b === L.STATE_BLOCKED) return `blocks: ${eventWords(event).why}`;
  return null;
}
