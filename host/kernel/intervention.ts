// What the outside may change in a machine that stands still, beside its input and files: memory and registers of
// a process, a signal sent to it.

import { PCB_STATE, STATE_ZOMBIE } from "../../assembly/layout.ts";
import { contextWord, pcbWord } from "../machine/core.ts";
import { SIGNAL_MAX } from "../syscalls/signal-numbers.ts";
import type { Kernel } from "./kernel.ts";
import { sendSignal } from "./signals.ts";
import { spaceOf } from "./spaces.ts";

/** Writes to a process's memory as far as the process itself could; how many bytes. */
export function pokeMemory(kernel: Kernel, pid: number, address: number, bytes: Uint8Array): number {
  const slot = kernel.core.pidSlot(pid);
  kernel.memory.select(slot === 0 ? null : spaceOf(kernel, slot));
  return kernel.memory.write(address, bytes);
}

/** Sets x1..x31 of a process, or with index 0 its pc. False where there is no such register or process. */
export function pokeRegister(kernel: Kernel, pid: number, index: number, value: number): boolean {
  const { core } = kernel;
  const slot = core.pidSlot(pid);
  if (slot === 0 || core.words[pcbWord(slot, PCB_STATE)] === STATE_ZOMBIE) return false;
  if (!Number.isInteger(index) || index < 0 || index > 31) return false;
  core.words[contextWord(core, slot) + index] = index === 0 ? value & ~1 : value;
  return true;
}

/** Sends a signal from the kernel. False where there is no such process or signal. */
export function signalProcess(kernel: Kernel, pid: number, signal: number): boolean {
  const slot = kernel.core.pidSlot(pid);
  if (slot === 0 || !Number.isInteger(signal) || signal < 1 || signal > SIGNAL_MAX) return false;
  sendSignal(kernel, slot, signal, 0);
  return true;
}
