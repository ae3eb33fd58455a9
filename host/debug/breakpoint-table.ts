// The breakpoints of a session: made, changed and removed by number, and put into the machine as points. Those by
// symbol or line stand wherever a program that was seen has such a place.

import {
  EVENT_CALL,
  EVENT_CREATE,
  EVENT_DECIDE,
  EVENT_EXEC,
  EVENT_EXIT,
  EVENT_SIGNAL,
  EVENT_TRAP,
} from "../../assembly/layout.ts";
import type { DebugPoint } from "../machine/debugging.ts";
import { signalName, signalNumber } from "../syscalls/signal-names.ts";
import { SIGNAL_MAX } from "../syscalls/signal-numbers.ts";
import { callTable } from "../syscalls/table.ts";
import { nearest } from "../toolchain/diagnostics.ts";
import type {
  AccessKind,
  Breakpoint,
  BreakpointPlace,
  BreakpointSpecification,
  CaughtEvent,
} from "./breakpoint.ts";
import { DebugError } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { type Expression, parseExpression, registerNumber } from "./expression.ts";
import { addressesIn, completed, type Location, notFound, parseLocation } from "./location.ts";
import type { DebuggedProcess } from "./process.ts";
import type { Program, Programs } from "./program.ts";

/** A breakpoint with what its texts were found to mean. */
export interface Entry {
  readonly number: number;
  readonly specification: BreakpointSpecification;
  readonly condition: Expression | null;
  readonly target: Target;
  /** Where it stands in the programs that were met, by program: what `standsAt` has found out. */
  readonly stands: Map<Program, ReadonlySet<number>>;
  enabled: boolean;
  hits: number;
  ignore: number;
}

export type Target =
  | { readonly kind: "address"; readonly address: number }
  | { readonly kind: "place"; readonly location: Location }
  | {
      readonly kind: "memory";
      readonly access: AccessKind;
      readonly address: number;
      readonly length: number;
    }
  | { readonly kind: "register"; readonly register: number }
  | { readonly kind: "event"; readonly event: CaughtEvent; readonly names: ReadonlySet<string> };

const LONGEST_WATCH = 4096;
const WORD = 4;

/** Types of the events that a catchpoint is about; which of them, `judgement.ts` sees. */
export const CAUGHT_TYPES: Readonly<Record<CaughtEvent, number>> = {
  call: EVENT_CALL,
  signal: EVENT_SIGNAL,
  fault: EVENT_TRAP,
  fork: EVENT_CREATE,
  exec: EVENT_EXEC,
  exit: EVENT_EXIT,
  switch: EVENT_DECIDE,
};

export class BreakpointTable {
  readonly #entries: Entry[] = [];
  readonly #programs: Programs;
  #next = 1;
  /** Null after a change. */
  #active: readonly Entry[] | null = null;

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  /** Breakpoints that are enabled. */
  get active(): readonly Entry[] {
    this.#active ??= this.#entries.filter(({ enabled }) => enabled);
    return this.#active;
  }

  list(): Breakpoint[] {
    return this.#entries.map((entry) => this.#view(entry));
  }

  /** Makes a breakpoint. Throws DebugError where a text of it cannot be. `process` is whom expressions are about. */
  add(specification: BreakpointSpecification, process: DebuggedProcess | null): Breakpoint {
    const { condition, ignore = 0, enabled = true } = specification;
    const entry: Entry = {
      number: this.#next,
      specification,
      condition: condition === undefined ? null : parseExpression(condition),
      target: targetOf(specification, process),
      stands: new Map(),
      enabled,
      hits: 0,
      ignore: checkedIgnore(ignore),
    };
    const { target } = entry;
    if (target.kind === "place" && target.location.kind === "line" && this.#places(entry).length === 0) {
      const named = process?.program ?? null;
      if (
        named?.lines
          .files()
          .some((file) => file.endsWith(target.location.kind === "line" ? (target.location.file ?? "") : ""))
      ) {
        throw notFound(target.location, named);
      }
    }
    this.#next++;
    this.#entries.push(entry);
    this.#active = null;
    return this.#view(entry);
  }

  remove(number: number): void {
    this.#entries.splice(this.#entries.indexOf(this.get(number)), 1);
    this.#active = null;
  }

  clear(): void {
    this.#entries.length = 0;
    this.#active = null;
  }

  get(number: number): Entry {
    const entry = this.#entries.find((one) => one.number === number);
    if (entry !== undefined) return entry;
    const numbers = this.#entries.map((one) => one.number);
    const some = numbers.length === 0 ? "there is none" : `there are ${numbers.join(", ")}`;
    throw new DebugError("no-breakpoint", `there is no breakpoint ${number}; ${some}`);
  }

  view(number: number): Breakpoint {
    return this.#view(this.get(number));
  }

  enable(number: number, enabled: boolean): void {
    this.get(number).enabled = enabled;
    this.#active = null;
  }

  /** Lets the next `count` hits pass. */
  ignore(number: number, count: number): void {
    this.get(number).ignore = checkedIgnore(count);
  }

