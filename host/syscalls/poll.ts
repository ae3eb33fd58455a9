// ppoll: waits until one of several descriptors is ready, or a time has passed. A process that waits is
// listed in the kernel's pollers with the channels that concern it; it sleeps on its own channel.

import { WAIT_KIND_SHIFT, WAIT_POLL } from "../../assembly/layout.ts";
import { CONSOLE, disciplineOf, terminalChannel } from "../fs/console.ts";
import { descriptorLimit, fileOf } from "../fs/descriptors.ts";
import { deviceDiscipline, isConsole } from "../fs/device.ts";
import { isReadable, isWritable, O_PATH } from "../fs/flags.ts";
import { inodeOf } from "../fs/inode.ts";
import { hasRoom } from "../fs/pipe.ts";
import { pipeReadChannel, pipeWriteChannel } from "../fs/pipe-end.ts";
import type { DeviceInode, OpenFile, PipeInode } from "../fs/state.ts";
import { isInputReady } from "../fs/terminal-input.ts";
import type { KernelState, SignalSet } from "../kernel/state.ts";
import type { Call, Outcome } from "./call.ts";
import { EFAULT, EINVAL } from "./errno.ts";
import { forgetPoller } from "./pollers.ts";
import { blockedBy, readSet, SIGSET_SIZE, setBlocked } from "./signal-sets.ts";

export const POLLIN = 0x001;
export const POLLPRI = 0x002;
export const POLLOUT = 0x004;
export const POLLERR = 0x008;
export const POLLHUP = 0x010;
export const POLLNVAL = 0x020;
export const POLLRDNORM = 0x040;
export const POLLWRNORM = 0x100;

const READ_EVENTS = POLLIN | POLLRDNORM;
const WRITE_EVENTS = POLLOUT | POLLWRNORM;
/** Reported whether asked for or not. */
const ALWAYS = POLLERR | POLLHUP;

const POLLFD_SIZE = 8;
const NANOSECONDS = 1e9;
/** Deadlines beyond this many ticks are never reached, and would not be exact. */
const FOREVER = 2 ** 52;

/** ppoll_time64(fds, count, timeout, sigmask, sigsetsize): while it waits, the mask is the process's. */
export function ppoll(
  call: Call,
  fds: number,
  count: number,
  timeout: number,
  mask: number,
  maskSize: number,
): Outcome {
  const waited = forgetPoller(call.kernel, call.slot);
  if (waited?.blocked) setBlocked(call, waited.blocked);
  const deadline = timeout === 0 ? FOREVER : pollDeadline(call, timeout >>> 0);
  if (deadline < 0) return deadline;
  if (mask !== 0 && maskSize !== SIGSET_SIZE) return -EINVAL;
  const blocked = mask === 0 ? null : readSet(call, mask);
  if (mask !== 0 && blocked === null) return -EFAULT;
  if (count >>> 0 > descriptorLimit(call.process)) return -EINVAL;
  const table = call.memory.read(fds >>> 0, count * POLLFD_SIZE)?.slice();
  if (count !== 0 && !table) return -EFAULT;
  const channels: number[] = [];
  const ready = table ? scan(call, new DataView(table.buffer), count, channels) : 0;
  if (ready === 0) {
    const isOver = call.services.now() >= deadline;
    const before = blocked && blockedBy(call);
    if (blocked !== null && !letThrough(call, blocked)) return 0;
    if (!isOver) return wait(call, channels, deadline, before);
    if (before !== null) setBlocked(call, before);
  }
  if (table && !storeEvents(call, fds >>> 0, new DataView(table.buffer), count)) return -EFAULT;
  if (timeout !== 0) storeRest(call, timeout >>> 0, deadline);
  if (blocked !== null) call.services.processes.settleSignals(call.slot); // what came while the mask held it back
  return ready;
}

/**
 * Blocks just these signals and acts on what is pending; false if that was the process's end. Descriptors that are
 * ready come first: then nothing is let through.
 */
function letThrough(call: Call, blocked: SignalSet): boolean {
  setBlocked(call, blocked);
  call.services.processes.settleSignals(call.slot);
  return call.kernel.processes[call.slot] !== null;
}

/** `blocked` is what the process gets back after the wait, if a mask holds during it. */
function wait(call: Call, channels: number[], deadline: number, blocked: SignalSet | null): Outcome {
  call.kernel.pollers.push({ slot: call.slot, channels, blocked });
  const channel = (WAIT_POLL << WAIT_KIND_SHIFT) | call.slot;
  return deadline < FOREVER ? { kind: "block", channel, deadline } : { kind: "block", channel };
}

/**
 * The time (ticks) at which the call ends, or a negated errno. It is computed when the call begins and
 * kept in the call's progress while it waits.
 */
