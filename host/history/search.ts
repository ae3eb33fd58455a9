// Searches in the known past: the first hit after a moment, or the last one before it. Backwards the run is replayed
// from checkpoint to checkpoint, the latest stretch first, while the core notes hits without stopping.

import type { DebugHit, DebugSetup } from "../machine/debugging.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { compareMoments, type Moment } from "./moment.ts";
import type { ReplayEnd, ReplayPlan } from "./replay.ts";
import type { Target } from "./target.ts";

/** What a search needs of the history that it is in. */
export interface SearchGround {
  readonly checkpoints: Checkpoints;
  readonly now: Moment;
  goTo(target: Target, plan: ReplayPlan): boolean;
  replay(target: Target, plan: ReplayPlan): ReplayEnd;
  /** The last hit that was noted in the replay before. */
  readonly noted: DebugHit | null;
}

/** A search that can be interrupted. It moves the machine; where that stands afterwards is not said. */
export class Search {
  readonly #ground: SearchGround;
  readonly #setup: DebugSetup;
  readonly #isBackward: boolean;
  readonly #skipFirst: boolean;
  readonly #limit: Moment;
  /** The stretch under way: where it begins and ends, and whether the machine has been brought to its begin. */
  #begin: Moment;
  #end: Moment;
  #hasBegun = false;
  #hit: DebugHit | null = null;

  /**
   * Hits from `from` to before `to`, or where that is earlier, before `from` and not before `to`. `skipFirst`: not
   * what the process meets at `from`, forwards.
   */
  constructor(ground: SearchGround, setup: DebugSetup, from: Moment, to: Moment, skipFirst = false) {
    this.#ground = ground;
    this.#skipFirst = skipFirst;
    this.#setup = setup;
    this.#isBackward = compareMoments(to, from) < 0;
    this.#limit = to;
    this.#begin = from;
    this.#end = to;
    if (this.#isBackward) this.#stretchBefore(from);
  }

  /** The hit that was found, or null. */
  get hit(): DebugHit | null {
    return this.#hit;
  }

  #stretchBefore(end: Moment): void {
    const { moment } = this.#ground.checkpoints.before(end);
    this.#begin = compareMoments(moment, this.#limit) > 0 ? moment : this.#limit;
    this.#end = end;
    this.#hasBegun = false;
  }

  /** Goes on searching. False: paused on the way, to be called again. */
  advance({ pauseWhen }: Pick<ReplayPlan, "pauseWhen"> = {}): boolean {
    for (;;) {
      if (!this.#hasBegun && !this.#ground.goTo(this.#begin, { pauseWhen })) return false;
      this.#hasBegun = true;
      if (!this.#isBackward) return this.#forward(pauseWhen);
      if (!this.#note(pauseWhen)) return false;
      if (this.#hit !== null || compareMoments(this.#begin, this.#limit) <= 0) return true;
      this.#stretchBefore(this.#begin);
    }
  }

  #forward(pauseWhen: ReplayPlan["pauseWhen"]): boolean {
    const setup: DebugSetup = { ...this.#setup, mode: "stop" };
    const skipFirst = this.#skipFirst && compareMoments(this.#ground.now, this.#begin) === 0;
    const end = this.#ground.replay(this.#end, { pauseWhen, setup, skipFirst });
    if (end.reason === "debug") this.#hit = end.hit;
    return end.reason !== "paused";
  }

  /** Notes the last hit of the stretch; what was noted before a pause counts until there is a later one. */
  #note(pauseWhen: ReplayPlan["pauseWhen"]): boolean {
    const end = this.#ground.replay(this.#end, { pauseWhen, setup: { ...this.#setup, mode: "note" } });
    this.#hit = this.#ground.noted ?? this.#hit;
    return end.reason !== "paused";
  }
}
