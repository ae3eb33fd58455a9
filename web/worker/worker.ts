// The machine's worker: owns the machine with its history, moves it in slices, and answers the page.

import { expose } from "comlink";
import type { Command } from "../../host/debug/command.ts";
import type { Stop } from "../../host/debug/stop.ts";
import { History } from "../../host/history/history.ts";
import type { Machine } from "../../host/machine.ts";
import {
  compareMoments,
  loadParts,
  type Moment,
  outputAt,
  type Picture,
  type PictureQuery,
  type PictureSource,
  type Status,
  takePicture,
} from "../../host/picture/index.ts";
import type { Diagnostic } from "../../host/toolchain/diagnostics.ts";
import type { Word } from "../../host/toolchain/vocabulary.ts";
import { bootMachine } from "./boot.ts";
import { HistorySession } from "./history-session.ts";
import type { MachineCalls, Opened, OpenRequest } from "./protocol.ts";
import { Runner } from "./runner.ts";
import { SourceErrors } from "./source-errors.ts";

const PAUSED: Status = { kind: "paused" };
const RUNNING: Status = { kind: "running" };

class MachineWorker implements MachineCalls {
  #session: HistorySession | null = null;
  /** Tells machines apart. */
  #run = 0;
  /**
   * Size of the terminal's window, if the machine has not been told. It is told with the next keys: what is only
   * looked at runs the same in windows of every size.
   */
  #size: { readonly rows: number; readonly columns: number } | null = null;
  #runner: Runner | null = null;
  #status: Status = PAUSED;
  #stop: Stop | null = null;
  #speed = Number.POSITIVE_INFINITY;
  /** Ticks at the end of the history. */
  #endTime = 0;
  /** Where the machine could not go on, and why. */
  #last: { readonly moment: Moment; readonly status: Status } | null = null;
  /** Grows whenever a picture could look different. */
  #changes = 0;
  #shown = "";

  async open(request: OpenRequest): Promise<Opened> {
    this.pause();
    let machine: Machine;
    try {
      machine = await bootMachine(request);
    } catch (error) {
      if (error instanceof SourceErrors) return { kind: "errors", diagnostics: error.diagnostics };
      throw error;
    }
    this.#run++;
    this.#session = new HistorySession(History.create(machine));
    this.#runner = new Runner(this.#session, (stop) => this.#arrive(stop));
    this.#runner.setSpeed(this.#speed);
    this.#last = null;
    if (request.moment) this.#reach(request.moment);
    else this.move({ kind: "continue" });
    return { kind: "opened" };
  }

  move(command: Command): void {
    if (this.#runner === null) return;
    this.#become(RUNNING, null);
    try {
      this.#runner.start(command);
    } catch (error) {
      this.#become(PAUSED, null);
      throw error;
    }
  }

  pause(): void {
    const stop = this.#runner?.halt();
    if (stop) this.#arrive(stop);
  }

  setSpeed(perSecond: number): void {
    this.#speed = perSecond;
    this.#runner?.setSpeed(perSecond);
  }

  input(bytes: Uint8Array): void {
    this.#give((history) => {
      const size = this.#size;
      if (size !== null) history.resize(size.rows, size.columns);
      this.#size = null;
      history.input(bytes);
    });
  }

  resize(rows: number, columns: number): void {
    this.#size = { rows, columns };
  }

  /** Input from outside, between two slices; the machine goes on if it did, or if it waited for input. */
  #give(input: (history: History) => void): void {
    if (this.#session === null || this.#status.kind === "ended") return;
    const isRunning = this.#status.kind === "running";
    const isWaiting = this.#status.kind === "input";
    this.pause();
    input(this.#session.history);
    this.#changes++;
    if (isRunning || isWaiting) this.move({ kind: "continue" });
  }

  stateHash(): string {
    return this.#session?.history.machine.stateHash() ?? "";
  }

  async sourceErrors(base: string, name: string, source: string): Promise<readonly Diagnostic[]> {
    const language = await import("./language.ts");
    return language.sourceErrors(base, name, source);
  }

  async words(base: string): Promise<readonly Word[]> {
    const language = await import("./language.ts");
    return language.words(base);
  }

  async picture(query: PictureQuery): Promise<Picture | null> {
    await loadParts(query);
    const source = this.#source();
    if (source === null) return null;
    const { retired, events } = source.history.now;
    const shown = `${this.#changes} ${retired} ${events} ${JSON.stringify(query)}`;
    if (shown === this.#shown) return null;
    this.#shown = shown;
    return takePicture(source, query);
  }

  #source(): PictureSource | null {
    if (this.#session === null) return null;
    const { history } = this.#session;
    const { machine } = history;
    if (history.atEnd) this.#endTime = machine.time;
    return {
      machine,
      history,
      endTime: this.#endTime,
      status: this.#status,
      output: outputAt(history.output, history.now, this.#run),
      stop: this.#stop,
    };
  }

  /** Runs a new machine to a moment of a run that was elsewhere, and stands exactly there. */
  #reach(moment: Moment): void {
    const { history } = this.#session!;
    const goTo = () => this.move({ kind: "goTo", moment });
    // The moment is known once the run is past it.
    this.#whenStopped = () => {
      if (compareMoments(history.end, moment) > 0 || this.#status.kind !== "paused") return goTo();
      this.#whenStopped = goTo;
      this.move({ kind: "stepMachine" });
    };
    const count = moment.retired - history.now.retired;
    this.#become(PAUSED, null);
    if (count > 0) this.move({ kind: "stepMachine", count });
    else this.#arrive({ reason: "start", moment: history.now });
  }

  /** What is to be done after the next stop, once. */
  #whenStopped: (() => void) | null = null;

  #arrive(stop: Stop | Error): void {
    const next = this.#whenStopped;
    this.#whenStopped = null;
    if (stop instanceof Error) {
      console.error(stop);
      this.#become(PAUSED, null);
    } else this.#become(this.#statusAt(stop), stop);
    if (!(stop instanceof Error) && stop.reason !== "paused") next?.();
  }

  /** What a stop says about the machine; where nothing more can happen, that is so however one came there. */
  #statusAt(stop: Stop): Status {
    const status = statusOf(stop);
    if (status.kind !== "paused") this.#last = { moment: stop.moment, status };
    const isLast = this.#last !== null && compareMoments(this.#last.moment, stop.moment) === 0;
    return isLast ? this.#last!.status : status;
  }

  #become(status: Status, stop: Stop | null): void {
    this.#status = status;
    this.#stop = stop;
    this.#changes++;
  }
}

function statusOf(stop: Stop): Status {
  switch (stop.reason) {
    case "ended":
      return { kind: "ended", exitStatus: stop.status ?? 0 };
    case "deadlock":
      return { kind: "deadlock", waiting: stop.waiting ?? [] };
    case "input":
      return { kind: "input" };
    default:
      return PAUSED;
  }
}

expose(new MachineWorker());
