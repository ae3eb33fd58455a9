// A process as the debugger looks at it: registers, memory and program, read when they are asked for, so a look is good
// until the machine moves. Looking brings no page in and changes nothing.

import {
  HART_MODE,
  HART_SIZE,
  HART_SLOT,
  HART_USER,
  HARTS,
  MACHINE,
  MACHINE_HART,
  PCB_CALL_ACTIVE,
  PCB_HART,
  PCB_PID,
  PCB_SIZE,
  PCB_START_TIME,
  PCB_STATE,
  PCB_USER_TIME,
  PROCESSES,
  STATE_ZOMBIE,
} from "../../assembly/layout.ts";
import type { SpaceState } from "../kernel/state.ts";
import { contextWord, pcbWord, readTime } from "../machine/core.ts";
import type { Machine } from "../machine.ts";
import { DebugError } from "./errors.ts";
import type { EvaluationContext } from "./evaluate.ts";
import { PC } from "./expression.ts";
import { type LastCall, lastCallOf } from "./last-call.ts";
import type { Program, Programs } from "./program.ts";

export class DebuggedProcess implements EvaluationContext {
  readonly pid: number;
  readonly slot: number;
  /** Null where it executes none (a zombie) or one without a file. */
  readonly program: Program | null;
  readonly #machine: Machine;
  readonly #space: SpaceState | null;
  /** Word index of the pc; x1..x31 come behind it. */
  readonly #context: number;

  constructor(machine: Machine, pid: number, slot: number, programs: Programs) {
    const { state } = machine.kernel;
    const process = state.processes[slot];
    this.pid = pid;
    this.slot = slot;
    this.#machine = machine;
    this.#space = process && process.space >= 0 ? state.spaces[process.space] : null;
    this.#context = contextWord(machine.kernel.core, slot);
    this.program = programs.of(this.#space);
  }

  get isZombie(): boolean {
    return this.#field(PCB_STATE) === STATE_ZOMBIE;
  }

  /** STATE_*. */
  get state(): number {
    return this.#field(PCB_STATE);
  }

  /** Hart it runs on, or -1. */
  get hart(): number {
    return this.#field(PCB_HART) - 1;
  }

  /** Ticks of its creation: tells it from others that have its pid at other times. */
  get birth(): number {
    return readTime(this.#machine.kernel.core, PROCESSES + this.slot * PCB_SIZE + PCB_START_TIME);
  }

  /** Instructions it has retired. */
  get userTime(): number {
    return readTime(this.#machine.kernel.core, PROCESSES + this.slot * PCB_SIZE + PCB_USER_TIME);
  }

  /** A system call of its waits to be finished: its pc is still that of the ecall. */
  get isInCall(): boolean {
    return this.#field(PCB_CALL_ACTIVE) !== 0;
  }

  get pc(): number {
    return this.#machine.kernel.core.unsigned[this.#context];
  }

  /** x0..x31, unsigned: a copy. */
  get registers(): Uint32Array {
    return Uint32Array.from({ length: 32 }, (_, number) => this.register(number));
  }

  /** x0..x31 or the pc (32), unsigned. */
  register(number: number): number {
    if (number === 0) return 0;
    return this.#machine.kernel.core.unsigned[this.#context + (number === PC ? 0 : number)];
  }

  /** Bytes of its memory, also of pages that are not present yet; fewer than asked where it ends. */
  read(address: number, length: number): Uint8Array {
    const { inspection } = this.#machine.kernel;
    inspection.select(this.#space);
    return inspection.readSome(address, length);
  }

  lastCall(): LastCall | null {
    return lastCallOf(this.#machine, this.pid, (number) => this.register(number));
  }

  symbol(name: string): number | undefined {
    return this.program?.addressOf(name);
  }

  #field(offset: number): number {
    return this.#machine.kernel.core.unsigned[pcbWord(this.slot, offset)];
  }
}

/** The process with this pid, zombies included. Throws DebugError ("no-process"). */
export function processOf(machine: Machine, pid: number, programs: Programs): DebuggedProcess {
  const slot = pid > 0 ? machine.kernel.core.pidSlot(pid) : 0;
  if (slot === 0) {
    const pids = machine.processes().map((process) => process.pid);
    const some = pids.length <= 20 ? pids.join(", ") : `${pids.length} from ${pids[0]}`;
    throw new DebugError("no-process", `there is no process ${pid}; there are ${some}`);
  }
  return new DebuggedProcess(machine, pid, slot, programs);
}

/** Pid of the process whose instruction is the machine's next, or 0: nothing is ready, or the kernel is at work. */
export function nextPid(machine: Machine): number {
  const { unsigned } = machine.kernel.core;
  const hart = HARTS + unsigned[(MACHINE + MACHINE_HART) >>> 2] * HART_SIZE;
  if (unsigned[(hart + HART_MODE) >>> 2] !== HART_USER) return 0;
  return unsigned[pcbWord(unsigned[(hart + HART_SLOT) >>> 2], PCB_PID)];
}
