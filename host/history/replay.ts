// Moving a machine within its known past: put on a checkpoint, and from there doing again what it did, with the
// inputs exactly where they were given. Nobody is told of what happens again.

import type { Core } from "../machine/core.ts";
import type { DebugHit, DebugSetup } from "../machine/debugging.ts";
import type { Machine } from "../machine.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { type Input, repeatInput } from "./inputs.ts";
import { compareMoments, firstFrom, type Moment, momentOf } from "./moment.ts";
import { hasReached, isAt, showTarget, type Target } from "./target.ts";

/** The machine does not do again what it did: it or the recording is not what it was. */
export class DivergenceError extends Error {
  override readonly name: string = "DivergenceError";
}

/** The exact moment that was asked for lies in the known past, but the run never was at it. */
export class NoSuchMomentError extends DivergenceError {
  override readonly name: string = "NoSuchMomentError";
}

/** The known past. */
export interface Past {
  readonly checkpoints: Checkpoints;
  /** In order of their moments. */
  readonly inputs: readonly Input[];
  readonly end: Moment;
}

export interface ReplayPlan {
  readonly pauseWhen?: (() => boolean) | undefined;
  /** What the debugger may stop or note on the way; its `untilEvents` is not looked at. Default nothing. */
  readonly setup?: DebugSetup;
  /** As in Machine.run. */
  readonly skipFirst?: boolean | undefined;
  /** Whether to leave stopovers on the way, for steps back that may follow. */
  readonly withStopovers?: boolean;
}

/** Why a replay ended. */
export type ReplayEnd =
  | { readonly reason: "arrived" | "paused" }
  | { readonly reason: "debug"; readonly hit: DebugHit };

type Goal = Target & { readonly isStopover?: boolean };

/** Instructions whose replay takes about as long as putting the machine on a checkpoint. */
const WORTH_RESTORING = 300_000;
const STOPOVERS_KEPT = 6;
const ARRIVED: ReplayEnd = { reason: "arrived" };
const PAUSED: ReplayEnd = { reason: "paused" };

export class Replay {
  readonly #machine: Machine;
  readonly #core: Core;
  readonly #past: Past;
  readonly #stopovers: readonly number[];
  #noted: DebugHit | null = null;

  /** `stopovers`: how many instructions before the target they are left, the farthest first. */
  constructor(machine: Machine, past: Past, stopovers: readonly number[]) {
    this.#machine = machine;
    this.#core = machine.kernel.core;
    this.#past = past;
    this.#stopovers = stopovers;
  }

  /** Where the machine stands. */
  get now(): Moment {
    return momentOf(this.#core);
  }

  /** Puts the machine where it can run to the target: nearby, or leaves it where it is if that is near enough. */
  approach(target: Target): void {
    const latest = this.#latest(target);
    const isPast = compareMoments(this.now, latest) > 0;
    const ahead = latest.retired - this.now.retired;
    if (!isPast && this.#past.checkpoints.nearest(latest) + WORTH_RESTORING >= ahead) return;
    this.#machine.replaying = true;
    this.#machine.debugging.drop();
    this.#past.checkpoints.restoreBefore(latest);
  }

  /** The latest known moment at which the target cannot have been passed. */
  #latest(target: Target): Moment {
    const { checkpoints } = this.#past;
    if (target.retired === undefined) return checkpoints.beforeEvent(target.events).moment;
    if (target.events !== undefined) return target;
    // A checkpoint with that many instructions may be a later moment than the first one with them.
    return { retired: target.retired, events: -1 };
  }

  /** The last hit that the core noted in the last replay. */
  get noted(): DebugHit | null {
    return this.#noted;
  }

  /** Replays up to a target of the known past that lies not before now. */
  run(target: Target, plan: ReplayPlan = {}): ReplayEnd {
    const { debugging } = this.#machine;
    const { setup } = debugging;
    this.#machine.replaying = true;
    this.#noted = null;
    if (plan.skipFirst) debugging.skipHere(true);
    try {
      let end: ReplayEnd | null = null;
      while (end === null && !hasReached(this.now, target)) {
        end = this.#advance(target, plan);
      }
      return end ?? ARRIVED;
    } finally {
      if (plan.skipFirst) debugging.skipHere(false);
      debugging.set(setup);
      this.#machine.replaying = compareMoments(this.now, this.#past.end) < 0;
    }
  }

  /** The nearest moment on the way to the target at which there is something to do. */
  #nextGoal(target: Target, withStopovers: boolean): Goal {
    const now = this.now;
    const { checkpoints, inputs } = this.#past;
    let goal: Goal = target;
    const input = inputs[firstFrom(inputs, now)];
    if (input && !isBeyond(input.moment, goal)) goal = input.moment;
    const checkpoint = checkpoints.after(now);
    if (checkpoint && !hasReached(checkpoint.moment, goal)) goal = checkpoint.moment;
    const { retired } = target;
    if (!withStopovers || retired === undefined) return goal;
    const distance = this.#stopovers.find((one) => retired - one > now.retired);
    const stopover = distance === undefined ? Number.POSITIVE_INFINITY : retired - distance;
    return stopover < (goal.retired ?? 0) ? { retired: stopover, isStopover: true } : goal;
  }

