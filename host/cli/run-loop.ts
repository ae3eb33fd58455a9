// Drives a machine to its end: runs it in stretches, between which signals, limits and input are seen to.
//
// stdin that is no terminal is read when a process waits for it and the stretch is over or nothing else can
// run, and virtual time stands still until it has come: so a run with a file or a pipe repeats exactly.
// A terminal's keys come when they come.

import { WAIT_KIND_SHIFT, WAIT_TTY } from "../../assembly/layout.ts";
import type { Machine, RunResult } from "../machine.ts";
import type { Platform } from "../platform/platform.ts";
import type { Limits } from "./machine-options.ts";
import type { Progress } from "./progress.ts";

/** Instructions between two looks at the outside: some 10 ms. */
const STRETCH = 4_000_000;
const INPUT_BYTES = 65_536;
const POLL_MS = 10;
/** Real time after which a stretch is paused. */
const PAUSE_MS = 50;

export type RunEnd =
  | Extract<RunResult, { reason: "ended" | "deadlock" }>
  /** A limit was reached, the person interrupted, or nobody reads stdout any more. */
  | { readonly reason: "instructions" | "timeout" | "interrupted" | "closed" };

export class RunLoop {
  readonly #machine: Machine;
  readonly #platform: Platform;
  readonly #limits: Limits;
  readonly #progress: Progress;
  readonly #deadline: number;
  #reading: Promise<void> | null = null;
  #inputEnded = false;
  #interrupted = false;

  constructor(machine: Machine, platform: Platform, limits: Limits, progress: Progress) {
    this.#machine = machine;
    this.#platform = platform;
    this.#limits = limits;
    this.#progress = progress;
    this.#deadline = platform.nowMs() + limits.timeoutMs;
  }

  async run(): Promise<RunEnd> {
    const stopListening = this.#platform.onInterrupt(() => {
      this.#interrupted = true;
    });
    try {
      return await this.#untilEnd();
    } finally {
      stopListening();
      this.#platform.stdin.release();
    }
  }

  async #untilEnd(): Promise<RunEnd> {
    const { stdout, stderr, stdin } = this.#platform;
    let left = this.#limits.maxInstructions;
    let rest = Math.min(left, STRETCH);
    for (;;) {
      const result = this.#runFor(rest);
      left -= result.instructions;
      rest -= result.instructions;
      await stdout.drained();
      await stderr.drained();
      if (result.reason === "ended" || result.reason === "deadlock") return result;
      const paused = result.reason === "paused";
      if (!paused) rest = Math.min(left, STRETCH);
      if (stdin.isTerminal) this.#read();
      const mustWait = result.reason === "input" || (!paused && !stdin.isTerminal && this.#someoneReads());
      const stop = (await this.#look(mustWait)) ?? (left <= 0 ? "instructions" : null);
      if (stop !== null) return { reason: stop };
      this.#progress.update(() => this.#describe());
    }
  }

  /**
   * Runs for the rest of a stretch, or until some real time has passed: a few instructions can be much work. A
   * pause only looks for what ends the run; input waits for the stretch's end, so that runs stay repeatable.
   */
  #runFor(instructions: number): RunResult {
    const pauseAt = this.#platform.nowMs() + PAUSE_MS;
    return this.#machine.run({
      maxInstructions: instructions,
      pauseWhen: () => this.#platform.nowMs() >= pauseAt,
    });
  }

  /** Lets the outside in; with `mustWait` until input has come. What ends the run, if something does. */
  async #look(mustWait: boolean): Promise<"timeout" | "interrupted" | "closed" | null> {
    if (mustWait) this.#read();
    do {
      const reading = mustWait ? this.#reading : null;
      await (reading ? Promise.race([reading, this.#platform.pause(POLL_MS)]) : this.#platform.pause(0));
      if (this.#interrupted) return "interrupted";
      if (this.#platform.stdout.closed) return "closed";
      if (this.#platform.nowMs() >= this.#deadline) return "timeout";
    } while (mustWait && this.#reading !== null);
    return null;
  }

  /** Begins to read stdin, unless that is under way. */
  #read(): void {
    if (this.#inputEnded || this.#reading !== null) return;
    this.#reading = this.#platform.stdin.read(INPUT_BYTES).then((bytes) => {
      this.#reading = null;
      if (bytes !== null) this.#machine.input(bytes);
      else {
        this.#inputEnded = true;
        this.#machine.endInput();
      }
    });
  }

  #someoneReads(): boolean {
    if (this.#inputEnded) return false;
    return this.#machine.processes().some(({ waitChannel }) => waitChannel >>> WAIT_KIND_SHIFT === WAIT_TTY);
  }

  #describe(): string {
    const millions = Math.round(this.#machine.instructions / 1e6);
    return `${millions} million instructions, ${this.#machine.processes().length} processes`;
  }
}
