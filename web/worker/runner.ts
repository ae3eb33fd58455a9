// Moves a session in slices, between which the worker hears the page. How fast is real time's affair and never
// changes what the machine does.

import type { Command } from "../../host/debug/command.ts";
import type { Stop } from "../../host/debug/stop.ts";
import type { History } from "../../host/history/history.ts";

/** What makes the movements: a session. */
export interface Driver {
  readonly history: History;
  readonly isMoving: boolean;
  begin(command: Command): void;
  advance(options: { readonly pauseWhen: () => boolean }): Stop | null;
  interrupt(): Stop;
}

/** Real time of a slice, in milliseconds: short enough that a picture can be had in every frame. */
const SLICE_MS = 8;
/** At a chosen speed no more than this is made good when the worker was late. */
const LONGEST_DEBT_MS = 100;

export class Runner {
  #driver: Driver;
  readonly #stopped: (stop: Stop | Error) => void;
  #speed = Number.POSITIVE_INFINITY;
  #command: Command | null = null;
  /** Movements so far: each has a loop of its own. */
  #turn = 0;
  /** Instructions at the beginning of the movement. */
  #begin = 0;
  /** Real time up to which the instructions that are due have been executed. */
  #paidUntil = 0;
  /** Ends a wait early. */
  #awake: () => void = () => {};

  /** `stopped` is told of the stop that a movement comes to, or of what went wrong on the way. */
  constructor(driver: Driver, stopped: (stop: Stop | Error) => void) {
    this.#driver = driver;
    this.#stopped = stopped;
  }

  /** Another session makes the movements from now on. Not while one is under way. */
  drive(driver: Driver): void {
    this.#driver = driver;
  }

  /** Instructions a second; Infinity: as fast as it can. Only `continue` heeds it. */
  setSpeed(perSecond: number): void {
    const command = this.suspend();
    this.#speed = perSecond;
    if (command !== null) this.start(command);
  }

  /** Begins a movement, in place of one that is under way. Throws where the session refuses it. */
  start(command: Command): void {
    this.halt();
    this.#command = command;
    this.#begin = this.#driver.history.now.retired;
    this.#paidUntil = performance.now();
    const waitMs = this.#slice();
    if (this.#command !== null) void this.#loop(waitMs);
  }

  /** Ends the movement under way where it is; the stop, or null if there was none. */
  halt(): Stop | null {
    if (this.#command === null) return null;
    this.#command = null;
    this.#awake();
    return this.#driver.interrupt();
  }

  /**
   * Ends the movement under way; what is to be started for it to go on, or null where there is none, or none that can
   * be taken up again: then `stopped` is told.
   */
  suspend(): Command | null {
    const command = this.#command;
    const stop = this.halt();
    const rest = command && restOf(command, Math.abs(this.#driver.history.now.retired - this.#begin));
    if (rest === null && stop !== null) this.#stopped(stop);
    return rest;
  }

  async #loop(firstWaitMs: number): Promise<void> {
    const turn = ++this.#turn;
    for (let waitMs = firstWaitMs; this.#command !== null; ) {
      await (waitMs > 0 ? this.#sleep(waitMs) : nextTask());
      if (this.#turn !== turn || this.#command === null) return;
      try {
        waitMs = this.#slice();
      } catch (error) {
        this.#stopped(error as Error);
      }
    }
  }

  /** One slice; returns how long there is nothing to do, in milliseconds. */
  #slice(): number {
    const command = this.#command!;
    const now = performance.now();
    if (command.kind === "continue" && this.#speed !== Number.POSITIVE_INFINITY) {
      const count = this.#due(now);
      if (count < 1) return 1000 / this.#speed - (now - this.#paidUntil);
      return this.#pacedSlice(command, count, now);
    }
    const stop = this.#advance(command, now + SLICE_MS);
    if (stop !== null) this.#end(stop);
    return 0;
  }

  /** A slice of some instructions: each is a movement of its own. */
  #pacedSlice(command: Extract<Command, { kind: "continue" }>, count: number, now: number): number {
    const { history } = this.#driver;
    const before = history.now.retired;
    const stop = this.#advance(paced(command, count), now + SLICE_MS);
    this.#paidUntil += (Math.abs(history.now.retired - before) / this.#speed) * 1000;
    const isPart = stop?.reason === "step" || stop?.reason === "paused";
    if (stop !== null && !isPart) this.#end(stop);
    return 0;
  }

  #end(stop: Stop): void {
    this.#command = null;
    this.#stopped(stop);
  }

  /** A session that refuses a command has not moved; a movement that fails ends where it is. */
  #advance(command: Command, until: number): Stop | null {
    try {
      if (!this.#driver.isMoving) this.#driver.begin(command);
      return this.#driver.advance({ pauseWhen: lateAfter(until, this.#driver.history) });
    } catch (error) {
      this.#command = null;
      this.#driver.interrupt();
      throw error;
    }
  }

  /** Instructions to be executed by now. */
  #due(now: number): number {
    this.#paidUntil = Math.max(this.#paidUntil, now - Math.max(LONGEST_DEBT_MS, 1000 / this.#speed));
    return Math.floor(((now - this.#paidUntil) / 1000) * this.#speed);
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#awake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Traps, and instructions, after which the clock is looked at: to look takes longer than many a system call. */
const LOOK_TRAPS = 8;
const LOOK_INSTRUCTIONS = 100_000;

/** Whether it is later than `until`, to be asked after each trap; once it is, it stays so. */
function lateAfter(until: number, { machine }: History): () => boolean {
  let asked = 0;
  let seen = machine.instructions;
  let isLate = false;
  return () => {
    const { instructions } = machine;
    if (++asked < LOOK_TRAPS && Math.abs(instructions - seen) < LOOK_INSTRUCTIONS) return isLate;
    asked = 0;
    seen = instructions;
    isLate ||= performance.now() >= until;
    return isLate;
  };
}

/** The part of a movement that is due. Backwards, breakpoints are looked for at full speed only. */
function paced(command: Extract<Command, { kind: "continue" }>, count: number): Command {
  return command.direction === "back"
    ? { kind: "stepMachine", direction: "back", count }
    : { ...command, count };
}

/** What is left of a movement that has come so many instructions far; null where that cannot be said. */
function restOf(command: Command, done: number): Command | null {
  switch (command.kind) {
    case "continue":
    case "goTo":
    case "goToTime":
    case "goToEvent":
      return command;
    case "stepMachine":
      return { ...command, count: Math.max(1, (command.count ?? 1) - done) };
    default:
      return null;
  }
}

const channel = new MessageChannel();

/** Lets messages that are waiting be heard; costs some microseconds (a timer would cost four milliseconds). */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });
}
