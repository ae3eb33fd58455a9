// One machine with its history, and what moves it: at first the plain way, and as soon as it is loaded the whole
// debugger. Says what the machine is doing.

import type { Breakpoint } from "../../host/debug/breakpoint.ts";
import type { Command } from "../../host/debug/command.ts";
import type { Session } from "../../host/debug/session.ts";
import type { Stop } from "../../host/debug/stop.ts";
import { History } from "../../host/history/history.ts";
import { compareMoments, type Moment } from "../../host/history/moment.ts";
import { Machine } from "../../host/machine.ts";
import {
  loadParts,
  outputAt,
  type Picture,
  type PictureQuery,
  type PictureSource,
  type Status,
  takePicture,
} from "../../host/picture/index.ts";
import type { StillMachine } from "../../host/still-machine.ts";
import type { DebugLog } from "./debug-log.ts";
import { HistorySession, isPlain } from "./history-session.ts";
import { PicturePace } from "./pace.ts";
import { Runner } from "./runner.ts";

const PAUSED: Status = { kind: "paused" };
const RUNNING: Status = { kind: "running" };

export { isInput } from "../../host/history/inputs.ts";

export class Engine {
  readonly history: History;
  readonly #runner: Runner;
  /** Path of the program that it was made for. */
  readonly #program: string;
  /** Tells machines apart. */
  readonly #run: number;
  #session: Promise<Session> | null = null;
  #breakpoints: readonly Breakpoint[] = [];
  #log: DebugLog | null = null;
  #status: Status = PAUSED;
  #stop: Stop | null = null;
  /** Ticks at the end of the history. */
  #endTime = 0;
  /** Where the machine could not go on, and why. */
  #last: { readonly moment: Moment; readonly status: Status } | null = null;
  /** Who waits for the next stop: see `travel`. */
  #arrived: ((stop: Stop | Error | null) => void) | null = null;
  /** Where it is on its way to. */
  #goal: Moment | null = null;
  /** Grows whenever a picture could look different, though the machine stands where it stood. */
  #changes = 0;
  readonly #pace = new PicturePace();
  #speed: number;
  /** What the latest picture is of: version and query. */
  #shown = "";

  /** `history`: of the machine that is to be moved, made for the program at the path `program`. It stays where it is until it is told to move. */
  constructor(history: History, program: string, run: number, speed: number) {
    this.#program = program;
    this.history = history;
    this.#run = run;
    this.#speed = speed;
    this.#runner = new Runner(new HistorySession(this.history), (stop) => this.#arrive(stop));
    this.#runner.setSpeed(speed);
  }

  /**
   * Null where nothing has changed since the last one with the same query. While the machine runs as fast as it can and
   * nothing else happens, it comes when it is due.
   */
  async picture(query: PictureQuery): Promise<Picture | null> {
    const isFirst = this.#shown === "";
    const parts = loadParts(query);
    // Something is to be seen soon: the first picture has what is there, the next one the rest (or says what failed).
    if (isFirst) parts.catch(() => {});
    else await parts;
    if (this.#isFlatOut && !(await this.#pace.due())) return null;
    const shown = `${this.#version} ${JSON.stringify(query)}`;
    if (shown === this.#shown) return null;
    this.#shown = isFirst ? "first" : shown;
    return this.#pace.time(() => takePicture(this.#source, query));
  }

  /** The machine runs as fast as it can. */
  get #isFlatOut(): boolean {
    return this.#status === RUNNING && this.#speed === Number.POSITIVE_INFINITY;
  }

  /** The run so far as a file. */
  save(): Uint8Array {
    return this.#between(() => this.history.save());
  }

  /** The picture that is waited for is null now, and the next one comes at once. */
  giveUpPicture(): void {
    this.#pace.giveUp();
  }

  /** Changes whenever a picture could look different. */
  get #version(): string {
    const { retired, events } = this.history.now;
    return `${this.#run} ${this.#changes} ${retired} ${events}`;
  }

