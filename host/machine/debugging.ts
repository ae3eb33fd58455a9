// What a debugger may ask of the core: stops at instructions, accesses and events, and the last hit. It lies in the
// derived range of the core's memory: a run that is debugged is the run that is not.

import {
  DEBUG,
  DEBUG_DUE,
  DEBUG_EVENT_MASK,
  DEBUG_EVENT_PID,
  DEBUG_HITS,
  DEBUG_MODE,
  DEBUG_NOTE,
  DEBUG_NOTED,
  DEBUG_POINT_COUNT,
  DEBUG_POINTS,
  DEBUG_POINTS_MAX,
  DEBUG_SKIP_RETIRED,
  DEBUG_SKIP_SLOT,
  DEBUG_STOP,
  DEBUG_STOPPED,
  DEBUG_UNTIL_EVENTS,
  DEBUG_UNTIL_PID,
  DEBUG_UNTIL_USER_TIME,
  HART_MODE,
  HART_RAISED,
  HART_SIZE,
  HART_SLOT,
  HART_USER,
  HARTS,
  HIT_ADDRESS,
  HIT_BY_CALL,
  HIT_EVENT,
  HIT_EVENT_COUNT,
  HIT_EVENTS,
  HIT_HART,
  HIT_KIND,
  HIT_LENGTH,
  HIT_PC,
  HIT_PID,
  HIT_POINT,
  HIT_RETIRED,
  HIT_SLOT,
  HIT_TIME,
  HIT_USER_TIME,
  MACHINE,
  MACHINE_HART,
  MACHINE_PENDING,
  MACHINE_RETIRED,
  MACHINE_STOP_CAUSE,
  MACHINE_STOP_SLOT,
  MACHINE_STOP_VALUE,
  PCB_PID,
  POINT_ADDRESS,
  POINT_EXECUTE,
  POINT_KIND,
  POINT_LENGTH,
  POINT_PID,
  POINT_READ,
  POINT_REGISTER,
  POINT_SIZE,
  POINT_WRITE,
  STOP_TRAP,
} from "../../assembly/layout.ts";
import { type Core, pcbWord, readTime } from "./core.ts";

/** What the machine is to stop at, before it happens; `pid`: in this process only. */
export type DebugPoint = { readonly pid?: number } & (
  | { readonly kind: "execute"; readonly address: number }
  /**
   * Any access to one of `length` bytes, by an instruction or by a system call. Of an instruction that both reads and
   * writes, the write hits if it is watched. An access that faults does not hit.
   */
  | { readonly kind: "read" | "write"; readonly address: number; readonly length: number }
  /** An instruction that writes x1..x31. What the kernel writes (results of calls, a new program) are events. */
  | { readonly kind: "register"; readonly register: number }
);

export interface DebugSetup {
  /** At most 256. */
  readonly points?: readonly DebugPoint[];
  /** Stops after an event of one of these types (EVENT_*), at the end of the step of the trap path that wrote it. */
  readonly events?: { readonly types: readonly number[]; readonly pid?: number };
  /** Stops as soon as so many events have been written, in either mode. */
  readonly untilEvents?: number;
  /** Stops before the process executes when it has retired so many instructions, in either mode. */
  readonly untilUserTime?: { readonly pid: number; readonly time: number };
  /** "stop" (default), or "note": hits of points and events are only counted, and the last one kept. */
  readonly mode?: "stop" | "note";
}

/**
 * Where the machine was at a hit. An instruction with a point that faults is come to again when the fault was served:
 * another hit, with the same `retired` and more `events`.
 */
export interface DebugHit {
  /** "events" and "time": what `untilEvents` and `untilUserTime` asked for. */
  readonly kind: DebugPoint["kind"] | "event" | "events" | "time";
  /** Index of the point, or -1. */
  readonly point: number;
  /** Instructions retired by all harts before it: that of the hit has not retired. */
  readonly retired: number;
  /** Events written before it: of an "event", its number. */
  readonly events: number;
  /** Instructions that the process had retired. */
  readonly userTime: number;
  readonly hart: number;
  readonly pid: number;
  readonly slot: number;
  readonly pc: number;
  /** First byte of the access; type of the event (EVENT_*). */
  readonly address: number;
  /** Bytes of the access. */
  readonly length: number;
  /** The access was made by a system call: a stop comes after it, `events` counts those before the access. */
  readonly byCall: boolean;
}

