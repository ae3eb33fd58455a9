// System calls on signals: sending, and what a process wants to be done with them (man pages, section 2).

import {
  INIT_PID,
  PCB_BLOCKED,
  PCB_PENDING,
  PCB_PGID,
  PCB_PID,
  PCB_STATE,
  STATE_FREE,
} from "../../assembly/layout.ts";
import type { SignalAction } from "../kernel/state.ts";
import type { Argument, Call, Outcome, SystemCall } from "./call.ts";
import { EFAULT, EINVAL, ESRCH } from "./errno.ts";
import { SIGKILL, SIGNAL_MAX, SIGSTOP } from "./signal-numbers.ts";
import { blockedBy, readSet, SIGSET_SIZE, setBlocked, UNBLOCKABLE } from "./signal-sets.ts";

function kill(call: Call, pid: number, signal: number): Outcome {
  if (pid > 0) return signalAll(call, [call.services.processes.slotOf(pid)], signal);
  if (pid === -1) return signalAll(call, everyoneElse(call), signal);
  const group = pid === 0 ? call.services.processes.field(call.slot, PCB_PGID) : -pid;
  return signalAll(call, slotsWhere(call, PCB_PGID, group), signal);
}

/** One thread, which here is its process (tkill and tgkill). */
function tkill(call: Call, tid: number, signal: number): Outcome {
  if (tid <= 0) return -EINVAL;
  return signalAll(call, [call.services.processes.slotOf(tid)], signal);
}

function tgkill(call: Call, tgid: number, tid: number, signal: number): Outcome {
  if (tgid <= 0 || tid <= 0) return -EINVAL;
  return tgid === tid ? tkill(call, tid, signal) : -ESRCH;
}

/** Signal 0 only asks whether there is someone; as in Linux, that comes before whether there is such a signal. */
function signalAll(call: Call, slots: readonly number[], signal: number): Outcome {
  const { processes } = call.services;
  const targets = slots.filter((slot) => slot !== 0);
  if (targets.length === 0) return -ESRCH;
  if (signal < 0 || signal > SIGNAL_MAX) return -EINVAL;
  const sender = processes.field(call.slot, PCB_PID);
  if (signal !== 0) for (const slot of targets) processes.signal(slot, signal, sender);
  return 0;
}

function slotsWhere(call: Call, field: number, value: number): number[] {
  const { processes } = call.services;
  const slots: number[] = [];
  for (let slot = 1; slot < processes.slotLimit(); slot++) {
    if (processes.field(slot, PCB_STATE) === STATE_FREE) continue;
    if (processes.field(slot, field) === value) slots.push(slot);
  }
  return slots;
}

function everyoneElse(call: Call): number[] {
  const { processes } = call.services;
  const slots: number[] = [];
  for (let slot = 1; slot < processes.slotLimit(); slot++) {
    const isThere = processes.field(slot, PCB_STATE) !== STATE_FREE;
    if (isThere && slot !== call.slot && processes.field(slot, PCB_PID) !== INIT_PID) slots.push(slot);
  }
  return slots;
}

/** musl's rv32 port has a restorer between flags and mask and marks that with this flag; the kernel has not. */
const SA_RESTORER = 0x04000000;
const ACTION_SIZE = 16;
const ACTION_SIZE_RESTORER = 20;
const NO_ACTION: SignalAction = { handler: 0, flags: 0, restorer: 0, mask: [0, 0] };

function rtSigaction(call: Call, signal: number, act: number, old: number, size: number): Outcome {
  if (size !== SIGSET_SIZE) return -EINVAL;
  if (signal < 1 || signal > SIGNAL_MAX) return -EINVAL;
  if (act !== 0 && (signal === SIGKILL || signal === SIGSTOP)) return -EINVAL;
  const { actions } = call.process;
  const action = act === 0 ? null : readAction(call, act);
  if (act !== 0 && action === null) return -EFAULT;
  const wide = ((action ?? actions[signal])?.flags ?? 0) & SA_RESTORER;
  if (old !== 0 && !writeAction(call, old, actions[signal] ?? NO_ACTION, wide !== 0)) return -EFAULT;
  if (action === null) return 0;
  while (actions.length <= signal) actions.push(null);
  actions[signal] = action.handler === 0 && action.flags === 0 ? null : action;
  call.services.processes.actionChanged(call.slot, signal);
  return 0;
}

