// A debugging session: one machine and its history, breakpoints, and movements through time. It knows no protocol and
// no screen; command line, page and servers translate to it and back.
//
// A movement is begun and then advanced in slices, so that whoever drives it stays awake:
//
//   session.begin({ kind: "continue" });
//   let stop = null;
//   while (stop === null) stop = session.advance({ pauseWhen: () => clock() > deadline });
//
// or carried out at once by `perform`. `interrupt` ends it where it is, which is a moment like any other.

import type { History } from "../history/history.ts";
import { compareMoments, type Moment } from "../history/moment.ts";
import type { Machine } from "../machine.ts";
import { backtrace, type Frame } from "./backtrace.ts";
import type { Breakpoint, BreakpointSpecification, LogLine } from "./breakpoint.ts";
import { BreakpointTable } from "./breakpoint-table.ts";
import type { Command } from "./command.ts";
import { commandMovement } from "./commands.ts";
import { type CodeLine, disassembleAround } from "./disassembly.ts";
import { DebugError } from "./errors.ts";
import { evaluate, type Value } from "./evaluate.ts";
import { PC } from "./expression.ts";
import { Judgement } from "./judgement.ts";
import { type LastWrite, lastWrite, type WriteTarget } from "./last-write.ts";
import { resolveLocation } from "./location.ts";
import { type Debuggee, stopHere } from "./movement.ts";
import { type DebuggedProcess, nextPid, processOf } from "./process.ts";
import { Programs } from "./program.ts";
import type { Stop } from "./stop.ts";
import { type Movement, Travel } from "./travel.ts";
import { type Why, why } from "./why.ts";
import { describeInstruction, type InstructionInWords } from "./words.ts";

export interface AdvanceOptions {
  /** Asked often; true ends the slice. What is found never depends on it. */
  readonly pauseWhen?: () => boolean;
}

export class Session {
  readonly history: History;
  readonly #debuggee: Debuggee;
  readonly #logListeners: ((line: LogLine) => void)[] = [];
  #movement: Movement<Stop> | null = null;
  /** Where the movement began. */
  #begin: Moment;
  #focus = 0;

  /** Debugs the machine of a history, which must be moved by this session alone from now on. */
  constructor(history: History) {
    this.history = history;
    this.#begin = history.now;
    const travel = new Travel(history);
    const programs = new Programs(() => history.machine.kernel.state.files);
    const table = new BreakpointTable(programs);
    const judgement = new Judgement(travel, table, programs, (line) => {
      for (const listener of this.#logListeners) listener(line);
    });
    this.#debuggee = { travel, table, judgement, programs };
    this.#lookAround();
  }

  /**
   * Takes notice of an executable of the machine's, by its absolute path. So breakpoints find their places also in the past
   * of a process that has ended before the session began. Programs of living processes are known anyway.
   */
  know(path: string): void {
    this.#debuggee.programs.lookAt(path);
  }

  get machine(): Machine {
    return this.history.machine;
  }

  get now(): Moment {
    return this.history.now;
  }

  /** Called with what breakpoints that log say, on the way forward. */
  onLog(listener: (line: LogLine) => void): void {
    this.#logListeners.push(listener);
  }

  // ── Movement ────────────────────────────────────────────────────────────────────────────────

  /** A movement is under way. */
  get isMoving(): boolean {
    return this.#movement !== null;
  }

  /** Begins a movement. Throws DebugError ("busy"); why it cannot be carried out, `advance` throws. */
  begin(command: Command): void {
    this.#checkRest();
    this.#lookAround();
    this.#begin = this.now;
    this.#movement = commandMovement(this.#debuggee, command, this.focus);
  }

  /** Goes on with the movement for a slice: the stop that it comes to, or null where it is to go on. Throws DebugError. */
  advance({ pauseWhen = () => false }: AdvanceOptions = {}): Stop | null {
    const movement = this.#movement;
    if (movement === null) throw new DebugError("busy", "no command is under way; begin one");
    this.#debuggee.travel.pauseWhen = pauseWhen;
    let isDone = true;
    try {
      const { done, value } = movement.next();
      isDone = done === true;
      return isDone ? this.#arrive(value as Stop) : null;
    } finally {
      if (isDone) this.#movement = null;
    }
  }

  /** Ends the movement where it is; a stop that says "paused". Without one, where the machine stands. */
  interrupt(): Stop {
    if (this.#movement !== null && compareMoments(this.now, this.#begin) !== 0) {
      this.#debuggee.travel.unmetAt = this.now;
    }
    this.#movement?.return(undefined as never);
    this.#movement = null;
    return this.#arrive(stopHere(this.#debuggee, "paused"));
  }

  /** Begins a movement and carries it out. */
  perform(command: Command, options: AdvanceOptions = {}): Stop {
    this.begin(command);
    for (;;) {
      const stop = this.advance(options);
      if (stop !== null) return stop;
      if (options.pauseWhen?.()) return this.interrupt();
    }
  }

  #arrive(stop: Stop): Stop {
    this.#lookAround();
    if (stop.reason !== "paused" && stop.access === undefined) this.#debuggee.travel.unmetAt = null;
    if (stop.pid !== undefined) this.#focus = stop.pid;
    return stop;
  }

