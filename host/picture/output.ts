// The output of a machine as a terminal needs it: bytes by number, up to the moment that is shown.

import type { Moment } from "../history/moment.ts";
import type { OutputLog } from "../history/output-log.ts";

export interface Output {
  /** Tells the outputs of several machines apart. */
  readonly run: number;
  /** Number of the first byte that is still known. */
  readonly start: number;
  /** Bytes written up to the moment that is shown. */
  readonly end: number;
  /** The bytes from number `from`, which must still be known, to the end. */
  read(from: number): Uint8Array;
}

/** What a machine with a history had written when it stood at `now`. */
export function outputAt(log: OutputLog, now: Moment, run: number): Output {
  const end = log.countAt(now);
  const start = Math.min(log.dropped, end);
  return { run, start, end, read: (from) => log.bytes(from, end) };
}
