// Moves a session in slices, between which the worker hears the page. How fast is real time's affair and never
// changes what the machine does.

import type { Command } from "../../host/debug/command.ts";
import type { Stop } from "../../host/debug/stop.ts";
import type { HistorySession as Session } from "./history-session.ts";

/** Real time of a slice, in milliseconds: short enough that a picture can be had in every frame. */
const SLICE_MS = 8;
/** At a chosen speed no more than this is made good when the worker was late. */
const LONGEST_DEBT_MS = 100;

export class Runner {
  readonly #session: Session;
  readonly #stopped: (stop: Stop | Error) => void;
  #speed = Number.POSITIVE_INFINITY;
  #command: Command | null = null;
  /** Real time up to which the instructions that are due have been executed. */
  #paidUntil = 0;
  /** Ends a wait early. */
  #awake: () => void = () => {};

  /** `stopped` is told of the stop that a movement comes to, or of what went wrong on the way. */
  constructor(session: Session, stopped: (stop: Stop | Error) => void) {
    this.#session = session;
    this.#stopped = stopped;
  }

  /** A movement is under way. */
  get going(): boolean {
    return this.#command !== null;
  }

  /** Instructions a second; Infinity: as fast as it can. Only `continue` heeds it. */
  setSpeed(perSecond: number): void {
    this.#speed = perSecond;
    this.#paidUntil = performance.now();
    this.#awake();
  }

  /** Begins a movement, in place of one that is under way. Throws where the session refuses it. */
  start(command: Command): void {
    this.halt();
    this.#command = command;
    this.#paidUntil = performance.now();
    const waitMs = this.#slice();
    if (this.going) void this.#loop(waitMs);
  }

  /** Ends the movement under way where it is; the stop, or null if there was none. */
  halt(): Stop | null {
    if (!this.going) return null;
    this.#command = null;
    this.#awake();
    return this.#session.interrupt();
  }

  async #loop(firstWaitMs: number): Promise<void> {
    const command = this.#command;
    for (let waitMs = firstWaitMs; this.#command === command; ) {
      await (waitMs > 0 ? this.#sleep(waitMs) : nextTask());
      if (this.#command !== command) return;
      try {
        waitMs = this.#slice();
      } catch (error) {
        this.#command = null;
        this.#stopped(error as Error);
      }
    }
  }

  /** One slice; returns how long there is nothing to do, in milliseconds. */
  #slice(): number {
    const command = this.#command!;
    const isPaced = command.kind === "continue" && this.#speed !== Number.POSITIVE_INFINITY;
    const now = performance.now();
    const count = isPaced ? this.#due(now) : 0;
    if (isPaced && count < 1) return 1000 / this.#speed - (now - this.#paidUntil);
    const { history } = this.#session;
    const before = history.now.retired;
    if (!this.#session.isMoving) this.#session.begin(isPaced ? { ...command, count } : command);
    const stop = this.#advance(now + SLICE_MS);
    if (isPaced) this.#paidUntil += (Math.abs(history.now.retired - before) / this.#speed) * 1000;
    if (stop === null || (isPaced && stop.reason === "step")) return 0;
    this.#command = null;
    this.#stopped(stop);
    return 0;
  }

  /** A session that refuses a command has not moved. */
  #advance(until: number): Stop | null {
    try {
      return this.#session.advance({ pauseWhen: () => performance.now() >= until });
    } catch (error) {
      this.#command = null;
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

const channel = new MessageChannel();

/** Lets messages that are waiting be heard; costs some microseconds (a timer would cost four milliseconds). */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });
}
