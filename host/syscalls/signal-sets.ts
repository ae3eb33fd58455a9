// Sets of signals: as programs give them, and the one that a process blocks.

import { PCB_BLOCKED } from "../../assembly/layout.ts";
import type { SignalSet } from "../kernel/state.ts";
import type { Call } from "./call.ts";
import { SIGKILL, SIGSTOP } from "./signal-numbers.ts";

/** Bytes of a set: the only value that programs may give as sigsetsize. */
export const SIGSET_SIZE = 8;
/** Bits of SIGKILL and SIGSTOP: they cannot be blocked. */
export const UNBLOCKABLE = (1 << (SIGKILL - 1)) | (1 << (SIGSTOP - 1));

/** The set in a program's memory, or null on a fault. */
export function readSet(call: Call, address: number): SignalSet | null {
  const low = call.memory.loadWord(address);
  const high = call.memory.loadWord((address + 4) >>> 0);
  return low === null || high === null ? null : [low, high];
}

/** What the calling process blocks. */
export function blockedBy(call: Call): SignalSet {
  const { processes } = call.services;
  return [processes.field(call.slot, PCB_BLOCKED), processes.field(call.slot, PCB_BLOCKED + 4)];
}

/** The calling process blocks these from now on; what is pending is not acted on yet. */
export function setBlocked(call: Call, [low, high]: SignalSet): void {
  const { processes } = call.services;
  processes.setField(call.slot, PCB_BLOCKED, low & ~UNBLOCKABLE);
  processes.setField(call.slot, PCB_BLOCKED + 4, high);
}
