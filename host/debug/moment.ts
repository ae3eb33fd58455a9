// Moments of a run: how far it has come, exactly. What is said and compared everywhere in the debugger.

/** Both numbers never decrease. Compare by `events` after `retired`. */
export interface Moment {
  /** Instructions retired by all harts. */
  readonly retired: number;
  /** Events ever written. */
  readonly events: number;
}

/** Below 0 if `a` is before `b`, above 0 if after, 0 if they are the same moment. */
export function compareMoments(a: Moment, b: Moment): number {
  return a.retired - b.retired || a.events - b.events;
}
