// The stretch of time that the timeline shows, and how wheel, drag and keys change it. All in ticks.

import type { TimelinePicture, Window } from "../../../host/picture/timeline.ts";

type Shown = Pick<TimelinePicture, "from" | "to" | "start" | "end">;

/** No fewer ticks are shown. */
const LEAST = 16;
/** So much of the width may be empty before the beginning and after the end. */
const MARGIN = 0.9;

/** `factor` times as much time as now, the place at `at` (0: left, 1: right) stays where it is. */
export function zoomed({ from, to, start, end }: Shown, factor: number, at: number): Window {
  const length = Math.max(LEAST, Math.min((to - from) * factor, (end - start) * 2 + LEAST));
  const fixed = from + (to - from) * at;
  return bounded(fixed - length * at, length, start, end);
}

/** Later by `ticks`, or earlier where that is negative. */
export function panned({ from, to, start, end }: Shown, ticks: number): Window {
  return bounded(from + ticks, to - from, start, end);
}

/** From a tick on, as much time as now. */
export function movedTo({ from, to, start, end }: Shown, first: number): Window {
  return bounded(first, to - from, start, end);
}

/** Something of what is known stays in sight. */
function bounded(from: number, length: number, start: number, end: number): Window {
  const least = start - length * MARGIN;
  const most = Math.max(least, end - length * (1 - MARGIN));
  const first = Math.min(most, Math.max(least, from));
  return { kind: "range", from: first, to: first + length };
}

/** Where ticks of the ruler lie: at round times, about `count` of them. */
export function rulerSteps(from: number, to: number, count: number, clockHz: number): number[] {
  const step = roundStep((to - from) / Math.max(1, count), clockHz);
  const steps: number[] = [];
  for (let number = Math.ceil(from / step); number * step <= to; number++) steps.push(number * step);
  return steps;
}

/** The least of 1, 2, 5 × 10ⁿ nanoseconds that is not less than so many ticks, in ticks. */
function roundStep(ticks: number, clockHz: number): number {
  const nanoseconds = Math.max(1, (ticks * 1e9) / clockHz);
  const power = 10 ** Math.floor(Math.log10(nanoseconds));
  const digit = [1, 2, 5, 10].find((one) => one * power >= nanoseconds * 0.999) ?? 10;
  return (digit * power * clockHz) / 1e9;
}

const UNITS = [
  { name: "s", nanoseconds: 1e9 },
  { name: "ms", nanoseconds: 1e6 },
  { name: "µs", nanoseconds: 1e3 },
  { name: "ns", nanoseconds: 1 },
] as const;

/** A time as it stands on the ruler, as exact as `step` asks for: "12.5 ms". */
export function rulerText(ticks: number, step: number, clockHz: number): string {
  const nanoseconds = Math.round((ticks * 1e9) / clockHz);
  const unit = UNITS.find((one) => Math.abs(nanoseconds) >= one.nanoseconds) ?? UNITS[3];
  const stepNanoseconds = Math.max(1, (step * 1e9) / clockHz);
  const digits = Math.max(0, Math.ceil(Math.log10(unit.nanoseconds / stepNanoseconds) - 1e-9));
  return `${(nanoseconds / unit.nanoseconds).toFixed(Math.min(9, digits))} ${nanoseconds === 0 ? "" : unit.name}`.trim();
}

/** A length of time in the unit that suits it, three digits: "1.25 ms". */
export function lengthText(ticks: number, clockHz: number): string {
  const nanoseconds = Math.round((ticks * 1e9) / clockHz);
  const unit = UNITS.find((one) => nanoseconds >= one.nanoseconds) ?? UNITS[3];
  const value = nanoseconds / unit.nanoseconds;
  return `${Number(value.toPrecision(3))} ${unit.name}`;
}
