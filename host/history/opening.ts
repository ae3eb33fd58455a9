// Opening a recording: its machine is made as it was at the start, and does again all that was recorded. States on the
// way and at the end must have the recorded hashes. What comes of it is a history like any other.

import { ImportError } from "../fs/import.ts";
import { Machine } from "../machine.ts";
import { History, type HistoryOptions, type ReplayOptions } from "./history.ts";
import type { Input } from "./inputs.ts";
import { compareMoments, type Moment } from "./moment.ts";
import { type Check, damaged, decodeRecording, type Recording, RecordingError } from "./recording.ts";
import { isAt, showTarget } from "./target.ts";

export class Opening {
  readonly #history: History;
  /** Inputs and checks that are left, in order. */
  readonly #steps: readonly (Input | Check)[];
  #done = 0;

  private constructor(history: History, { inputs, checks }: Recording) {
    this.#history = history;
    // A check at the moment of an input is of the state before it.
    this.#steps = [...checks, ...inputs].sort((a, b) => compareMoments(a.moment, b.moment));
  }

  /** Begins to open a recording. Throws RecordingError where it cannot be one of this program. */
  static async begin(
    core: WebAssembly.Module,
    bytes: Uint8Array,
    options: HistoryOptions = {},
  ): Promise<Opening> {
    const recording = decodeRecording(bytes);
    try {
      const machine = await Machine.restore(core, recording.start, { verify: true });
      return new Opening(History.create(machine, options), recording);
    } catch (error) {
      throw asRecordingError(error);
    }
  }

  /** Part of the way that is done, 0 to 1. */
  get progress(): number {
    const { start, now } = this.#history;
    const end = this.#steps[this.#steps.length - 1].moment;
    return end.retired === start.retired ? 1 : (now.retired - start.retired) / (end.retired - start.retired);
  }

  /** Goes on. The history, at its end, once all is done; null where `pauseWhen` interrupted. Throws RecordingError. */
  advance({ pauseWhen }: ReplayOptions = {}): History | null {
    try {
      for (; this.#done < this.#steps.length; this.#done++) {
        const step = this.#steps[this.#done];
        if (!this.#reach(step.moment, pauseWhen)) return null;
        if ("hash" in step) this.#check(step);
        else this.#give(step);
      }
    } catch (error) {
      throw asRecordingError(error);
    } finally {
      this.#history.machine.debugging.clear();
    }
    return this.#history;
  }

  /** What failed when it was recorded fails again. */
  #give(input: Input): void {
    try {
      this.#history.give(input);
    } catch (error) {
      if (!(error instanceof ImportError)) throw error;
    }
  }

  #check({ moment, hash }: Check): void {
    if (this.#history.machine.stateHash() !== hash) throw foreign(`another state at ${showTarget(moment)}`);
  }

  /** Runs up to exactly this moment. False: paused on the way. */
  #reach(moment: Moment, pauseWhen: ReplayOptions["pauseWhen"]): boolean {
    const { debugging } = this.#history.machine;
    for (;;) {
      const { now } = this.#history;
      if (isAt(now, moment)) return true;
      if (compareMoments(now, moment) > 0) throw foreign(`it never is at ${showTarget(moment)}`);
      debugging.set({ untilEvents: moment.events > now.events ? moment.events : 0 });
      const { reason } = this.#history.run({ maxInstructions: moment.retired - now.retired, pauseWhen });
      if (reason === "paused") return false;
      if (!isAt(this.#history.now, now)) continue;
      if (now.retired === moment.retired) this.#history.run({ maxInstructions: 1 });
      if (isAt(this.#history.now, now)) throw foreign(`it stays at ${showTarget(now)}`);
    }
  }
}

function foreign(what: string): RecordingError {
  const message = `this recording was made by a machine that behaves differently: ${what}`;
  return new RecordingError("foreign", message);
}

/** Whatever goes wrong with a machine from a file goes wrong because of the file. */
function asRecordingError(error: unknown): RecordingError {
  if (error instanceof RecordingError) return error;
  return damaged(error instanceof Error ? error.message : String(error));
}
