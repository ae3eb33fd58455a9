// The page's state: the latest picture and what the screen shows of it. Components read signals; what changes
// the machine goes through actions.ts.

import { computed, signal } from "@preact/signals";
import type { Stop } from "../../host/debug/stop.ts";
import { compareMoments } from "../../host/history/moment.ts";
import type { Configuration } from "../../host/machine/configuration.ts";
import type { Picture, PictureQuery, Status } from "../../host/picture/index.ts";
import type { Diagnostic } from "../../host/toolchain/diagnostics.ts";
import type { Example } from "./examples.ts";
import type { SharedProgram } from "./share/program.ts";
import { stopText } from "./stop-text.ts";

/** The latest picture; null until there is one. Every panel reads this one. */
export const picture = signal<Picture | null>(null);
/** The picture of the moment before: for what has changed. Null at the beginning. */
export const previous = signal<Picture | null>(null);
/** What the parts on screen ask of the next picture, by part: see `usePart`. */
export const asked = signal<Omit<PictureQuery, "focus">>({});
/** Pid of the process that was chosen; 0: whichever runs. */
export const chosen = signal(0);
/** Instructions a second at which virtual time passes as fast as real time (on one hart that never waits). */
export const REAL_TIME = 1e8;
/** The location that is marked in Code, as a session takes it ("0x10074", "main.s:12"); empty: none. */
export const cursor = signal("");
/** Instead of a speed: the one at which one can watch the program. */
export const AS_FITS = 0;
/** What was chosen: instructions a second, Infinity (as fast as it can) or AS_FITS. */
export const speed = signal(AS_FITS);
/** The program in the machine. */
export const program = signal<SharedProgram | null>(null);
/** What is known of it, if it is an example, also one that was changed. */
export const example = signal<Example | null>(null);
/** What the program is called; empty until there is one. */
export const title = computed(() => {
  const shown = program.value;
  return shown && !("example" in shown) ? shown.name : (example.value?.title ?? "");
});
/** Instructions a second that one can watch this example at; real time where it does not say, and for other programs. */
export function paceOf(shown: Example | null): number {
  return shown?.pace ?? REAL_TIME;
}
/** Errors of the source that was to be opened last. */
export const diagnostics = signal<readonly Diagnostic[]>([]);
/** A source that could not be opened as it has errors, until an editor shows it. */
export const rejected = signal<{ readonly name: string; readonly source: string } | null>(null);
/** What the person wants of the machine otherwise than the example does. */
export const changed = signal<Partial<Configuration>>({});
/** A message about something that failed, for people; empty: none. */
export const failure = signal("");
/** Something that takes its time, in words, and the way to give it up; null: nothing. */
export const waiting = signal<{ readonly text: string; readonly giveUp: () => void } | null>(null);
/** What failed can be tried again by this; null: it cannot. */
export const tryAgain = signal<(() => void) | null>(null);
/** The latest stop in words, for screen readers and the status line. */
export const announcement = signal("");

export const status = computed<Status["kind"] | "loading">(() => picture.value?.status.kind ?? "loading");
export const isRunning = computed(() => status.value === "running");

/** At more instructions a second what follows the machine stands still while it runs: nobody could read it. */
const FASTEST_FOLLOWED = 100;
export const isFollowed = computed(
  () =>
    !isRunning.value || (speed.value === AS_FITS ? paceOf(example.value) : speed.value) <= FASTEST_FOLLOWED,
);

/** Takes a new picture in; the one of another moment becomes the previous. */
export function show(next: Picture): void {
  const shown = picture.value;
  const moved =
    shown !== null &&
    (shown.moment.retired !== next.moment.retired || shown.moment.events !== next.moment.events);
  if (moved) previous.value = shown;
  picture.value = next;
  if (next.stop === null || isSameStop(next.stop, shown?.stop)) return;
  announcement.value = stopText(next);
  if (next.stop.problem) failure.value = next.stop.problem;
}

function isSameStop(stop: Stop, other: Stop | null | undefined): boolean {
  return (
    !!other &&
    stop.reason === other.reason &&
    stop.problem === other.problem &&
    compareMoments(stop.moment, other.moment) === 0
  );
}
