// The state of a terminal debugger beside its session: the frame that is looked at, what is displayed at each stop,
// where listing goes on; and the way to the person: one place that writes.

import type { Command } from "../../debug/command.ts";
import {
  DebugError,
  type EvaluationContext,
  evaluate,
  type Format,
  type Frame,
  formatNumber,
  frameContext,
  type Session,
  type Stop,
} from "../../debug/index.ts";
import type { HostFiles, Platform } from "../../platform/platform.ts";
import { print } from "../print.ts";
import { makePaint, type Paint } from "./paint.ts";
import { frameLine, sourceLine, stopLines } from "./render.ts";
import { Sources } from "./sources.ts";

/** Real time of a slice of a movement, between two looks at the outside. */
const SLICE_MS = 20;

/** An expression that is shown at each stop. */
export interface Display {
  readonly number: number;
  readonly expression: string;
  readonly format: string;
}

export class Debugger {
  readonly session: Session;
  readonly platform: Platform;
  readonly paint: Paint;
  readonly sources: Sources;
  readonly displays: Display[] = [];
  /** The frame that is looked at; 0 is the innermost. */
  level = 0;
  /** Where `list` goes on: a file and its next line. */
  listed: { file: string; line: number } | null = null;
  /** Where `x` goes on. */
  examined = { address: 0, format: "x", unit: "w" };
  nextDisplay = 1;
  /** What is carried out where a breakpoint stops, by its number. */
  readonly commands = new Map<number, readonly string[]>();
  /** Lines that are to be carried out next, before others are asked for. */
  waiting: string[] = [];
  /** Where others come from; null: there are no more. */
  nextLine: () => Promise<string | null> = async () => null;
  isOver = false;
  /** Moment at which the program stands at its first instruction. */
  beginning: { retired: number; events: number };
  #shownPid = 0;
  #atLineStart = true;

  constructor(session: Session, platform: Platform) {
    this.session = session;
    this.platform = platform;
    const colour = platform.stdout.isTerminal && platform.environment["NO_COLOR"] === undefined;
    this.paint = makePaint(colour);
    this.sources = new Sources(platform.files);
    this.beginning = session.now;
    session.machine.on("output", (bytes, stream) => this.#pass(bytes, stream));
    session.onLog(({ pid, text }) => this.say(`[${pid}] ${text}`));
  }

  get files(): HostFiles {
    return this.platform.files;
  }

  /** Output of the guest goes out as it is. */
  #pass(bytes: Uint8Array, stream: number): void {
    const target = stream === 2 ? this.platform.stderr : this.platform.stdout;
    target.write(bytes);
    if (bytes.length > 0) this.#atLineStart = bytes[bytes.length - 1] === 10;
  }

  /** Writes a line of the debugger's own: at the beginning of a line, whatever the guest wrote. */
  say(text: string): void {
    if (!this.#atLineStart) print(this.platform.stdout, "\n");
    print(this.platform.stdout, `${text}\n`);
    this.#atLineStart = true;
  }

  sayError(text: string): void {
    this.say(this.paint.error(text));
  }

  /**
   * Carries out a movement in slices, and again as long as `goesOn` says so; Ctrl-C interrupts it. However short the
   * single movements are, the outside is looked at between two slices.
   */
  async move(command: Command, goesOn: (stop: Stop) => boolean = () => false): Promise<Stop> {
    const { session, platform } = this;
    let isInterrupted = false;
    const stopListening = platform.onInterrupt(() => {
      isInterrupted = true;
    });
    try {
      session.begin(command);
      for (;;) {
        const end = platform.nowMs() + SLICE_MS;
        const stop = this.#moveUntil(command, goesOn, () => platform.nowMs() >= end);
        await platform.stdout.drained();
        if (stop !== null) return stop;
        await platform.pause(0);
        if (isInterrupted) return session.interrupt();
      }
    } finally {
      stopListening();
    }
  }

  /** A slice of repeated movements: where the last one stopped, or null where it is to go on. */
  #moveUntil(command: Command, goesOn: (stop: Stop) => boolean, isOver: () => boolean): Stop | null {
    const { session } = this;
    for (;;) {
      const stop = session.advance({ pauseWhen: isOver });
      if (stop === null || !goesOn(stop)) return stop;
      session.begin(command);
      if (isOver()) return null;
    }
  }

  /** What the outside does to the machine; in the past, what came after it is forgotten, which is said. */
  intervene(act: () => void): void {
    const forgets = this.session.history.willForget;
    try {
      act();
    } finally {
      if (forgets && !this.session.history.willForget) {
        this.say(this.paint.quiet("What came after this moment is forgotten."));
      }
    }
  }

  /** Carries out a movement, and says where it stopped. */
  async go(command: Command): Promise<Stop> {
    const stop = await this.move(command);
    this.arrive(stop);
    return stop;
  }

  /** Says where and why the session stopped. */
  arrive(stop: Stop): void {
    this.level = 0;
    this.listed = null;
    const pid = stop.pid ?? 0;
    const isOther = pid !== 0 && pid !== this.#shownPid;
    if (pid !== 0) this.#shownPid = pid;
    const own = this.commands.get(stop.breakpoint ?? 0) ?? [];
    const isSilent = own[0] === "silent";
    if (!isSilent) {
      for (const line of stopLines(this, stop, isOther)) this.say(line);
      this.showDisplays();
    }
    this.waiting = isSilent ? own.slice(1) : [...own];
  }

  showDisplays(): void {
    for (const display of this.displays) this.say(this.displayLine(display));
  }

  displayLine({ number, expression, format }: Display): string {
    try {
      return `${number}: ${this.formatted(expression, format)}`;
    } catch (error) {
      if (!(error instanceof DebugError)) throw error;
      return `${number}: ${expression} = <${error.message}>`;
    }
  }

  /** "expression = value" in one of print's formats; "" is d, and addresses by their names for what is unsigned. */
  formatted(expression: string, format: string): string {
    const value = evaluate(expression, this.context());
    const symbol = (address: number) => this.session.process().program?.nameOf(address) ?? "";
    const wanted = format === "" ? (value.unsigned ? "a" : "d") : (format as Format);
    return `${expression} = ${formatNumber(value.bits, wanted, 4, symbol)}`;
  }

  /** The frame that is looked at. */
  frame(): Frame {
    const frames = this.session.backtrace(this.session.focus, this.level + 1);
    const frame = frames[this.level];
    if (frame === undefined) throw new DebugError("no-frame", `there is no frame ${this.level}`);
    return frame;
  }

  /** What expressions are about: the frame that is looked at, of the process in focus. */
  context(): EvaluationContext {
    return frameContext(this.session.process(), this.frame());
  }

  /** Shows a frame: its place, and its line or instruction. */
  showFrame(frame: Frame): void {
    this.say(frameLine(this, frame));
    const line = sourceLine(this, frame.line);
    if (line !== null) this.say(line);
    this.listed = null;
  }

  /** Chooses a process for all that follows. */
  focus(pid: number): void {
    this.session.focus = pid;
    this.#shownPid = pid;
    this.level = 0;
    this.listed = null;
  }
}
