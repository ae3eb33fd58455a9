// The scheduler's figures as textbooks define them, from the account of a process.

import { STATE_BLOCKED, STATE_READY, STATE_RUNNING } from "../../../host/picture/states.ts";
import type { ProcessAccount } from "../../../host/picture/statistics.ts";

export interface Figure {
  readonly title: string;
  readonly definition: string;
  /** Ticks; null while it has none. */
  readonly of: (account: ProcessAccount) => number | null;
}

export const TURNAROUND: Figure = {
  title: "turnaround",
  definition: "end − arrival",
  of: ({ start, end }) => (end < 0 ? null : end - start),
};

export const RESPONSE: Figure = {
  title: "response",
  definition: "first run − arrival",
  of: ({ start, firstRun }) => (firstRun < 0 ? null : firstRun - start),
};

export const WAITING: Figure = {
  title: "waiting",
  definition: "time ready for a hart",
  of: ({ times }) => times[STATE_READY],
};

export const RUNNING: Figure = {
  title: "running",
  definition: "time on a hart",
  of: ({ times }) => times[STATE_RUNNING],
};

export const BLOCKED: Figure = {
  title: "blocked",
  definition: "time waiting for something else",
  of: ({ times }) => times[STATE_BLOCKED],
};

/** Sum over the processes that have the figure. */
export function totalOf(processes: readonly ProcessAccount[], figure: Figure): number {
  return processes.reduce((sum, one) => sum + (figure.of(one) ?? 0), 0);
}

/** Over the processes that have the figure; null where none has. */
export function averageOf(processes: readonly ProcessAccount[], figure: Figure): number | null {
  const values = processes.flatMap((one) => figure.of(one) ?? []);
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