function readAction(call: Call, address: number): SignalAction | null {
  const flags = call.memory.loadWord(address + 4);
  if (flags === null) return null;
  const wide = (flags & SA_RESTORER) !== 0;
  const bytes = call.memory.read(address, wide ? ACTION_SIZE_RESTORER : ACTION_SIZE);
  if (bytes === null) return null;
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (index: number) => words.getUint32(index * 4, true);
  const mask: [number, number] = wide ? [word(3), word(4)] : [word(2), word(3)];
  mask[0] = (mask[0] & ~UNBLOCKABLE) >>> 0;
  return { handler: word(0), flags: word(1), restorer: wide ? word(2) : 0, mask };
}

function writeAction(call: Call, address: number, action: SignalAction, wide: boolean): boolean {
  const size = wide ? ACTION_SIZE_RESTORER : ACTION_SIZE;
  if (call.memory.writable(address, size) < size) return false;
  const { handler, flags, restorer, mask } = action;
  const words = wide ? [handler, flags, restorer, ...mask] : [handler, flags, ...mask];
  words.forEach((word, index) => {
    call.memory.storeWord(address + index * 4, word);
  });
  return true;
}

const SIG_BLOCK = 0;
const SIG_UNBLOCK = 1;
const SIG_SETMASK = 2;

function rtSigprocmask(call: Call, how: number, set: number, old: number, size: number): Outcome {
  if (size !== SIGSET_SIZE) return -EINVAL;
  const { processes } = call.services;
  const before = blockedBy(call);
  const given = set === 0 ? null : readSet(call, set);
  if (set !== 0 && given === null) return -EFAULT;
  if (given !== null && (how < SIG_BLOCK || how > SIG_SETMASK)) return -EINVAL;
  if (old !== 0 && !writeSet(call, old, before)) return -EFAULT;
  if (given === null) return 0;
  const after = given.map((word, index) => combine(how, before[index], word));
  setBlocked(call, [after[0], after[1]]);
  processes.settleSignals(call.slot);
  return 0;
}

function combine(how: number, before: number, given: number): number {
  if (how === SIG_BLOCK) return before | given;
  return how === SIG_UNBLOCK ? before & ~given : given;
}

function writeSet(call: Call, address: number, words: readonly number[]): boolean {
  if (call.memory.writable(address, SIGSET_SIZE) < SIGSET_SIZE) return false;
  words.forEach((word, index) => {
    call.memory.storeWord(address + index * 4, word);
  });
  return true;
}

function rtSigpending(call: Call, set: number, size: number): Outcome {
  if (size >>> 0 > SIGSET_SIZE) return -EINVAL;
  const { processes } = call.services;
  const pending = [0, 4].map(
    (offset) =>
      processes.field(call.slot, PCB_PENDING + offset) & processes.field(call.slot, PCB_BLOCKED + offset),
  );
  return writeSet(call, set, pending) ? 0 : -EFAULT;
}

const SIGNAL: Argument = { name: "sig", kind: "signal" };

export const signalCalls: readonly SystemCall[] = [
  {
    number: 129,
    name: "kill",
    arguments: [{ name: "pid", kind: "pid" }, SIGNAL],
    handler: kill,
    meaning: "Sends a signal to a process, a group, or all: kill(2)",
  },
  {
    number: 130,
    name: "tkill",
    arguments: [{ name: "tid", kind: "pid" }, SIGNAL],
    handler: tkill,
    meaning: "Sends a signal to a thread: tkill(2)",
  },
  {
    number: 131,
    name: "tgkill",
    arguments: [{ name: "tgid", kind: "pid" }, { name: "tid", kind: "pid" }, SIGNAL],
    handler: tgkill,
    meaning: "Sends a signal to a thread of a process: tgkill(2)",
  },
  {
    number: 134,
    name: "rt_sigaction",
    arguments: [
      SIGNAL,
      { name: "act", kind: "sigaction" },
      { name: "oldact", kind: "ptr" },
      { name: "sigsetsize", kind: "len" },
    ],
    handler: rtSigaction,
    meaning: "Says what a signal does, and what it did: rt_sigaction(2)",
  },
  {
    number: 135,
    name: "rt_sigprocmask",
    arguments: [
      { name: "how", kind: "hex", names: { 0: "SIG_BLOCK", 1: "SIG_UNBLOCK", 2: "SIG_SETMASK" } },
      { name: "set", kind: "sigset" },
      { name: "oldset", kind: "ptr" },
      { name: "sigsetsize", kind: "len" },
    ],
    handler: rtSigprocmask,
    meaning: "Blocks and unblocks signals: rt_sigprocmask(2)",
  },
  {
    number: 136,
    name: "rt_sigpending",
    arguments: [
      { name: "set", kind: "ptr" },
      { name: "sigsetsize", kind: "len" },
    ],
    handler: rtSigpending,
    meaning: "Tells which blocked signals wait: rt_sigpending(2)",
  },
];