/** A process in a trap that has not been served yet, or not even saved its registers. */
export interface PendingService {
  /** A trap that was raised (the kernel serves all but the timer's), or a system call that goes on after it was blocked. */
  readonly kind: "trap" | "resume";
  readonly pid: number;
  /** CAUSE_*. */
  readonly cause: number;
  readonly value: number;
}

const KINDS = { execute: POINT_EXECUTE, read: POINT_READ, write: POINT_WRITE, register: POINT_REGISTER };
const HITS: Readonly<Record<number, DebugHit["kind"]>> = {
  [POINT_EXECUTE]: "execute",
  [POINT_READ]: "read",
  [POINT_WRITE]: "write",
  [POINT_REGISTER]: "register",
  [HIT_EVENT]: "event",
  [HIT_EVENT_COUNT]: "events",
  [HIT_TIME]: "time",
};

export class Debugging {
  readonly #core: Core;
  /** The points that decoded code depends on. */
  #code = "";
  #setup: DebugSetup = {};

  constructor(core: Core) {
    this.#core = core;
  }

  /** Replaces all that was asked for, between two runs, and forgets the hits. RangeError where a point cannot be. */
  set(setup: DebugSetup): void {
    const { points = [], events, untilEvents = 0, untilUserTime, mode = "stop" } = setup;
    for (const point of points) checkPoint(point);
    if (points.length > DEBUG_POINTS_MAX)
      throw new RangeError(`there are more than ${DEBUG_POINTS_MAX} points`);
    points.forEach((point, index) => {
      this.#writePoint(point, index);
    });
    this.#write(DEBUG_POINT_COUNT, points.length);
    this.#write(DEBUG_MODE, mode === "note" ? DEBUG_NOTE : DEBUG_STOP);
    this.#write(
      DEBUG_EVENT_MASK,
      (events?.types ?? []).reduce((mask, type) => mask | (1 << type), 0),
    );
    this.#write(DEBUG_EVENT_PID, events?.pid ?? 0);
    this.#writeLong(DEBUG_UNTIL_EVENTS, untilEvents);
    this.#write(DEBUG_UNTIL_PID, untilUserTime?.pid ?? 0);
    this.#writeLong(DEBUG_UNTIL_USER_TIME, untilUserTime?.time ?? 0);
    this.#setup = setup;
    const code = codeOf(points);
    this.#core.debugChanged(code === this.#code ? 0 : 1);
    this.#code = code;
  }

  /** What was asked for. */
  get setup(): DebugSetup {
    return this.#setup;
  }

  /** Nothing stops the machine any more. */
  clear(): void {
    this.set({});
  }

  /** The last hit that was noted since `set`, or null. */
  get noted(): DebugHit | null {
    return this.#read(DEBUG_NOTED + HIT_KIND) === 0 ? null : this.#hit(DEBUG_NOTED);
  }

  /** What stopped the last run that was stopped since `set`, or null. */
  get stopped(): DebugHit | null {
    return this.#read(DEBUG_STOPPED + HIT_KIND) === 0 ? null : this.#hit(DEBUG_STOPPED);
  }

  /** `noted` in note mode, else `stopped`. */
  get hit(): DebugHit | null {
    return this.#read(DEBUG_MODE) === DEBUG_NOTE ? this.noted : this.stopped;
  }

  /** Hits since `set`. */
  get hits(): number {
    return readTime(this.#core, DEBUG + DEBUG_HITS);
  }

  /** What will be served when the machine runs, or null. */
  get pending(): PendingService | null {
    const kind = this.#core.words[(MACHINE + MACHINE_PENDING) >>> 2];
    const isRaised = this.#mode === HART_RAISED;
    if (kind === 0 && !isRaised) return null;
    const field = (offset: number) => this.#core.unsigned[(MACHINE + offset) >>> 2];
    return {
      kind: isRaised || kind === STOP_TRAP ? "trap" : "resume",
      pid: this.#core.words[pcbWord(field(MACHINE_STOP_SLOT), PCB_PID)],
      cause: field(MACHINE_STOP_CAUSE),
      value: field(MACHINE_STOP_VALUE),
    };
  }

  /**
   * Points of the process that is about to execute do not count until it has retired an instruction; or count again.
   * In the middle of a trap no one is.
   */
  skipHere(skip: boolean): void {
    const executes = this.#mode === HART_USER;
    this.#write(DEBUG_SKIP_SLOT, skip && executes ? this.#ofHart(HART_SLOT) : 0);
    this.#writeLong(DEBUG_SKIP_RETIRED, readTime(this.#core, MACHINE + MACHINE_RETIRED));
  }

  get #mode(): number {
    return this.#ofHart(HART_MODE);
  }

  /** A field of the hart whose turn it is. */
  #ofHart(field: number): number {
    const { unsigned } = this.#core;
    return unsigned[(HARTS + unsigned[(MACHINE + MACHINE_HART) >>> 2] * HART_SIZE + field) >>> 2];
  }

  /** A stop that is due is not due any more. */
  drop(): void {
    this.#write(DEBUG_DUE, 0);
  }

  #hit(record: number): DebugHit {
    const kind = this.#read(record + HIT_KIND);
    return {
      kind: HITS[kind],
      point: kind <= POINT_REGISTER ? this.#read(record + HIT_POINT) : -1,
      retired: readTime(this.#core, DEBUG + record + HIT_RETIRED),
      events: readTime(this.#core, DEBUG + record + HIT_EVENTS),
      userTime: readTime(this.#core, DEBUG + record + HIT_USER_TIME),
      hart: this.#read(record + HIT_HART),
      pid: this.#read(record + HIT_PID),
      slot: this.#read(record + HIT_SLOT),
      pc: this.#read(record + HIT_PC),
      address: this.#read(record + HIT_ADDRESS),
      length: this.#read(record + HIT_LENGTH),
      byCall: this.#read(record + HIT_BY_CALL) !== 0,
    };
  }

  #writePoint(point: DebugPoint, index: number): void {
    const at = DEBUG_POINTS - DEBUG + index * POINT_SIZE;
    this.#write(at + POINT_KIND, KINDS[point.kind]);
    this.#write(at + POINT_PID, point.pid ?? 0);
    this.#write(at + POINT_ADDRESS, point.kind === "register" ? point.register : point.address);
    this.#write(at + POINT_LENGTH, "length" in point ? point.length : 0);
  }

  #read(field: number): number {
    return this.#core.unsigned[(DEBUG + field) >>> 2];
  }

  #write(field: number, value: number): void {
    this.#core.unsigned[(DEBUG + field) >>> 2] = value;
  }

  #writeLong(field: number, value: number): void {
    this.#core.doublewords[(DEBUG + field) >>> 3] = BigInt(value);
  }
}

function checkPoint(point: DebugPoint): void {
  if (point.kind === "register") return check("register", point.register, 1, 31);
  check("address", point.address, 0, 2 ** 32 - 1);
  if (point.kind !== "execute") check("length", point.length, 1, 2 ** 32 - point.address);
}

function check(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(
    `the ${name} of a point is ${value}; it must be a whole number from ${least} to ${most}`,
  );
}

/** What decoded code holds of the points, as a text: the indices of those at an address or a register. */
function codeOf(points: readonly DebugPoint[]): string {
  const texts = points.map((point, index) => {
    if (point.kind === "execute") return `${index} at ${point.address}`;
    return point.kind === "register" ? `${index} writes ${point.register}` : "";
  });
  return texts.filter((text) => text !== "").join();
}
