// How the session moves its machine: slices of a history's movements, so that a screen stays awake and can interrupt
// between any two of them. A movement is a generator that yields where `pauseWhen` asked it to; to go on is to call
// it again, to interrupt is not to.

import type { History } from "../history/history.ts";
import { compareMoments, type Moment } from "../history/moment.ts";
import type { Target } from "../history/target.ts";
import type { DebugHit, DebugSetup } from "../machine/debugging.ts";
import type { RunResult } from "../machine.ts";
import { nextPid } from "./process.ts";

/** A movement that ends with a T. */
export type Movement<T> = Generator<undefined, T, undefined>;

export interface RunLimits {
  readonly maxInstructions?: number;
  /** Passes over the points at the instruction where the machine stands. */
  readonly skipFirst?: boolean;
}

export class Travel {
  readonly history: History;
  /** Asked often; true ends the slice. */
  pauseWhen: () => boolean = () => false;
  /** Where a movement was interrupted, or stopped behind an access: what stands there was not met yet. */
  unmetAt: Moment | null = null;

  constructor(history: History) {
    this.history = history;
  }

  get now(): Moment {
    return this.history.now;
  }

  /** Whether the process that is about to execute has been met here already: then it is to be let go on. */
  get wasMetHere(): boolean {
    // Amid a trap nobody is about to execute: the first instruction after it is met for the first time.
    if (nextPid(this.history.machine) === 0) return false;
    return this.unmetAt === null || compareMoments(this.unmetAt, this.now) !== 0;
  }

  /**
   * Runs forward until something of the setup happens. It yields also where it has come to a hit: a movement that goes
   * from hit to hit would never be paused else, however many there are.
   */
  *run(
    setup: DebugSetup,
    { maxInstructions = Number.POSITIVE_INFINITY, skipFirst = false }: RunLimits = {},
  ): Movement<RunResult> {
    const { history } = this;
    const { debugging } = history.machine;
    if (debugging.setup !== setup) debugging.set(setup);
    const { retired } = this.now;
    for (;;) {
      const done = this.now.retired - retired;
      const result = history.run({
        maxInstructions: maxInstructions - done,
        pauseWhen: () => this.pauseWhen(),
        skipFirst: skipFirst && done === 0,
      });
      if (result.reason !== "paused" && !this.pauseWhen()) return result;
      yield;
      if (result.reason !== "paused") return result;
    }
  }

  /** The next instruction, whatever stops at it: under the same setup, for another would cost what is translated. */
  *stepPast(): Movement<void> {
    const { retired } = this.now;
    while (this.now.retired === retired) {
      const result = this.history.run({
        maxInstructions: 1,
        pauseWhen: () => this.pauseWhen(),
        skipFirst: true,
      });
      if (result.reason === "paused") yield;
      else if (result.reason !== "debug" && result.reason !== "budget") return;
    }
  }

  *goTo(target: Target): Movement<void> {
    while (!this.history.goTo(target, { pauseWhen: () => this.pauseWhen() })) yield;
  }

  *goToTime(ticks: number, hart: number): Movement<void> {
    while (!this.history.goToTime(ticks, hart, { pauseWhen: () => this.pauseWhen() })) yield;
  }

  /** To where the event with this number has just been written. */
  *goToEvent(number: number): Movement<void> {
    while (!this.history.goToEvent(number, { pauseWhen: () => this.pauseWhen() })) yield;
  }

  /** The last hit of the setup before `to`, and the machine at it; null: there is none. */
  *searchBack(setup: DebugSetup, to: Moment): Movement<DebugHit | null> {
    const { history } = this;
    let end = to;
    while (compareMoments(history.start, end) < 0) {
      const search = history.search(setup, end, history.start);
      while (!search.advance({ pauseWhen: () => this.pauseWhen() })) yield;
      if (search.hit === null) return null;
      const hit = yield* this.#standAt(setup, search.hit, end);
      if (hit !== null) return hit;
      end = this.now;
    }
    return null;
  }

  /** Goes on in the known past to the next hit, or to `end`. */
  *#nextHit(setup: DebugSetup, end: Moment, skipFirst: boolean): Movement<DebugHit | null> {
    const search = this.history.search(setup, this.now, end, skipFirst);
    while (!search.advance({ pauseWhen: () => this.pauseWhen() })) yield;
    return search.hit;
  }

  /**
   * Goes to where the machine stops for a hit that was noted, if that is before `end`; else to where it has looked
   * from. The stop comes after the hit where that is an event or an access of a system call.
   */
  *#standAt(setup: DebugSetup, noted: DebugHit, end: Moment): Movement<DebugHit | null> {
    yield* this.goTo({ retired: Math.max(this.history.start.retired, noted.retired - 1) });
    if (this.now.events > noted.events) yield* this.goTo(this.history.start);
    const begin = this.now;
    let last: { moment: Moment; hit: DebugHit } | null = null;
    for (let skipFirst = false; ; ) {
      const hit: DebugHit | null = yield* this.#nextHit(setup, end, skipFirst);
      if (hit === null || compareMoments(this.now, end) >= 0) break;
      last = { moment: this.now, hit };
      if (hit.retired === noted.retired && hit.events === noted.events) break;
      skipFirst = hit.kind !== "event";
    }
    yield* this.goTo(last?.moment ?? begin);
    return last?.hit ?? null;
  }
}