  get #source(): PictureSource {
    const { history } = this;
    const { machine } = history;
    if (history.atEnd) this.#endTime = machine.time;
    return {
      machine,
      history,
      endTime: this.#endTime,
      status: this.#goal && this.#status === RUNNING ? { kind: "running", goal: this.#goal } : this.#status,
      output: outputAt(history.output, history.now, this.#run),
      stop: this.#stop,
      breakpoints: this.#breakpoints,
      logLines: this.#log?.upTo(history.now) ?? [],
    };
  }

  /** The debugger, from now on the one that moves the machine. */
  session(): Promise<Session> {
    this.#session ??= import("./debugger.ts").then(({ createDebugger }) => {
      const { session, log } = createDebugger(this.history, this.#program);
      this.#log = log;
      this.#between(() => this.#runner.drive(session));
      return session;
    });
    return this.#session;
  }

  /** Begins a movement. Rejects with the reason where it cannot be made. */
  async move(command: Command): Promise<void> {
    if (!isPlain(command)) await this.session();
    this.#leave();
    this.#start(command);
  }

  #start(command: Command): void {
    this.#become(RUNNING, null);
    try {
      this.#runner.start(command);
    } catch (error) {
      this.#become(PAUSED, null);
      throw error;
    }
  }

  pause(): void {
    const stop = this.#runner.halt();
    if (stop) this.#arrive(stop);
  }

  setSpeed(perSecond: number): void {
    this.#speed = perSecond;
    this.#runner.setSpeed(perSecond);
  }

  /** Input from outside, between two slices; the machine goes on if it did, or if it waited for input. */
  give<T>(input: (history: History) => T): T | undefined {
    if (this.#status.kind === "ended") return undefined;
    const isWaiting = this.#status.kind === "input";
    const result = this.#between(() => input(this.history));
    if (isWaiting) this.#start({ kind: "continue" });
    return result;
  }

  /** Something about the breakpoints, between two slices. */
  async debug<T>(action: (session: Session) => T): Promise<T> {
    const session = await this.session();
    try {
      return this.#between(() => action(session));
    } finally {
      this.#noteBreakpoints(session);
    }
  }

  #noteBreakpoints(session: Session): void {
    this.#breakpoints = session.breakpoints;
    this.#change();
  }

  /** Does it while nothing moves; a movement that was under way goes on. */
  #between<T>(action: () => T): T {
    const command = this.#runner.suspend();
    try {
      return action();
    } finally {
      this.#change();
      if (command !== null) this.#start(command);
    }
  }

  /**
   * A part of the way to `goal`: the stop that it comes to, or the error. Null where the way ends here, as another movement
   * has taken its place, or somebody has paused it.
   */
  travel(command: Command, goal: Moment): Promise<Stop | Error | null> {
    this.#leave();
    this.#goal = goal;
    return new Promise((resolve) => {
      this.#arrived = resolve;
      try {
        this.#start(command);
      } catch (error) {
        this.#arrive(error as Error);
      }
    });
  }

  /** Who travels is told that the way ends here. */
  #leave(): void {
    this.#arrived?.(null);
    this.#arrived = null;
    this.#goal = null;
  }

  /** Says with the latest stop what is wrong. */
  complain(problem: string): void {
    this.#become(this.#status, { ...(this.#stop ?? this.#paused()), problem });
  }

  #paused(): Stop {
    return { reason: "paused", moment: this.history.now };
  }

  #arrive(stop: Stop | Error): void {
    const arrived = this.#arrived;
    if (stop instanceof Error) {
      this.#become(PAUSED, this.#paused());
      if (arrived === null) this.complain(stop.message);
    } else {
      this.#become(this.#statusAt(stop), stop);
      if (stop.breakpoint !== undefined)
        void this.#session?.then((session) => this.#noteBreakpoints(session));
    }
    this.#arrived = null;
    this.#goal = null;
    arrived?.(stop instanceof Error || stop.reason !== "paused" ? stop : null);
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
    this.#change();
  }

  #change(): void {
    this.#changes++;
    this.#pace.hurry();
  }
}

/** The same for a machine that has not run yet. */
export function engineOf(still: StillMachine, program: string, run: number, speed: number): Engine {
  return new Engine(History.create(Machine.of(still)), program, run, speed);
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
