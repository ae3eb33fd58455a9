// System calls: from the registers of a trapped process to a handler, and its outcome back. The one place where
// outcomes become effects.

import {
  EVENT_CALL,
  EVENT_RETURN,
  PCB_CALL_ACTIVE,
  PCB_CALL_NUMBER,
  PCB_CALL_PROGRESS,
  PCB_CALL_PROGRESS_2,
  PCB_CONTEXT,
  PCB_PC,
  PCB_PID,
  PCB_STATE,
  PCB_SYSTEM_CALLS,
  REASON_YIELD,
  STATE_RUNNING,
} from "../../assembly/layout.ts";
import { pcbWord } from "../machine/core.ts";
import type { Blocked, Call, Outcome, SystemCall } from "../syscalls/call.ts";
import { ENOSYS } from "../syscalls/errno.ts";
import type { Kernel } from "./kernel.ts";
import { ECALL_SIZE, exitProcess } from "./lifetime.ts";
import { spaceOf } from "./spaces.ts";
import type { KernelState, ProcessState } from "./state.ts";

const A0 = PCB_CONTEXT + 10 * 4;
const A7 = PCB_CONTEXT + 17 * 4;
const ARGUMENTS = 6;

/** What a handler is given. One object serves all calls, filled in anew for each. */
class CurrentCall implements Call {
  slot = 0;
  process!: ProcessState;
  progress = 0;
  progress2 = 0;
  readonly #kernel: Kernel;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  get kernel(): KernelState {
    return this.#kernel.state;
  }
  get memory() {
    return this.#kernel.memory;
  }
  get services() {
    return this.#kernel.services;
  }
}

/** Runs system calls against the rows of a table. */
export class Dispatcher {
  readonly #kernel: Kernel;
  readonly #rows: (SystemCall | undefined)[] = [];
  readonly #call: CurrentCall;
  readonly #arguments = new Int32Array(ARGUMENTS);

  constructor(kernel: Kernel, table: readonly SystemCall[]) {
    this.#kernel = kernel;
    this.#call = new CurrentCall(kernel);
    for (const row of table) this.#rows[row.number] = row;
  }

  /** Serves the call of the process in `slot`: a new one, or one that was blocked. */
  serve(slot: number): void {
    const { core, state, memory, inspection, observer } = this.#kernel;
    const process = state.processes[slot];
    if (!process) throw new Error(`assertion: slot ${slot} calls and is no process`);
    const { words } = core;
    const resumed = words[pcbWord(slot, PCB_CALL_ACTIVE)] !== 0;
    if (!resumed) this.#begin(slot);
    const number = words[pcbWord(slot, PCB_CALL_NUMBER)];
    const row = this.#rows[number];
    const a = this.#arguments;
    const first = pcbWord(slot, A0);
    for (let i = 0; i < ARGUMENTS; i++) a[i] = words[first + i];
    const space = spaceOf(this.#kernel, slot);
    memory.select(space);
    inspection.select(space);
    observer.callBegins?.(slot, row, number, a, resumed);
    const pid = words[pcbWord(slot, PCB_PID)];
    const outcome = row ? this.#run(row, slot, process) : -ENOSYS;
    const alive = words[pcbWord(slot, PCB_PID)] === pid && words[pcbWord(slot, PCB_STATE)] === STATE_RUNNING;
    const result = alive ? this.#apply(slot, outcome) : undefined;
    observer.callEnds?.(slot, row, number, a, result);
  }

  #begin(slot: number): void {
    const { core } = this.#kernel;
    const { words } = core;
    const number = words[pcbWord(slot, A7)];
    words[pcbWord(slot, PCB_CALL_NUMBER)] = number;
    words[pcbWord(slot, PCB_CALL_PROGRESS)] = 0;
    words[pcbWord(slot, PCB_CALL_PROGRESS_2)] = 0;
    words[pcbWord(slot, PCB_SYSTEM_CALLS)]++;
    core.emit(EVENT_CALL, 0, slot, number, words[pcbWord(slot, A0)], words[pcbWord(slot, A0 + 4)]);
  }

  #run(row: SystemCall, slot: number, process: ProcessState): Outcome {
    const { words, unsigned } = this.#kernel.core;
    const call = this.#call;
    const a = this.#arguments;
    call.slot = slot;
    call.process = process;
    call.progress = unsigned[pcbWord(slot, PCB_CALL_PROGRESS)];
    call.progress2 = unsigned[pcbWord(slot, PCB_CALL_PROGRESS_2)];
    const outcome = row.handler(call, a[0], a[1], a[2], a[3], a[4], a[5]);
    words[pcbWord(slot, PCB_CALL_PROGRESS)] = call.progress;
    words[pcbWord(slot, PCB_CALL_PROGRESS_2)] = call.progress2;
    return outcome;
  }

  /** Carries the outcome out; the value that the program gets, if it gets one now. */
  #apply(slot: number, outcome: Outcome): number | undefined {
    if (typeof outcome === "number") return this.#return(slot, outcome);
    const { core } = this.#kernel;
    switch (outcome.kind) {
      case "block":
        this.#block(slot, outcome);
        return undefined;
      case "exit":
        exitProcess(this.#kernel, slot, outcome.status);
        return undefined;
      case "replaced":
        core.words[pcbWord(slot, PCB_CALL_ACTIVE)] = 0;
        core.emit(EVENT_RETURN, 0, slot, core.words[pcbWord(slot, PCB_CALL_NUMBER)], 0, 0);
        return 0;
      case "yield":
        core.yieldHart(slot, REASON_YIELD);
        return this.#return(slot, outcome.value);
    }
  }

  #return(slot: number, value: number): number {
    const { core } = this.#kernel;
    const { words } = core;
    words[pcbWord(slot, A0)] = value;
    words[pcbWord(slot, PCB_PC)] += ECALL_SIZE;
    words[pcbWord(slot, PCB_CALL_ACTIVE)] = 0;
    core.emit(EVENT_RETURN, 0, slot, words[pcbWord(slot, PCB_CALL_NUMBER)], value, 0);
    return value;
  }

  #block(slot: number, { channel, deadline }: Blocked): void {
    const { core } = this.#kernel;
    core.words[pcbWord(slot, PCB_CALL_ACTIVE)] = 1;
    core.sleep(slot, channel, deadline === undefined ? 0 : 1, BigInt(deadline ?? 0));
  }
}