  /** From now on to the next goal, between which nothing is to be done but run; and what is to be done there. */
  #advance(target: Target, plan: ReplayPlan): ReplayEnd | null {
    const now = this.now;
    const goal = this.#nextGoal(target, plan.withStopovers === true);
    const { checkpoints, inputs } = this.#past;
    const input = inputs[firstFrom(inputs, now)];
    if (input && isAt(now, input.moment)) {
      repeatInput(this.#machine, input);
      checkpoints.arrive();
      return null;
    }
    const end = this.#runTo(goal, plan);
    checkpoints.arrive();
    if (goal.isStopover && hasReached(this.now, goal)) this.#leaveStopover();
    if (end === null && isAt(this.now, now))
      throw new DivergenceError(`the machine stays at ${showTarget(now)} on its way to ${showTarget(goal)}`);
    if (isPast(this.now, goal)) {
      const what = `the machine has come to ${showTarget(this.now)} and never was at ${showTarget(goal)}`;
      throw goal === target ? new NoSuchMomentError(what) : new DivergenceError(what);
    }
    return end;
  }

  #runTo(goal: Goal, plan: ReplayPlan): ReplayEnd | null {
    const now = this.now;
    const { debugging } = this.#machine;
    const untilEvents = goal.events !== undefined && goal.events > now.events ? goal.events : 0;
    debugging.set({ ...plan.setup, untilEvents });
    const left = (goal.retired ?? this.#past.end.retired) - now.retired;
    const end = this.#runFor(Math.max(0, left), plan);
    // What is due is done; if the goal is still ahead, the next instruction traps and does not retire.
    if (end !== null || !isAt(this.now, now) || left > 0) return end;
    return this.#runFor(1, plan);
  }

  #runFor(maxInstructions: number, { pauseWhen }: ReplayPlan): ReplayEnd | null {
    let result = this.#machine.run({ maxInstructions, pauseWhen });
    const isPaused = result.reason === "paused";
    if (isPaused) result = this.#machine.run({ maxInstructions: 0 }); // to where the machine can stand
    this.#noted = this.#machine.debugging.noted ?? this.#noted;
    if (result.reason === "debug" && result.hit.kind !== "events")
      return { reason: "debug", hit: result.hit };
    return isPaused ? PAUSED : null;
  }

  #leaveStopover(): void {
    const isFar = this.#past.checkpoints.nearest(this.now) > this.#stopovers[this.#stopovers.length - 1];
    if (isFar) this.#past.checkpoints.takeStopover(STOPOVERS_KEPT);
  }
}

/**
 * Whether a machine that runs to the goal comes to it before `moment`. With so many instructions retired it goes on to
 * where the next thing is an instruction, past all moments with as many at which a debugger had stopped it.
 */
function isBeyond(moment: Moment, goal: Goal): boolean {
  if (goal.retired === undefined || goal.events !== undefined) return hasReached(moment, goal);
  return moment.retired > goal.retired;
}

/** Whether an exact moment was missed. */
function isPast(now: Moment, goal: Goal): boolean {
  return goal.retired !== undefined && goal.events !== undefined && compareMoments(now, goal) > 0;
}
