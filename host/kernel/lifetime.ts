// A process's life but for its program: fork, exit, reaping. The core keeps the table, the tree and the page
// tables; here both halves are changed together, and a failing call leaves both as they were.

import {
  INIT_PID,
  PCB_EXIT_SIGNAL,
  PCB_FIRST_CHILD,
  PCB_NEXT_SIBLING,
  PCB_PARENT,
  PCB_PC,
  PCB_PID,
  PCB_ROOT,
  PCB_STATE,
  PCB_VFORK_PARENT,
  STATE_ZOMBIE,
  WAIT_CHILD,
} from "../../assembly/layout.ts";
import { closeAll, duplicateDescriptors, shareWorkingDirectory } from "../fs/descriptors.ts";
import { contextRegister, pcbWord } from "../machine/core.ts";
import { evictPages } from "../memory/cache.ts";
import { forkSpace } from "../memory/space.ts";
import type { ForkOptions } from "../syscalls/call.ts";
import { EAGAIN, ENOMEM } from "../syscalls/errno.ts";
import { forgetPoller } from "../syscalls/pollers.ts";
import { SIG_IGN, SIGCHLD } from "../syscalls/signal-numbers.ts";
import type { Kernel } from "./kernel.ts";
import { addSpace, leaveSpace, releaseVforkParent, waitChannel } from "./spaces.ts";
import type { ProcessState } from "./state.ts";

/** Bytes of an ecall: it has no compressed form. */
export const ECALL_SIZE = 4;
const STACK_POINTER = 2;
const RESULT = 10;
const SA_NOCLDWAIT = 2;
const RLIMIT_NPROC = 6;
const UNLIMITED = -1;

/** Makes a child of the process (clone(2) as fork or vfork). Its pid, or -EAGAIN, -ENOMEM. */
export function forkProcess(kernel: Kernel, parent: number, options: ForkOptions): number {
  const { core, state } = kernel;
  const process = state.processes[parent];
  if (!process) throw new Error(`assertion: slot ${parent} forks and is no process`);
  const [own] = process.limits[RLIMIT_NPROC];
  const most = kernel.configuration.processes;
  const limit = own === UNLIMITED ? most : Math.min(own, most);
  if (kernel.services.processes.count() >= limit) return -EAGAIN;
  const share = options.share ? 1 : 0;
  let child = core.processFork(parent, share);
  if (child === 0 && evictPages(state.pageCache, core) > 0) child = core.processFork(parent, share);
  if (child === 0) return -ENOMEM;
  state.processes[child] = copyProcess(kernel, process, child, options.share);
  const { words } = core;
  words[pcbWord(child, contextRegister(RESULT))] = 0;
  words[pcbWord(child, PCB_PC)] += ECALL_SIZE;
  words[pcbWord(child, PCB_EXIT_SIGNAL)] = options.exitSignal;
  if (options.stack !== 0) words[pcbWord(child, contextRegister(STACK_POINTER))] = options.stack;
  if (options.share) words[pcbWord(child, PCB_VFORK_PARENT)] = parent;
  core.processRun(child);
  return words[pcbWord(child, PCB_PID)];
}

function copyProcess(kernel: Kernel, parent: ProcessState, child: number, share: boolean): ProcessState {
  const { state, core } = kernel;
  return {
    pid: core.unsigned[pcbWord(child, PCB_PID)],
    space: share ? shareSpace(kernel, parent.space) : copySpace(kernel, parent.space, child),
    descriptors: duplicateDescriptors(state, parent),
    workingDirectory: shareWorkingDirectory(state, parent),
    umask: parent.umask,
    executable: parent.executable,
    hasExecuted: false,
    arguments: parent.arguments,
    // Actions and limits are replaced, never changed, so that both may share them.
    actions: parent.actions.slice(),
    limits: parent.limits.slice(),
  };
}

function shareSpace(kernel: Kernel, index: number): number {
  const space = kernel.state.spaces[index];
  if (space) space.users++;
  return index;
}

function copySpace(kernel: Kernel, index: number, child: number): number {
  const space = kernel.state.spaces[index];
  if (!space) return -1;
  return addSpace(kernel, forkSpace(kernel.virtualMemory, space, rootOf(kernel, child)));
}

/**
 * Ends a process with a wait status: files closed, memory released, children to init, the parent told. Nothing
 * is left of it but its PCB, until the parent reaps it. Does nothing to a zombie.
 */
export function exitProcess(kernel: Kernel, slot: number, status: number): void {
  const { core, state } = kernel;
  const process = state.processes[slot];
  if (!process || core.unsigned[pcbWord(slot, PCB_STATE)] === STATE_ZOMBIE) return;
  const orphans = childrenOf(kernel, slot);
  closeAll(state, kernel, process);
  forgetPoller(kernel.state, slot);
  releaseVforkParent(kernel, slot);
  core.processExit(slot, status);
  leaveSpace(kernel, process);
  state.processes[slot] = null;
  kernel.observer.processEnds?.(slot, status);
  if (orphans.length > 0) adopted(kernel, orphans);
  tellParent(kernel, slot);
  if (core.words[pcbWord(slot, PCB_PID)] === INIT_PID) state.status = status;
}

/** Init may have been given zombies, so it looks again. */
function childrenOf(kernel: Kernel, slot: number): number[] {
  const { words } = kernel.core;
  const children: number[] = [];
  let child = words[pcbWord(slot, PCB_FIRST_CHILD)];
  for (; child !== 0; child = words[pcbWord(child, PCB_NEXT_SIBLING)]) children.push(child);
  return children;
}

/** Init has new children: whatever their first parent wanted to be told, it is told of their end by SIGCHLD. */
function adopted(kernel: Kernel, children: readonly number[]): void {
  const { core } = kernel;
  const init = core.pidSlot(INIT_PID);
  if (init === 0) return;
  for (const child of children) {
    core.words[pcbWord(child, PCB_EXIT_SIGNAL)] = SIGCHLD;
    if (core.words[pcbWord(child, PCB_STATE)] === STATE_ZOMBIE) tellParent(kernel, child);
  }
  core.wakeup(waitChannel(WAIT_CHILD, init));
}

function tellParent(kernel: Kernel, slot: number): void {
  const { core, state } = kernel;
  const parent = core.words[pcbWord(slot, PCB_PARENT)];
  if (parent === 0) return;
  const signal = core.words[pcbWord(slot, PCB_EXIT_SIGNAL)];
  if (signal !== 0) kernel.services.processes.signal(parent, signal, core.words[pcbWord(slot, PCB_PID)]);
  const action = state.processes[parent]?.actions[SIGCHLD];
  const unwanted = action?.handler === SIG_IGN || ((action?.flags ?? 0) & SA_NOCLDWAIT) !== 0;
  if (signal === SIGCHLD && unwanted) core.processReap(slot);
  core.wakeup(waitChannel(WAIT_CHILD, parent));
}

function rootOf(kernel: Kernel, slot: number): number {
  return kernel.core.unsigned[pcbWord(slot, PCB_ROOT)];
}