  /** Takes notice of the programs that are there. */
  #lookAround(): void {
    for (const { pid } of this.machine.processes()) this.#debuggee.programs.look(this.machine, pid);
  }

  // ── Whom commands are about ────────────────────────────────────────────────────────────────

  /** Pid of the process that is meant where none is named: that of the last stop, as long as it lives. 0: none. */
  get focus(): number {
    if (this.#focus !== 0 && this.machine.kernel.core.pidSlot(this.#focus) !== 0) return this.#focus;
    return nextPid(this.machine) || (this.machine.processes()[0]?.pid ?? 0);
  }

  set focus(pid: number) {
    this.#focus = this.process(pid).pid;
  }

  /** A process at this moment: registers, memory, program. Throws DebugError ("no-process"). */
  process(pid: number = this.focus): DebuggedProcess {
    return processOf(this.machine, pid, this.#debuggee.programs);
  }

  // ── Breakpoints ─────────────────────────────────────────────────────────────────────────────

  get breakpoints(): readonly Breakpoint[] {
    return this.#debuggee.table.list();
  }

  /** Makes a breakpoint, a watchpoint or a catchpoint. Expressions in it are about `pid`'s process. */
  addBreakpoint(specification: BreakpointSpecification, pid: number = this.focus): Breakpoint {
    return this.#debuggee.table.add(specification, pid === 0 ? null : this.process(pid));
  }

  removeBreakpoint(number: number): void {
    this.#debuggee.table.remove(number);
  }

  clearBreakpoints(): void {
    this.#debuggee.table.clear();
  }

  enableBreakpoint(number: number, enabled: boolean): void {
    this.#debuggee.table.enable(number, enabled);
  }

  /** Lets the next `count` hits of a breakpoint pass. */
  ignoreHits(number: number, count: number): void {
    this.#debuggee.table.ignore(number, count);
  }

  /** Gives a breakpoint another condition, or none. */
  setCondition(number: number, condition: string | undefined): void {
    this.#debuggee.table.condition(number, condition);
  }

  // ── Interventions: given in the past, they make the run forget what came after (history.willForget) ──

  /** Sets x1..x31 of a process, or its pc (number 32). Throws DebugError. */
  setRegister(register: number, value: number, pid: number = this.focus): void {
    this.#checkRest();
    const index = register === PC ? 0 : register;
    if (register === 0 || !this.history.setRegister(this.process(pid).pid, index, value)) {
      throw new DebugError("range", `register ${register} of process ${pid} cannot be set`);
    }
  }

  /** Writes to a process's memory. Throws DebugError ("no-memory") where it cannot be written as a whole. */
  writeMemory(address: number, bytes: Uint8Array, pid: number = this.focus): void {
    this.#checkRest();
    const done = this.history.poke(this.process(pid).pid, address, bytes);
    if (done < bytes.length) {
      const at = `0x${(address + done).toString(16)}`;
      throw new DebugError("no-memory", `process ${pid} has no memory at ${at} that it may write`);
    }
  }

  giveInput(bytes: Uint8Array): void {
    this.#checkRest();
    this.history.input(bytes);
  }

  endInput(): void {
    this.#checkRest();
    this.history.endInput();
  }

  /** Sends a signal. Throws DebugError where there is no such process or signal. */
  kill(pid: number, signal: number): void {
    this.#checkRest();
    if (!this.history.kill(this.process(pid).pid, signal)) {
      throw new DebugError("range", `there is no signal ${signal}; say 1 to 64`);
    }
  }

  #checkRest(): void {
    if (this.#movement !== null)
      throw new DebugError("busy", "a command is under way; interrupt it, or let it end");
  }

  // ── Questions ───────────────────────────────────────────────────────────────────────────────

  /** The value of an expression in a process. Throws DebugError. */
  evaluate(expression: string, pid: number = this.focus): Value {
    return evaluate(expression, this.process(pid));
  }

  /** Addresses of a location (see location.ts) in a process's program. Throws DebugError. */
  resolve(location: string, pid: number = this.focus): number[] {
    return resolveLocation(location, this.process(pid));
  }

  /** The calls that a process is in, the innermost first. */
  backtrace(pid: number = this.focus, limit?: number): Frame[] {
    return backtrace(this.process(pid), limit);
  }

  /** The instructions around an address (default: the process's pc). */
  disassemble(pid: number = this.focus, { address, before = 8, after = 16 }: CodeWindow = {}): CodeLine[] {
    const process = this.process(pid);
    return disassembleAround(process, address ?? process.pc, before, after);
  }

  /** What the process's next instruction will do, in words; null where it has none. */
  describe(pid: number = this.focus): InstructionInWords | null {
    const process = this.process(pid);
    const bytes = process.read(process.pc, 4);
    if (bytes.length < 2) return null;
    const word = bytes.reduce((sum, byte, index) => sum | (byte << (8 * index)), 0);
    return describeInstruction(word, process, (address) => process.program?.nameOf(address) ?? "");
  }

  /** Why a process is as it is: blocked, ready, running, or ended; also of one that is gone. */
  why(pid: number = this.focus): Why {
    return why(this.history, pid);
  }

  /**
   * Who wrote to memory or a register last before now; null: nobody since the start of the history. The machine is
   * where it was afterwards. The command "lastWrite" does the same in slices and stays there.
   */
  lastWrite(target: WriteTarget): LastWrite | null {
    this.#checkRest();
    return lastWrite(this.#debuggee, target);
  }
}

export interface CodeWindow {
  readonly address?: number;
  /** Instructions before and after it. */
  readonly before?: number;
  readonly after?: number;
}
