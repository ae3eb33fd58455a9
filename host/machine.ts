// The machine as programs that embed it see it: create, load, run, look, save and restore. It joins the core
// and the kernel and holds no state of its own that a run depends on.

import {
  CAUSE_ECALL,
  EVENT_CAPACITY,
  MACHINE,
  MACHINE_EVENT_COUNT,
  MACHINE_PENDING,
  MACHINE_SLOT_LIMIT,
  MACHINE_STOP_CAUSE,
  MACHINE_STOP_SLOT,
  MACHINE_STOP_VALUE,
  PAGE_SIZE,
  PCB_HART,
  PCB_PARENT,
  PCB_PGID,
  PCB_PID,
  PCB_SID,
  PCB_SIZE,
  PCB_STATE,
  PCB_USER_TIME,
  PCB_WAIT_CHANNEL,
  PROCESSES,
  PROTECT_READ,
  STATE_FREE,
  STOP_BUDGET,
  STOP_DEBUG,
  STOP_IDLE,
  STOP_RESUME,
} from "../assembly/layout.ts";
import { CONSOLE, endInput, giveInput, resizeTerminal } from "./fs/console.ts";
import { checkKernel } from "./kernel/check.ts";
import { completeKernel } from "./kernel/complete.ts";
import { createBootKernel } from "./kernel/create.ts";
import { inputCanHelp, nameOf, type Waiting, whoWaits } from "./kernel/deadlock.ts";
import { Dispatcher } from "./kernel/dispatcher.ts";
import { serveFault } from "./kernel/faults.ts";
import { pokeMemory, pokeRegister, signalProcess } from "./kernel/intervention.ts";
import type { BootKernel, Kernel, KernelObserver } from "./kernel/kernel.ts";
import { shutDown } from "./kernel/shutdown.ts";
import { spaceOf } from "./kernel/spaces.ts";
import type { KernelState } from "./kernel/state.ts";
import { verifyState } from "./kernel/verify.ts";
import { type Core, contextWord, pcbWord, readTime } from "./machine/core.ts";
import { Debugging, type DebugHit } from "./machine/debugging.ts";
import { createCore } from "./machine/instance.ts";
import { configurationOf, inconsistent } from "./machine/saved-configuration.ts";
import { decodeSnapshot, encodeSnapshot } from "./machine/snapshot.ts";
import { hashState } from "./machine/snapshot-hash.ts";
import { captureMemory, restoreMemory } from "./machine/snapshot-memory.ts";
import { type MachineOptions, StillMachine } from "./still-machine.ts";
import { callTable } from "./syscalls/table.ts";
import { type EventBatch, readEvents, STATE_NAMES, type StateName } from "./trace/events.ts";

export interface RunOptions {
  readonly maxInstructions?: number;
  /**
   * Asked after each trap and at least every million instructions; true makes `run` return. For limits on real
   * time: a few instructions can ask for much work by system calls. What the machine does never depends on it.
   */
  readonly pauseWhen?: (() => boolean) | undefined;
  /** Pauses after the trap with which so many events have been written, at most 2^31. For whoever reads the ring. */
  readonly pauseAfterEvents?: number;
  /**
   * Passes over all of debugging's points at the instruction that the machine stands before, also if it faults and
   * is tried again: for going on from a breakpoint. Without effect in the middle of a trap.
   */
  readonly skipFirst?: boolean;
}

/** Why `run` returned. */
export type RunResult = { readonly instructions: number } & (
  | { readonly reason: "ended" /** As wait(2) has it. */; readonly status: number }
  | { readonly reason: "budget" }
  /** What `debugging` was asked for has happened. */
  | { readonly reason: "debug"; readonly hit: DebugHit }
  /** `pauseWhen` said so. */
  | { readonly reason: "paused" }
  /** Nothing can run until there is input. */
  | { readonly reason: "input" }
  /** Nothing can ever run again. */
  | { readonly reason: "deadlock"; readonly waiting: readonly Waiting[] }
);

export interface ProcessView {
  readonly pid: number;
  /** Pid of the parent, 0 for the first process. */
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly name: string;
  readonly state: StateName;
  /** Hart it runs on, or -1. */
  readonly hart: number;
  readonly pc: number;
  /** Instructions it retired. */
  readonly instructions: number;
  /** WAIT_* << 24 | object while it is blocked, else 0. */
  readonly waitChannel: number;
}

