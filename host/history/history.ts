// The past of a machine, and the only way to move it through time. Forwards in the known past it replays, with the
// inputs exactly where they were given; at the end it makes new history. Backwards it puts the machine on a
// checkpoint and replays from there.

import { HART_CLOCK, HART_SIZE, HARTS } from "../../assembly/layout.ts";
import { type Core, readTime } from "../machine/core.ts";
import type { DebugSetup } from "../machine/debugging.ts";
import { encodeSnapshot } from "../machine/snapshot.ts";
import type { Machine, RunResult } from "../machine.ts";
import { type CheckpointCost, Checkpoints } from "./checkpoints.ts";
import { EventLog } from "./event-log.ts";
import { applyInput, type Input, type InputOf } from "./inputs.ts";
import { compareMoments, firstFrom, type Moment, momentOf } from "./moment.ts";
import { OutputLog } from "./output-log.ts";
import { EVENT_WORK, paceAfter } from "./pace.ts";
import { encodeRecording } from "./recording.ts";
import { NoSuchMomentError, type Past, Replay, type ReplayPlan } from "./replay.ts";
import { Search } from "./search.ts";
import { hasReached, isAt, showTarget, type Target } from "./target.ts";

export interface HistoryOptions {
  /** Memory for checkpoints; default 256 MiB. The first and the last one are always kept. */
  readonly limitBytes?: number;
  /** Memory for the log of events; default 64 MiB. */
  readonly eventBytes?: number;
  /** Memory for the log of output; default 16 MiB. */
  readonly outputBytes?: number;
  /** Work (see pace.ts) between a checkpoint that cost so much and the next; default `paceAfter`. */
  readonly pace?: (cost: CheckpointCost) => number;
  /** Stopovers are left so many instructions before a moment that was gone to, the farthest first. */
  readonly stopovers?: readonly number[];
}

export interface ReplayOptions {
  /** As in Machine.run: true makes the movement stop where it is. What the machine does never depends on it. */
  readonly pauseWhen?: (() => boolean) | undefined;
}

export interface HistoryRunOptions extends ReplayOptions {
  /** As in Machine.run. */
  readonly maxInstructions?: number | undefined;
  /** As in Machine.run. */
  readonly skipFirst?: boolean | undefined;
}

/** Events that may wait in the ring to be logged. More than a call can add must still fit. */
const EVENTS_PENDING = 16384;
const STOPOVERS = [1_000_000, 100_000, 10_000];
/** States of a recording that are checked when it is opened, beside the end. */
const CHECKS = 8;
const NOTHING: CheckpointCost = { pages: 0, cells: 0, bytes: 0 };
const FARTHEST = 2 ** 30;

export class History {
  readonly machine: Machine;
  readonly start: Moment;
  readonly events: EventLog;
  readonly output: OutputLog;
  readonly #core: Core;
  readonly #checkpoints: Checkpoints;
  readonly #inputs: Input[] = [];
  readonly #pace: (cost: CheckpointCost) => number;
  readonly #replay: Replay;
  #end: Moment;
  /** Work (see pace.ts) after which the next checkpoint is due. */
  #due: number;
  /** What is known of the time that is being gone to, if that was paused. */
  #sought: TimeSearch | null = null;

