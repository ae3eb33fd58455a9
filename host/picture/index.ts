// A picture: what a viewer shows of one moment, as plain data that can be cloned. All panels read the same
// one, so they cannot disagree. Its cost is bounded by what the query asks for.

import type { Breakpoint, LogLine } from "../debug/breakpoint.ts";
import type { Stop } from "../debug/stop.ts";
import type { Moment } from "../history/moment.ts";
import { type Focus, focusOf } from "./focus.ts";
import { type HartsPicture, takeHarts } from "./harts.ts";
import { type PartPictures, type PartQueries, takeParts } from "./parts.ts";
import type { PictureSource, Status } from "./source.ts";

export type { Moment } from "../history/moment.ts";
export type { Focus } from "./focus.ts";
export type { HartPicture, HartsPicture } from "./harts.ts";
export { outputAt } from "./output.ts";
export { loadParts } from "./parts.ts";
export type { ProcessesPicture } from "./processes.ts";
export type { RegistersPicture } from "./registers.ts";
export type { PictureSource, Status } from "./source.ts";

/** What the screen shows. */
export interface PictureQuery extends PartQueries {
  /** Pid of the chosen process; 0: whichever runs. */
  readonly focus: number;
}

export interface Picture extends PartPictures {
  readonly moment: Moment;
  /** The first and the latest moment of the known run. */
  readonly start: Moment;
  readonly end: Moment;
  /** Ticks of the clock of the hart whose turn it is. */
  readonly time: number;
  /** The same at the end of the known run. */
  readonly endTime: number;
  /** Ticks in a second. */
  readonly clockHz: number;
  readonly status: Status;
  readonly stop: Stop | null;
  /** Breakpoints, watchpoints and catchpoints. */
  readonly breakpoints: readonly Breakpoint[];
  /** The latest of what breakpoints have logged on the way to this moment. */
  readonly logLines: readonly LogLine[];
  readonly harts: HartsPicture;
  /** The process that registers, memory and so on are of. */
  readonly focus: Focus | null;
}

/** Parts that are not loaded yet are left out: see `loadParts`. */
export function takePicture(source: PictureSource, query: PictureQuery): Picture {
  const { machine, history } = source;
  const focus = focusOf(source, query.focus);
  return {
    moment: history.now,
    start: history.start,
    end: history.end,
    time: machine.time,
    endTime: source.endTime,
    clockHz: machine.configuration.clockHz,
    status: source.status,
    stop: source.stop,
    breakpoints: source.breakpoints,
    logLines: source.logLines ?? [],
    harts: takeHarts(source),
    focus,
    ...takeParts(source, focus, query),
  };
}
