// A picture: what a viewer shows of one moment, as plain data that can be cloned. All panels read the same
// one, so they cannot disagree. Its cost is bounded by what the query asks for.

import { type Focus, focusOf } from "./focus.ts";
import { type HartsPicture, takeHarts } from "./harts.ts";
import { type Moment, momentOf } from "./moment.ts";
import { type PartPictures, type PartQueries, takeParts } from "./parts.ts";
import type { PictureSource, Status } from "./source.ts";

export type { Focus } from "./focus.ts";
export type { HartPicture, HartsPicture } from "./harts.ts";
export { compareMoments, type Moment, momentOf } from "./moment.ts";
export { outputAt } from "./output.ts";
export { OutputTail } from "./output-tail.ts";
export { loadParts } from "./parts.ts";
export { type ProcessesPicture, STATES } from "./processes.ts";
export type { RegistersPicture } from "./registers.ts";
export type { PictureSource, Status } from "./source.ts";
export type { TerminalPicture, TerminalQuery } from "./terminal.ts";

/** What the screen shows. */
export interface PictureQuery extends PartQueries {
  /** Pid of the chosen process; 0: whichever runs. */
  readonly focus: number;
}

export interface Picture extends PartPictures {
  readonly moment: Moment;
  /** The latest moment of the known run. */
  readonly end: Moment;
  /** Ticks of the clock of the hart whose turn it is. */
  readonly time: number;
  /** Ticks in a second. */
  readonly clockHz: number;
  readonly status: Status;
  readonly harts: HartsPicture;
  /** The process that registers, memory and so on are of. */
  readonly focus: Focus | null;
}

/** Parts that are not loaded yet are left out: see `loadParts`. */
export function takePicture(source: PictureSource, query: PictureQuery): Picture {
  const { machine } = source;
  const focus = focusOf(source, query.focus);
  return {
    moment: momentOf(machine),
    end: source.end,
    time: machine.time,
    clockHz: machine.configuration.clockHz,
    status: source.status,
    harts: takeHarts(source),
    focus,
    ...takeParts(source, focus, query),
  };
}
