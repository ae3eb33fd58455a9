// The first picture: of a machine whose programs are in place and that has not run. It needs neither a past nor
// anything that makes the machine run, so that it can be had before they are loaded.

import { momentOf } from "../history/moment.ts";
import type { StillMachine } from "../still-machine.ts";
import { focusOf } from "./focus.ts";
import { takeHarts } from "./harts.ts";
import type { Picture, PictureQuery } from "./index.ts";
import { takeProcesses } from "./processes.ts";

/** Of the parts it has the processes only. `status`: whether the machine will run as soon as it can. */
export function takeFirstPicture(
  machine: StillMachine,
  status: "running" | "paused",
  query: PictureQuery,
): Picture {
  const source = { machine };
  const now = momentOf(machine.kernel.core);
  return {
    moment: now,
    start: now,
    end: now,
    time: machine.time,
    endTime: machine.time,
    clockHz: machine.configuration.clockHz,
    status: { kind: status },
    stop: null,
    breakpoints: [],
    logLines: [],
    harts: takeHarts(source),
    focus: focusOf(source, query.focus),
    ...(query.processes && { processes: takeProcesses(source) }),
  };
}
