// What breakpoints that log have said on the way to a moment. A stretch that is run again says it again: that
// takes the place of what it had said.

import type { LogLine } from "../../host/debug/breakpoint.ts";
import { compareMoments, type Moment } from "../../host/history/moment.ts";

/** Lines that are kept: the latest. */
const MOST = 200;

export class DebugLog {
  #lines: readonly LogLine[] = [];

  add(line: LogLine): void {
    const before = this.#lines.filter(({ moment, breakpoint }) => {
      const order = compareMoments(moment, line.moment);
      return order < 0 || (order === 0 && breakpoint !== line.breakpoint);
    });
    this.#lines = [...before.slice(1 - MOST), line];
  }

  /** Those up to a moment. */
  upTo(now: Moment): readonly LogLine[] {
    return this.#lines.filter(({ moment }) => compareMoments(moment, now) <= 0);
  }
}