  /** Another condition, or none. */
  condition(number: number, condition: string | undefined): void {
    const entry = this.get(number);
    const { condition: _, ...others } = entry.specification;
    const index = this.#entries.indexOf(entry);
    this.#entries[index] = {
      ...entry,
      specification: condition === undefined ? others : { ...others, condition },
      condition: condition === undefined ? null : parseExpression(condition),
    };
    this.#active = null;
  }

  /** The machine's points for all that is enabled. */
  points(): DebugPoint[] {
    const points = this.active.flatMap((entry) => this.#pointsOf(entry));
    const unique = new Map(points.map((point) => [JSON.stringify(point), point]));
    return [...unique.values()];
  }

  /** Types of the events that catchpoints ask for. */
  eventTypes(): number[] {
    const types = this.active.flatMap(({ target }) =>
      target.kind === "event" ? [CAUGHT_TYPES[target.event]] : [],
    );
    return [...new Set(types)];
  }

  #pointsOf(entry: Entry): DebugPoint[] {
    const { target } = entry;
    const { pid } = entry.specification;
    const whose = pid ? { pid } : {};
    switch (target.kind) {
      case "address":
        return [{ kind: "execute", address: target.address, ...whose }];
      case "place":
        return this.#places(entry).map(({ address }) => ({ kind: "execute", address, ...whose }));
      case "register":
        return [{ kind: "register", register: target.register, ...whose }];
      case "memory": {
        const { address, length, access } = target;
        const kinds =
          access === "access"
            ? (["read", "write"] as const)
            : ([access === "read" ? "read" : "write"] as const);
        return kinds.map((kind) => ({ kind, address, length, ...whose }));
      }
      case "event":
        return [];
    }
  }

  /** Whether a breakpoint stands at an address of a program. */
  standsAt({ target, stands }: Entry, program: Program | null, address: number): boolean {
    if (target.kind === "address") return target.address === address;
    if (target.kind !== "place" || program === null) return false;
    let addresses = stands.get(program);
    if (addresses === undefined) {
      addresses = new Set(addressesIn(program, target.location));
      stands.set(program, addresses);
    }
    return addresses.has(address);
  }

  #places(entry: Entry): BreakpointPlace[] {
    const { target } = entry;
    if (target.kind === "address") return [{ program: "", address: target.address, symbol: "", line: "" }];
    if (target.kind !== "place") return [];
    return this.#programs.seen.flatMap((program) =>
      addressesIn(program, target.location).map((address) => ({
        program: program.path,
        address,
        symbol: program.nameOf(address),
        line: program.lineName(address),
      })),
    );
  }

  #view(entry: Entry): Breakpoint {
    const { number, specification, enabled, hits, ignore } = entry;
    return { number, specification, enabled, hits, ignore, places: this.#places(entry) };
  }
}

function checkedIgnore(count: number): number {
  if (Number.isInteger(count) && count >= 0) return count;
  throw new DebugError("range", `${count} hits cannot be let pass; say a whole number from 0`);
}

function targetOf(specification: BreakpointSpecification, process: DebuggedProcess | null): Target {
  switch (specification.kind) {
    case "breakpoint":
      return placeOf(specification.location, process);
    case "watchpoint":
      return watchOf(specification, process);
    case "catchpoint":
      return {
        kind: "event",
        event: specification.event,
        names: namesOf(specification.event, specification.names),
      };
  }
}

function placeOf(text: string, process: DebuggedProcess | null): Target {
  const location = completed(parseLocation(text), process?.program ?? null, process?.pc ?? 0);
  if (location.kind !== "address") return { kind: "place", location };
  return { kind: "address", address: valueIn(location.expression, process) };
}

function valueIn(expression: string, process: DebuggedProcess | null): number {
  if (process === null) throw new DebugError("no-process", "there is no process to evaluate the address in");
  return evaluate(expression, process).bits >>> 0;
}

function watchOf(
  { target, access, length = WORD }: Extract<BreakpointSpecification, { kind: "watchpoint" }>,
  process: DebuggedProcess | null,
): Target {
  const register = registerNumber(target.trim().replace(/^\$/, ""));
  if (register !== undefined) {
    if (access === "read" || access === "access") {
      throw new DebugError(
        "range",
        `reads of a register cannot be watched; its changes can: watch ${target}`,
      );
    }
    if (register >= 1 && register <= 31) return { kind: "register", register };
    throw new DebugError("range", `${target} cannot be watched; x1 to x31 can`);
  }
  if (!(Number.isInteger(length) && length >= 1 && length <= LONGEST_WATCH)) {
    throw new DebugError("range", `${length} bytes cannot be watched; 1 to ${LONGEST_WATCH} can`);
  }
  const address = valueIn(addressExpression(target), process);
  return { kind: "memory", access, address, length: Math.min(length, 2 ** 32 - address) };
}

/** `watch *counter` and `watch counter` both mean the word at counter. */
function addressExpression(target: string): string {
  const trimmed = target.trim();
  return trimmed.startsWith("*") ? trimmed.slice(1) : trimmed;
}

/** Signals by name or number as names; calls by name, checked. */
function namesOf(event: CaughtEvent, names: readonly string[] = []): ReadonlySet<string> {
  const known =
    event === "call"
      ? callTable.map(({ name }) => name)
      : event === "signal"
        ? Array.from({ length: SIGNAL_MAX }, (_, index) => signalName(index + 1))
        : [];
  if (names.length > 0 && known.length === 0) {
    throw new DebugError("syntax", `catch ${event} takes no names`);
  }
  return new Set(
    names.map((name) => {
      const meant = event === "signal" ? fullSignalName(name) : name;
      if (known.includes(meant)) return meant;
      const hint = nearest(meant, known);
      throw new DebugError("syntax", `there is no ${event} ${name}${hint ? `; did you mean ${hint}?` : ""}`);
    }),
  );
}

/** As in "SIGTERM", for 15, TERM or sigterm. */
function fullSignalName(name: string): string {
  if (/^\d+$/.test(name)) return signalName(Number(name));
  const signal = signalNumber(name);
  return signal === undefined ? name : signalName(signal);
}