  private constructor(machine: Machine, options: HistoryOptions) {
    const { limitBytes = 2 ** 28, eventBytes = 2 ** 26, outputBytes = 2 ** 24 } = options;
    this.#pace = options.pace ?? paceAfter;

    this.machine = machine;
    this.#core = machine.kernel.core;
    this.events = new EventLog(this.#core, eventBytes);
    this.#checkpoints = new Checkpoints(machine.kernel, this.events, limitBytes);
    this.output = new OutputLog(outputBytes);
    this.#replay = new Replay(machine, this.#past(), options.stopovers ?? STOPOVERS);
    this.start = momentOf(this.#core);
    this.#end = this.start;
    this.#due = workOf(this.start) + this.#pace(NOTHING);
    machine.on("output", (bytes, stream) => this.output.add(momentOf(this.#core), stream, bytes));
  }

  #past(): Past {
    const end = () => this.#end;
    return {
      checkpoints: this.#checkpoints,
      inputs: this.#inputs,
      get end() {
        return end();
      },
    };
  }

  /** Begins the history of a machine where it stands. From here on it must be run and given input through this. */
  static create(machine: Machine, options: HistoryOptions = {}): History {
    return new History(machine, options);
  }

  /** Where the machine stands. */
  get now(): Moment {
    return momentOf(this.#core);
  }

  /** The latest moment that is known. */
  get end(): Moment {
    return this.#end;
  }

  get atEnd(): boolean {
    return compareMoments(this.now, this.#end) === 0;
  }

  /** Whether an input given now would make the history forget what came after now. */
  get willForget(): boolean {
    return !this.atEnd;
  }

  /** The inputs so far, in order. */
  get inputs(): readonly Input[] {
    return this.#inputs;
  }

  /** Moments of the checkpoints, and the memory that they take. */
  get checkpoints(): { readonly moments: readonly Moment[]; readonly bytes: number } {
    return { moments: this.#checkpoints.chain.map(({ moment }) => moment), bytes: this.#checkpoints.size };
  }

  /** Runs on: through what is known, then through what is new. As Machine.run, `debugging` included. */
  run(options: HistoryRunOptions = {}): RunResult {
    const begin = this.now.retired;
    const { debugging } = this.machine;
    if (options.skipFirst) debugging.skipHere(true);
    const result = this.#runThrough(begin, options);
    if (options.skipFirst) debugging.skipHere(false);
    return { ...result, instructions: this.now.retired - begin };
  }

  #runThrough(
    begin: number,
    { maxInstructions = Number.POSITIVE_INFINITY, pauseWhen }: HistoryRunOptions,
  ): Result {
    const target = begin + maxInstructions;
    if (!this.atEnd) {
      const goal: Target = target < this.#end.retired ? { retired: target } : this.#end;
      const end = this.#replay.run(goal, { pauseWhen, setup: this.machine.debugging.setup });
      if (end.reason === "debug") return end;
      if (end.reason === "paused") return { reason: "paused" };
      if (goal !== this.#end) return { reason: "budget" };
    }
    return this.#runOn(target, pauseWhen);
  }

  /** New history, from the end on. */
  #runOn(target: number, pauseWhen: (() => boolean) | undefined): Result {
    let isPaused = false;
    const pause =
      pauseWhen &&
      (() => {
        isPaused = pauseWhen();
        return isPaused;
      });
    for (;;) {
      const work = workOf(this.now);
      const wanted = target - this.now.retired;
      const result = this.machine.run({
        maxInstructions: Math.min(wanted, Math.max(0, this.#due - work)),
        pauseAfterEvents: Math.min(EVENTS_PENDING, Math.ceil((this.#due - work) / EVENT_WORK)),
        pauseWhen: pause,
      });
      const settled = result.reason === "paused" ? this.#settle(result) : result;
      this.#end = this.now;
      this.events.drain(this.#core);
      if (workOf(this.now) >= this.#due) this.#takeCheckpoint();
      if (settled.reason !== "budget" && settled.reason !== "paused") return settled;
      if (isPaused) return { reason: "paused" };
      if (this.now.retired >= target) return { reason: "budget" };
    }
  }

  /** A run that stopped amid a trap goes on to where the next thing is an instruction, or nothing. */
  #settle(result: Result): Result {
    const settled = this.machine.run({ maxInstructions: 0 });
    return settled.reason === "budget" ? result : settled;
  }

  #takeCheckpoint(): void {
    const cost = this.#checkpoints.take();
    this.#checkpoints.thin();
    this.#due = workOf(this.now) + this.#pace(cost);
  }

  /**
   * Goes to a moment, from wherever the machine stands; to the start or the end where it lies outside of what is known.
   * False: paused on the way, to go on call again. Throws NoSuchMomentError where the run never was at it; the machine
   * stands somewhere then.
   */
  goTo(target: Target, { pauseWhen }: ReplayOptions = {}): boolean {
    const goal = this.#known(target);
    if (isAt(this.now, goal)) return true;
    this.#replay.approach(goal);
    const { reason } = this.#replay.run(goal, { pauseWhen, withStopovers: true });
    if (reason !== "arrived") return false;
    const isExact = goal.retired !== undefined && goal.events !== undefined;
    if (isExact && !isAt(this.now, goal))
      throw new NoSuchMomentError(`the machine never was at ${showTarget(goal)}`);
    return true;
  }

  #known(target: Target): Target {
    if (hasReached(this.start, target)) return this.start;
    return hasReached(this.#end, target) ? target : this.#end;
  }

  /** Goes to where event number `number` has just been written. False: paused on the way. */
  goToEvent(number: number, options: ReplayOptions = {}): boolean {
    return this.goTo({ events: number + 1 }, options);
  }

  /**
   * Looks in the known past for what the debugger would stop at: the first hit from `from` on and before `to`, or where
   * that is earlier, the last hit before `from` and not before `to`. To be advanced until it is done.
   */
  search(setup: DebugSetup, from: Moment, to: Moment, skipFirst = false): Search {
    const replay = this.#replay;
    const ground = {
      checkpoints: this.#checkpoints,
      goTo: (target: Target, options: ReplayOptions) => this.goTo(target, options),
      replay: (target: Target, plan: ReplayPlan) => replay.run(target, plan),
      get noted() {
        return replay.noted;
      },
      get now() {
        return replay.now;
      },
    };
    return new Search(ground, setup, from, to, skipFirst);
  }

  /**
   * Goes to the first moment at which the hart's clock has come to `ticks`, or to the end. False: paused on the way,
   * to go on call again.
   */
  goToTime(ticks: number, hart = 0, options: ReplayOptions = {}): boolean {
    const isSought = this.#sought?.ticks === ticks && this.#sought.hart === hart;
    const search = isSought ? this.#sought! : this.#beginTimeSearch(ticks, hart);
    this.#sought = search;
    while (search.high - search.low > 1) {
      const middle = search.low + Math.floor((search.high - search.low) / 2);
      // Where no clock leaps and no hart waits for its turn, each instruction is one tick.
      const guess = search.low + Math.min(ticks - search.lowClock, FARTHEST);
      const probe = search.isBounded || guess >= search.high ? middle : guess;
      if (!this.goTo({ retired: probe }, options)) return false;
      this.#narrow(search, probe);
    }
    const isReached = this.goTo(search.isBounded ? { retired: search.high } : this.#end, options);
    if (isReached) this.#sought = null;
    return isReached;
  }

  #beginTimeSearch(ticks: number, hart: number): TimeSearch {
    const { chain } = this.#checkpoints;
    let index = chain.length - 1;
    while (index > 0 && chain[index].clocks[hart] >= ticks) index--;
    const { moment, clocks } = chain[index];
    const isAtStart = clocks[hart] >= ticks;
    const low = isAtStart ? moment.retired - 1 : moment.retired;
    const next = chain[index + 1];
    const high = isAtStart ? moment.retired : (next?.moment.retired ?? this.#end.retired);
    return { ticks, hart, low, lowClock: clocks[hart], high, isBounded: isAtStart || next !== undefined };
  }

  /** The machine stands at the first moment with `probe` instructions: takes what its clock says into account. */
  #narrow(search: TimeSearch, probe: number): void {
    const clock = this.#clock(search.hart);
    if (clock < search.ticks) {
      search.low = probe;
      search.lowClock = clock;
      return;
    }
    search.high = probe;
    search.isBounded = true;
    // One hart's clock passes every tick at which it executes: there was no earlier moment.
    if (clock === search.ticks && this.machine.configuration.harts === 1) search.low = probe - 1;
  }

  #clock(hart: number): number {
    return readTime(this.#core, HARTS + hart * HART_SIZE + HART_CLOCK);
  }

  /** Gives the machine an input. In the past this forgets what came after now. What the machine's method gives. */
  give(input: InputOf): unknown {
    this.#forget();
    this.#inputs.push({ ...input, moment: this.now });
    try {
      return applyInput(this.machine, input);
    } finally {
      this.#end = this.now;
      this.events.drain(this.#core);
    }
  }

  #forget(): void {
    this.#sought = null;
    if (this.atEnd) return;
    const { now } = this;
    this.#inputs.length = firstFrom(this.#inputs, now);
    this.#checkpoints.truncate(now);
    this.events.truncate(now.events);
    this.output.truncate(now);
    this.machine.forgetFuture();
    this.#end = now;
    this.machine.replaying = false;
    const last = this.#checkpoints.chain[this.#checkpoints.chain.length - 1];
    this.#due = workOf(last.moment) + this.#pace(NOTHING);
  }

  /** The run up to its end as a file: see Opening. */
  save(): Uint8Array {
    const { now } = this;
    const { setup } = this.machine.debugging;
    const checks = checkedMoments(this.checkpoints.moments, this.#end).map((moment) => {
      this.goTo(moment);
      return { moment, hash: this.machine.stateHash() };
    });
    this.goTo(now);
    this.machine.debugging.set(setup);
    const start = encodeSnapshot({
      configuration: this.machine.configuration,
      ...this.#checkpoints.first(),
    });
    return encodeRecording({ start, inputs: this.#inputs, checks });
  }

  /** Bytes for standard input, or for the terminal. */
  input(bytes: Uint8Array): void {
    this.give({ kind: "input", bytes: bytes.slice() });
  }

  /** No more input will come: readers get end of file. */
  endInput(): void {
    this.give({ kind: "endInput" });
  }

  /** As Machine.writeFile. */
  writeFile(path: string, content: Uint8Array, mode = 0o644): void {
    this.give({ kind: "writeFile", path, content: content.slice(), mode });
  }

  /** As Machine.start. */
  startProgram(path: string, args: readonly string[] = [path], environment: readonly string[] = []): number {
    return this.give({ kind: "start", path, args, environment }) as number;
  }

  /** As Machine.load. */
  load(
    program: Uint8Array,
    args: readonly string[] = ["program"],
    environment: readonly string[] = [],
  ): number {
    return this.give({ kind: "load", program: program.slice(), args, environment }) as number;
  }

  /** As Machine.poke. */
  poke(pid: number, address: number, bytes: Uint8Array): number {
    return this.give({ kind: "poke", pid, address, bytes: bytes.slice() }) as number;
  }

  /** As Machine.setRegister. */
  setRegister(pid: number, index: number, value: number): boolean {
    return this.give({ kind: "setRegister", pid, index, value }) as boolean;
  }

  /** As Machine.kill. */
  kill(pid: number, signal: number): boolean {
    return this.give({ kind: "kill", pid, signal }) as boolean;
  }

  /** As Machine.resize. */
  resize(rows: number, columns: number): void {
    this.give({ kind: "resize", rows, columns });
  }
}

/** Some of the checkpoints, far from each other, and the end. */
function checkedMoments(moments: readonly Moment[], end: Moment): Moment[] {
  const step = Math.ceil(moments.length / CHECKS);
  const some = moments.filter((moment, index) => index % step === 0 && compareMoments(moment, end) < 0);
  return [...some, end];
}

/** A time lies between two counts of instructions. */
interface TimeSearch {
  readonly ticks: number;
  readonly hart: number;
  /** The first moment with so many instructions is before it. */
  low: number;
  lowClock: number;
  /** The first moment with so many is not, if `isBounded`; else the end. */
  high: number;
  isBounded: boolean;
}

type Result = RunResult extends infer One
  ? One extends RunResult
    ? Omit<One, "instructions">
    : never
  : never;

function workOf({ retired, events }: Moment): number {
  return retired + events * EVENT_WORK;
}