function pollDeadline(call: Call, timeout: number): number {
  if (call.progress !== 0 || call.progress2 !== 0) return call.progress2 * 2 ** 32 + call.progress;
  const words = [0, 4, 8].map((offset) => call.memory.loadWord((timeout + offset) >>> 0));
  if (words.includes(null)) return -EFAULT;
  const [low, high, nanoLow] = words.map((word) => (word as number) >>> 0);
  if (high >> 31 !== 0 || nanoLow >= NANOSECONDS) return -EINVAL;
  const { clockHz } = call.services;
  const ticks = (high * 2 ** 32 + low) * clockHz + Math.ceil((nanoLow * clockHz) / NANOSECONDS);
  const deadline = Math.min(call.services.now() + ticks, FOREVER);
  call.progress = deadline >>> 0;
  call.progress2 = Math.floor(deadline / 2 ** 32);
  return deadline;
}

/** Linux tells how much of the time is left; a timeout in memory that cannot be written stays as it is. */
function storeRest(call: Call, timeout: number, deadline: number): void {
  const { clockHz } = call.services;
  const ticks = Math.max(0, deadline - call.services.now());
  const seconds = Math.floor(ticks / clockHz);
  const view = new DataView(new ArrayBuffer(16));
  view.setUint32(0, seconds >>> 0, true);
  view.setUint32(4, Math.floor(seconds / 2 ** 32), true);
  view.setUint32(8, Math.floor(((ticks - seconds * clockHz) * NANOSECONDS) / clockHz), true);
  const bytes = new Uint8Array(view.buffer);
  if (call.memory.writable(timeout, bytes.length) === bytes.length) call.memory.write(timeout, bytes);
}

function storeEvents(call: Call, fds: number, table: DataView, count: number): boolean {
  const bytes = new Uint8Array(2);
  for (let i = 0; i < count; i++) {
    const at = i * POLLFD_SIZE + 6;
    bytes[0] = table.getUint8(at);
    bytes[1] = table.getUint8(at + 1);
    if (call.memory.write((fds + at) >>> 0, bytes) < 2) return false;
  }
  return true;
}

/** Fills the events that happened; returns how many descriptors have some, and collects the channels. */
function scan(call: Call, table: DataView, count: number, channels: number[]): number {
  const { files } = call.kernel;
  let ready = 0;
  for (let i = 0; i < count; i++) {
    const fd = table.getInt32(i * POLLFD_SIZE, true);
    const wanted = table.getInt16(i * POLLFD_SIZE + 4, true) | ALWAYS;
    const file = fd < 0 ? null : fileOf(files, call.process, fd);
    let events = 0;
    if (fd >= 0)
      events = file && (file.flags & O_PATH) === 0 ? eventsOf(call, file, channels) & wanted : POLLNVAL;
    table.setInt16(i * POLLFD_SIZE + 6, events, true);
    if (events !== 0) ready++;
  }
  return ready;
}

function eventsOf(call: Call, file: OpenFile, channels: number[]): number {
  const inode = inodeOf(call.kernel.files, file.inode);
  if (inode.kind === "pipe") return pipeEvents(file, inode, channels);
  if (inode.kind === "device" && isConsole(inode)) return consoleEvents(call.kernel, file, inode, channels);
  return READ_EVENTS | WRITE_EVENTS;
}

function pipeEvents(file: OpenFile, pipe: PipeInode, channels: number[]): number {
  let events = 0;
  if (isReadable(file.flags)) {
    channels.push(pipeReadChannel(file.inode));
    if (pipe.queue.length > 0) events |= READ_EVENTS;
    if (pipe.writers === 0) events |= POLLHUP;
  }
  if (isWritable(file.flags)) {
    channels.push(pipeWriteChannel(file.inode));
    if (hasRoom(pipe)) events |= WRITE_EVENTS;
    if (pipe.readers === 0) events |= POLLERR;
  }
  return events;
}

function consoleEvents(kernel: KernelState, file: OpenFile, inode: DeviceInode, channels: number[]): number {
  const terminal = kernel.files.terminals[CONSOLE];
  channels.push(terminalChannel(CONSOLE));
  const isStopped = deviceDiscipline(kernel.files, inode)?.stopped ?? false;
  let events = isWritable(file.flags) && !isStopped ? WRITE_EVENTS : 0;
  if (!isReadable(file.flags)) return events;
  const discipline = disciplineOf(terminal, 0);
  const isReady = discipline
    ? isInputReady(terminal, discipline)
    : terminal.input.length > 0 || terminal.ended;
  if (isReady) events |= READ_EVENTS;
  if (terminal.ended && inode.device === "stream" && terminal.input.length === 0) events |= POLLHUP;
  return events;
}
