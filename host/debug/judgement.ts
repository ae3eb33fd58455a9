// Whether a hit of the machine is a stop: which breakpoints it is one of, whether their conditions hold, and how many
// hits they still let pass.

import { CAUSE_ECALL, CAUSE_INTERRUPT, REASON_IDLE, REASON_KEEP } from "../../assembly/layout.ts";
import type { DebugHit } from "../machine/debugging.ts";
import type { Machine } from "../machine.ts";
import { signalName } from "../syscalls/signal-names.ts";
import { callTable } from "../syscalls/table.ts";
import type { MachineEvent } from "../trace/events.ts";
import type { LogLine } from "./breakpoint.ts";
import { type BreakpointTable, CAUGHT_TYPES, type Entry } from "./breakpoint-table.ts";
import { DebugError } from "./errors.ts";
import { type EvaluationContext, evaluate, numberOf } from "./evaluate.ts";
import { DebuggedProcess } from "./process.ts";
import type { Programs } from "./program.ts";
import type { WatchedAccess } from "./stop.ts";
import type { Movement, Travel } from "./travel.ts";

/** A hit that is one of breakpoints whose conditions hold. */
export interface TrueHit {
  readonly entries: readonly Entry[];
  readonly pid: number;
  readonly pc: number;
  readonly access?: WatchedAccess;
  readonly event?: NumberedEvent;
  /** A condition that had no value: it counts as held. */
  readonly problem?: string;
}

export type NumberedEvent = MachineEvent & { readonly number: number };

const CALL_NAMES = new Map(callTable.map(({ number, name }) => [number, name]));

export class Judgement {
  readonly #travel: Travel;
  readonly #table: BreakpointTable;
  readonly #programs: Programs;
  readonly #log: (line: LogLine) => void;

  constructor(travel: Travel, table: BreakpointTable, programs: Programs, log: (line: LogLine) => void) {
    this.#travel = travel;
    this.#table = table;
    this.#programs = programs;
    this.#log = log;
  }

