// Where to go in time: an exact moment, or the first one of some kind.

import { compareMoments, type Moment } from "./moment.ts";

/** A moment; or the first one at which so many instructions have retired, or so many events been written. */
export type Target =
  | Moment
  | { readonly retired: number; readonly events?: undefined }
  | { readonly events: number; readonly retired?: undefined };

/** Whether a machine that stands at `now` has come to the target, or is past it. */
export function hasReached(now: Moment, target: Target): boolean {
  if (target.retired === undefined) return now.events >= target.events;
  return target.events === undefined ? now.retired >= target.retired : compareMoments(now, target) >= 0;
}

/** Whether a target that is a moment is `now`. */
export function isAt(now: Moment, target: Target): boolean {
  return now.retired === target.retired && now.events === target.events;
}

export function showTarget({ retired, events }: Target): string {
  if (retired === undefined) return `event ${events}`;
  return events === undefined ? `instruction ${retired}` : `instruction ${retired}, event ${events}`;
}