export interface MachineEvents {
  /** Bytes written to standard output (1) or standard error (2): valid during the call. */
  output: (bytes: Uint8Array, stream: number) => void;
  /** A process ended, with its wait status. */
  exit: (pid: number, status: number) => void;
  /** New events of the ring, in order; none is left out. */
  events: (batch: EventBatch) => void;
}

/** The most instructions of one call into the core: V8 swaps in optimised code only between calls. */
const STRETCH = 1_000_000;
/** Short time slices make it shorter: fewer events happen in it than the ring holds. */
const EVENTS_PER_INSTRUCTION = 6;
const EVENT_COUNT_LOW = (MACHINE + MACHINE_EVENT_COUNT) >>> 2;

export class Machine extends StillMachine {
  declare readonly kernel: Kernel;
  readonly #core: Core;
  readonly #listeners: { [Name in keyof MachineEvents]: MachineEvents[Name][] } = {
    output: [],
    exit: [],
    events: [],
  };
  readonly #observer: KernelObserver;
  /** Breakpoints, watchpoints and other stops: none of it changes what the machine does. */
  readonly debugging: Debugging;
  readonly #dispatcher: Dispatcher;
  #eventsSeen = 0;
  #isReplaying = false;

  private constructor(boot: BootKernel) {
    const kernel = completeKernel(boot, {});
    super(kernel);
    const { core } = kernel;
    this.#core = core;
    this.debugging = new Debugging(core);
    this.#observer = kernel.observer;
    this.#observer.output = (stream, bytes) => {
      if (this.#isReplaying) return;
      for (const listener of this.#listeners.output) listener(bytes, stream);
    };
    this.#observer.processEnds = (slot, status) => {
      if (this.#isReplaying) return;
      const pid = core.words[pcbWord(slot, PCB_PID)];
      for (const listener of this.#listeners.exit) listener(pid, status);
    };
    this.#dispatcher = new Dispatcher(kernel, callTable);
  }

  /** A machine without processes. Throws ConfigurationError where an option cannot be. */
  static override async create(options: MachineOptions): Promise<Machine> {
    return Machine.of(await StillMachine.create(options));
  }

  /** Gives a machine that stands still what makes it run. It is the same machine: only the new object is used from now on. */
  static of({ kernel }: StillMachine): Machine {
    return new Machine(kernel);
  }

  /**
   * A machine as it was saved. Throws SnapshotError where the bytes are no snapshot of this version, and with
   * `verify`, for files of others, where their state is none that a machine can have: a checksum tells damage only.
   */
  static async restore(module: WebAssembly.Module, bytes: Uint8Array, { verify = false } = {}) {
    const snapshot = decodeSnapshot(bytes);
    const configuration = configurationOf(snapshot);
    const core = await createCore(module, configuration);
    const machine = new Machine(createBootKernel(configuration, core, snapshot.kernel as KernelState));
    restoreMemory(core.bytes, snapshot.memory);
    const problem = verify ? verifyState(machine.kernel) : null;
    if (problem !== null) throw inconsistent(problem);
    core.forget();
    machine.#eventsSeen = machine.eventCount;
    return machine;
  }

  on<Name extends keyof MachineEvents>(name: Name, listener: MachineEvents[Name]): void {
    this.#listeners[name].push(listener);
  }

  /** Watches system calls and faults as they happen (strace). */
  observe(observer: KernelObserver): void {
    const { processEnds = () => {}, ...others } = observer;
    const own = this.#observer.processEnds;
    for (const [name, call] of Object.entries(others)) {
      const heard = (...args: unknown[]) => this.#isReplaying || Reflect.apply(call, observer, args);
      Object.assign(this.#observer, { [name]: heard });
    }
    this.#observer.processEnds = (slot, status) => {
      own?.(slot, status);
      processEnds(slot, status);
    };
  }

  /**
   * Runs until the machine ends, waits for input, is deadlocked, has retired that many instructions (all harts
   * together; a whole number or Infinity), or `debugging` stops it.
   */
  run(options: RunOptions = {}): RunResult {
    if (!options.skipFirst) return this.#run(options);
    this.debugging.skipHere(true);
    const result = this.#run(options);
    this.debugging.skipHere(false);
    return result;
  }

  #run(options: RunOptions): RunResult {
    const { maxInstructions = Number.POSITIVE_INFINITY, pauseWhen, pauseAfterEvents = 2 ** 32 } = options;
    if (!(maxInstructions >= 0) || maxInstructions % 1 > 0) {
      throw new RangeError(
        `maxInstructions is ${maxInstructions}; it must be a whole number from 0, or Infinity`,
      );
    }
    const events = this.#core.unsigned[EVENT_COUNT_LOW];
    const begin = this.instructions;
    const end = begin + maxInstructions;
    for (;;) {
      const left = end - this.instructions;
      const stop = this.#core.run(Math.max(0, Math.min(left, this.#stretch())));
      if (this.#listeners.events.length > 0) this.#drain();
      if (stop === STOP_DEBUG) {
        return {
          instructions: this.instructions - begin,
          reason: "debug",
          hit: this.debugging.stopped as DebugHit,
        };
      }
      const result = this.#serve(stop, end);
      if (result !== null) return { instructions: this.instructions - begin, ...result };
      const isEnough = (this.#core.unsigned[EVENT_COUNT_LOW] - events) >>> 0 >= pauseAfterEvents;
      if (isEnough || pauseWhen?.()) return { instructions: this.instructions - begin, reason: "paused" };
    }
  }

  /** What a stop of the core asks for; the reason to return, or null to go on. */
  #serve(stop: number, end: number) {
    if (stop === STOP_IDLE) return this.#idle();
    if (stop === STOP_BUDGET) return this.instructions >= end ? ({ reason: "budget" } as const) : null;
    this.#core.words[(MACHINE + MACHINE_PENDING) >>> 2] = 0;
    const slot = this.#machineWord(MACHINE_STOP_SLOT);
    const cause = this.#machineWord(MACHINE_STOP_CAUSE);
    if (stop === STOP_RESUME || cause === CAUSE_ECALL) this.#dispatcher.serve(slot);
    else serveFault(this.kernel, slot, cause, this.#machineWord(MACHINE_STOP_VALUE));
    return this.kernel.state.status >= 0 ? this.#end() : null;
  }

  #end() {
    shutDown(this.kernel);
    this.debugging.drop();
    // The harts find nothing to do: so the end is the same state however one came there.
    this.#core.run(0);
    if (this.#listeners.events.length > 0) this.#drain();
    return { reason: "ended", status: this.kernel.state.status } as const;
  }

  #idle() {
    if (this.kernel.state.status >= 0) return { reason: "ended", status: this.kernel.state.status } as const;
    if (inputCanHelp(this.kernel)) return { reason: "input" } as const;
    return { reason: "deadlock", waiting: whoWaits(this.kernel) } as const;
  }

  /** Executes `count` instructions, or fewer if the machine stops before; a point at the first one is passed over. */
  step(count = 1): RunResult {
    return this.run({ maxInstructions: count, skipFirst: true });
  }

  #stretch(): number {
    const quantum = Math.min(this.configuration.quantum, this.configuration.turn);
    return Math.min(STRETCH, Math.floor(EVENT_CAPACITY / 8 / EVENTS_PER_INSTRUCTION) * quantum);
  }

  #drain(): void {
    if (this.#isReplaying) return;
    const batch = readEvents(this.#core.bytes.buffer as ArrayBuffer, this.#eventsSeen);
    this.#eventsSeen = batch.next;
    if (batch.events.length === 0) return;
    for (const listener of this.#listeners.events) listener(batch);
  }

  /** Bytes for standard input, or for the terminal. */
  input(bytes: Uint8Array): void {
    this.note("bytes");
    giveInput(this.kernel.state.files, this.kernel.services, bytes);
  }

  /** No more input will come: readers get end of file. */
  endInput(): void {
    this.note("end of input");
    endInput(this.kernel.state.files, this.kernel.services);
  }

  /** Writes to a process's memory as far as the process itself could; how many bytes. */
  poke(pid: number, address: number, bytes: Uint8Array): number {
    this.note("memory");
    return pokeMemory(this.kernel, pid, address, bytes);
  }

  /** Sets x1..x31 of a process, or with index 0 its pc. False where there is no such process or register. */
  setRegister(pid: number, index: number, value: number): boolean {
    this.note("register");
    return pokeRegister(this.kernel, pid, index, value);
  }

  /** Sends a signal (1..64) to a process. False where there is no such process or signal. */
  kill(pid: number, signal: number): boolean {
    this.note("signal");
    return signalProcess(this.kernel, pid, signal);
  }

  /** The terminal's window has this size now, in characters. */
  resize(rows: number, columns: number): void {
    this.note("window");
    const { state, services } = this.kernel;
    resizeTerminal(services, state.files.terminals[CONSOLE], rows, columns, [0, 0]);
  }

  /** For History: while it is set, the machine repeats what it did before, and no listener is told. */
  set replaying(isReplaying: boolean) {
    this.#isReplaying = isReplaying;
  }

  /** For History: what was done after now is undone for good, and listeners will be told what happens instead. */
  forgetFuture(): void {
    this.#eventsSeen = Math.min(this.#eventsSeen, this.eventCount);
  }

  /** The events since number `from`, as far as the ring still holds them. */
  events(from = 0): EventBatch {
    return readEvents(this.#core.bytes.buffer as ArrayBuffer, from);
  }

  /** All processes, zombies included, by slot. */
  processes(): ProcessView[] {
    const limit = this.#machineWord(MACHINE_SLOT_LIMIT);
    const views: ProcessView[] = [];
    for (let slot = 1; slot < limit; slot++) {
      if (this.#core.words[pcbWord(slot, PCB_STATE)] !== STATE_FREE) views.push(this.#view(slot));
    }
    return views;
  }

  #view(slot: number): ProcessView {
    const field = (offset: number) => this.#core.unsigned[pcbWord(slot, offset)];
    return {
      pid: field(PCB_PID),
      parent: this.#core.unsigned[pcbWord(field(PCB_PARENT), PCB_PID)],
      group: field(PCB_PGID),
      session: field(PCB_SID),
      name: fromBytes(nameOf(this.kernel, slot)),
      state: STATE_NAMES[field(PCB_STATE)],
      hart: field(PCB_HART) - 1,
      pc: this.#core.unsigned[contextWord(this.#core, slot)],
      instructions: readTime(this.#core, PROCESSES + slot * PCB_SIZE + PCB_USER_TIME),
      waitChannel: field(PCB_WAIT_CHANNEL),
    };
  }

  /** Address of a process's next instruction; null if there is none with this pid. */
  pc(pid: number): number | null {
    const slot = this.#core.pidSlot(pid);
    return slot === 0 ? null : this.#core.unsigned[contextWord(this.#core, slot)];
  }

  /** x0..x31 of a process, unsigned; null if there is none with this pid. */
  registers(pid: number): Uint32Array | null {
    const slot = this.#core.pidSlot(pid);
    if (slot === 0) return null;
    const context = contextWord(this.#core, slot);
    const registers = this.#core.unsigned.slice(context, context + 32);
    registers[0] = 0;
    return registers;
  }

  /** A copy of the process's memory as far as it is present and readable: shorter than asked where it ends. */
  readMemory(pid: number, address: number, length: number): Uint8Array {
    const slot = this.#core.pidSlot(pid);
    const space = slot === 0 ? null : spaceOf(this.kernel, slot);
    const bytes: Uint8Array = new Uint8Array(space ? length : 0);
    for (let done = 0; space && done < length; ) {
      const at = address + done;
      const count = Math.min(PAGE_SIZE - (at % PAGE_SIZE), length - done);
      const linear = at < 2 ** 32 ? this.#core.translate(space.root, at, PROTECT_READ) : 0;
      if (linear === 0) return bytes.slice(0, done);
      bytes.set(this.#core.bytes.subarray(linear, linear + count), done);
      done += count;
    }
    return bytes;
  }

  /** The whole machine as a file: see `restore`. Only between runs. */
  snapshot(): Uint8Array {
    return encodeSnapshot({
      configuration: this.configuration,
      kernel: this.kernel.state,
      memory: captureMemory(this.#core.bytes),
    });
  }

  /** Hash of everything that can influence the run from here on: equal states, equal hashes. */
  stateHash(): string {
    return hashState(this.#core.bytes, this.kernel.state);
  }

  /** What is wrong with the machine's state, a sentence each: nothing, unless there is a bug or it was tampered with. Slow. */
  check(): string[] {
    return checkKernel(this.kernel);
  }

  #machineWord(field: number): number {
    return this.#core.unsigned[(MACHINE + field) >>> 2];
  }
}

function fromBytes(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}