  get #machine(): Machine {
    return this.#travel.history.machine;
  }

  /**
   * Looks at a hit where the machine stands at it. An access is let happen: the machine has moved by its
   * instruction then. Null: no breakpoint's condition holds.
   */
  *test(hit: DebugHit): Movement<TrueHit | null> {
    switch (hit.kind) {
      case "execute":
        return this.#held(hit, (entry, process) => this.#table.standsAt(entry, process.program, hit.pc));
      case "event":
        return this.#testEvent(hit);
      case "read":
      case "write":
      case "register":
        return yield* this.#testAccess(hit, hit.kind);
      default:
        return null;
    }
  }

  /** Counts a true hit for each of its breakpoints, logs for those that log; the first that stops, or null. */
  count(hit: TrueHit, isForward: boolean): Entry | null {
    let stops: Entry | null = null;
    for (const entry of hit.entries) {
      entry.hits++;
      const { log } = entry.specification;
      if (entry.ignore > 0) entry.ignore--;
      else if (log === undefined) stops ??= entry;
      else if (isForward) this.#write(entry, log, hit.pid);
    }
    return stops;
  }

  #write({ number }: Entry, text: string, pid: number): void {
    const process = this.#process(pid);
    this.#log({ breakpoint: number, pid, text: fillIn(text, process), moment: this.#travel.now });
  }

  #process(pid: number): DebuggedProcess {
    const slot = this.#machine.kernel.core.pidSlot(pid);
    return new DebuggedProcess(this.#machine, pid, slot, this.#programs);
  }

  /** The breakpoints that a hit is one of and whose conditions hold now. */
  #held(
    hit: DebugHit,
    matches: (entry: Entry, process: DebuggedProcess) => boolean,
    also: Partial<TrueHit> = {},
  ): TrueHit | null {
    const process = this.#process(hit.pid);
    let problem: string | undefined;
    const entries = this.#table.active.filter((entry) => {
      const { pid } = entry.specification;
      if ((pid && pid !== hit.pid) || !matches(entry, process)) return false;
      try {
        return entry.condition === null || evaluate(entry.condition, process).bits !== 0;
      } catch (error) {
        if (!(error instanceof DebugError)) throw error;
        problem = `condition of breakpoint ${entry.number}: ${error.message}`;
        return true;
      }
    });
    if (entries.length === 0) return null;
    return { entries, pid: hit.pid, pc: hit.pc, ...also, ...(problem !== undefined && { problem }) };
  }

  #testEvent(hit: DebugHit): TrueHit | null {
    const event = this.eventOf(hit);
    return this.#held(
      hit,
      ({ target }) => target.kind === "event" && isCaught(event, target.event, target.names),
      {
        event,
      },
    );
  }

  /** The event that a hit is about. */
  eventOf(hit: DebugHit): NumberedEvent {
    return { ...this.#machine.events(hit.events).events[0], number: hit.events };
  }

  *#testAccess(hit: DebugHit, kind: WatchedAccess["kind"]): Movement<TrueHit | null> {
    const watched = this.#table.active.filter(({ target, specification }) => {
      if (specification.pid && specification.pid !== hit.pid) return false;
      return target.kind === "register"
        ? kind === "register"
        : target.kind === "memory" && kind !== "register";
    });
    const before = watched.map((entry) => this.#valueOf(entry, hit.pid));
    if (!hit.byCall) yield* this.#travel.stepPast();
    const changed = watched.filter((entry, index) => {
      const after = this.#valueOf(entry, hit.pid);
      const isOther = after.some((byte, at) => byte !== before[index][at]);
      // A call has done it already: what it wrote may be what stood there.
      return accessCounts(entry, hit, kind, isOther || hit.byCall);
    });
    const first = changed[0];
    if (first === undefined) return null;
    const access: WatchedAccess = {
      kind,
      address: first.target.kind === "memory" ? first.target.address : registerOf(first),
      length: first.target.kind === "memory" ? first.target.length : 4,
      pc: hit.pc,
      ...(!hit.byCall && { before: before[watched.indexOf(first)] }),
      after: this.#valueOf(first, hit.pid),
    };
    return this.#held(hit, (entry) => changed.includes(entry), { access });
  }

  /** What a watchpoint watches, as bytes. */
  #valueOf({ target }: Entry, pid: number): Uint8Array {
    const process = this.#process(pid);
    if (target.kind === "memory") return process.read(target.address, target.length);
    if (target.kind !== "register") return new Uint8Array(0);
    return new Uint8Array(Uint32Array.of(process.register(target.register)).buffer);
  }
}

function registerOf({ target }: Entry): number {
  return target.kind === "register" ? target.register : 0;
}

/** Whether an access is what a watchpoint of a process asks for. */
function accessCounts(
  { target }: Entry,
  hit: DebugHit,
  kind: WatchedAccess["kind"],
  isOther: boolean,
): boolean {
  if (target.kind === "register") return isOther;
  if (target.kind !== "memory") return false;
  const meets = hit.address < target.address + target.length && target.address < hit.address + hit.length;
  if (!meets) return false;
  if (target.access === "change") return kind === "write" && isOther;
  return target.access === "access" || target.access === kind;
}

/** Whether an event is one that a catchpoint is about. */
function isCaught(
  event: MachineEvent,
  caught: keyof typeof CAUGHT_TYPES,
  names: ReadonlySet<string>,
): boolean {
  if (event.type !== CAUGHT_TYPES[caught]) return false;
  switch (caught) {
    case "call":
      return names.size === 0 || names.has(CALL_NAMES.get(event.a) ?? "");
    case "signal":
      return names.size === 0 || names.has(signalName(event.a));
    case "fault":
      return event.a !== CAUSE_ECALL && (event.a & CAUSE_INTERRUPT) === 0;
    case "switch":
      return isSwitch(event);
    default:
      return true;
  }
}

/** Whether a decision gives the hart to another process than it had. */
export function isSwitch({ reason }: MachineEvent): boolean {
  return reason !== REASON_KEEP && reason !== REASON_IDLE;
}

/** A log text with its {expressions} replaced by their values, or by what is wrong with them. */
export function fillIn(text: string, context: EvaluationContext): string {
  return text.replace(/\{([^{}]*)\}/g, (_, expression: string) => {
    try {
      return `${numberOf(evaluate(expression, context))}`;
    } catch (error) {
      if (!(error instanceof DebugError)) throw error;
      return `{${error.message}}`;
    }
  });
}
