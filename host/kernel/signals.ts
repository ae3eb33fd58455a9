// Signals as far as processes are ended by them: sent, ignored, kept pending while blocked, or fatal. Handlers
// in programs are not called yet: a signal with a handler acts as by default (signal(7)).

import {
  EVENT_SIGNAL,
  INIT_PID,
  MACHINE,
  MACHINE_SLOT_LIMIT,
  PCB_BLOCKED,
  PCB_PENDING,
  PCB_PGID,
  PCB_PID,
  PCB_SID,
  PCB_STATE,
  STATE_FREE,
  STATE_ZOMBIE,
} from "../../assembly/layout.ts";
import { pcbWord } from "../machine/core.ts";
import {
  SIG_IGN,
  SIGCHLD,
  SIGCONT,
  SIGKILL,
  SIGNAL_MAX,
  SIGSTOP,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SIGURG,
  SIGWINCH,
} from "../syscalls/signal-numbers.ts";
import type { Kernel } from "./kernel.ts";
import { exitProcess } from "./lifetime.ts";

const IGNORED_BY_DEFAULT = new Set([SIGCHLD, SIGCONT, SIGURG, SIGWINCH]);
/** Their default action is to stop the process, which comes with job control: until then they do nothing. */
const STOPPING = new Set([SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU]);
/** Word of a 64-bit signal set in a PCB and bit in that word. */
function bitOf(signal: number): [offset: number, bit: number] {
  return [signal > 32 ? 4 : 0, 1 << ((signal - 1) & 31)];
}

function inSet(kernel: Kernel, slot: number, set: number, signal: number): boolean {
  const [offset, bit] = bitOf(signal);
  return (kernel.core.words[pcbWord(slot, set + offset)] & bit) !== 0;
}

function setPending(kernel: Kernel, slot: number, signal: number, pending: boolean): void {
  const [offset, bit] = bitOf(signal);
  const word = pcbWord(slot, PCB_PENDING + offset);
  if (pending) kernel.core.words[word] |= bit;
  else kernel.core.words[word] &= ~bit;
}

function isIgnored(kernel: Kernel, slot: number, signal: number): boolean {
  if (signal === SIGKILL) return false;
  if (IGNORED_BY_DEFAULT.has(signal) || STOPPING.has(signal)) return true;
  return kernel.state.processes[slot]?.actions[signal]?.handler === SIG_IGN;
}

/** Sends `signal` (1..64) to a process; one that is a zombie already is left alone. */
export function sendSignal(kernel: Kernel, slot: number, signal: number, sender: number): void {
  const { core } = kernel;
  if (core.unsigned[pcbWord(slot, PCB_STATE)] === STATE_ZOMBIE) return;
  core.emit(EVENT_SIGNAL, 0, slot, signal, sender, 0);
  // Init is spared what it does not ask for (kill(2)): the machine would end with it.
  if (core.unsigned[pcbWord(slot, PCB_PID)] === INIT_PID) return;
  // What is blocked is kept even if it is ignored now: its action may be another when it is unblocked.
  if (signal !== SIGKILL && inSet(kernel, slot, PCB_BLOCKED, signal))
    return setPending(kernel, slot, signal, true);
  if (isIgnored(kernel, slot, signal)) return;
  killProcess(kernel, slot, signal);
}

/** The terminal's signal to a group; to all of a session but init where the group is 0. */
export function signalGroup(kernel: Kernel, group: number, session: number, signal: number): void {
  const { unsigned } = kernel.core;
  const limit = unsigned[(MACHINE + MACHINE_SLOT_LIMIT) >>> 2];
  for (let slot = 1; slot < limit; slot++) {
    const field = (offset: number) => unsigned[pcbWord(slot, offset)];
    if (field(PCB_STATE) === STATE_FREE) continue;
    const isMember =
      group !== 0 ? field(PCB_PGID) === group : field(PCB_SID) === session && field(PCB_PID) !== INIT_PID;
    if (isMember) sendSignal(kernel, slot, signal, 0);
  }
}

/** A fault of the process's own: fatal even if the signal is blocked or ignored (force_sig). */
export function forceSignal(kernel: Kernel, slot: number, signal: number): void {
  kernel.core.emit(EVENT_SIGNAL, 0, slot, signal, 0, 0);
  killProcess(kernel, slot, signal);
}

function killProcess(kernel: Kernel, slot: number, signal: number): void {
  // The wait status is the signal's number; no core dump is written, so its flag stays clear.
  exitProcess(kernel, slot, signal);
}

/** The process has a new action for the signal: if it ignores it now, one that is pending is forgotten. */
export function actionChanged(kernel: Kernel, slot: number, signal: number): void {
  if (isIgnored(kernel, slot, signal)) setPending(kernel, slot, signal, false);
}

/** Acts on the lowest pending signal that is not blocked any more. */
export function settleSignals(kernel: Kernel, slot: number): void {
  for (let signal = 1; signal <= SIGNAL_MAX; signal++) {
    if (!inSet(kernel, slot, PCB_PENDING, signal) || inSet(kernel, slot, PCB_BLOCKED, signal)) continue;
    setPending(kernel, slot, signal, false);
    if (!isIgnored(kernel, slot, signal)) return killProcess(kernel, slot, signal);
  }
}
