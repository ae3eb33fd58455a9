// Stops in words, for the status line and for screen readers.

import type { Stop } from "../../host/debug/stop.ts";
import type { Picture } from "../../host/picture/index.ts";
import { hexText } from "./text.ts";

const REASONS: Readonly<Record<Stop["reason"], string>> = {
  step: "Stepped",
  location: "Arrived",
  breakpoint: "Breakpoint",
  watchpoint: "Watchpoint",
  event: "Event",
  moment: "Went to this moment",
  paused: "Paused",
  ended: "The run has ended: drag the line at the top to go back in it",
  input: "Nothing can run until there is input",
  deadlock: "Deadlock: nothing can ever run again",
  start: "This is where the run begins",
  "process-ended": "The process has ended",
};

/** Why it stopped, and where: "Stepped; next is pid 3 at 00010a2c". */
export function stopText({ stop, focus, registers }: Picture): string {
  if (stop === null) return "";
  const pid = stop.pid ?? focus?.pid;
  const pc = stop.pc ?? registers?.pc;
  const place =
    pid === undefined ? "" : `; next is pid ${pid}${pc === undefined ? "" : ` at ${hexText(pc)}`}`;
  const number = stop.breakpoint === undefined ? "" : ` ${stop.breakpoint}`;
  const isOver = stop.reason === "ended" || stop.reason === "deadlock" || stop.reason === "input";
  return `${REASONS[stop.reason]}${number}${isOver ? "" : place}`;
}
