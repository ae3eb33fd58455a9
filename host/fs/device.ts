// Character devices: null, zero, full, random, the terminal, and the standard streams of the console.

import { EFAULT, ENOSPC } from "../syscalls/errno.ts";
import { CONSOLE, disciplineOf, readTerminal, terminalChannel, writeStream } from "./console.ts";
import { S_IFCHR, S_IFIFO } from "./flags.ts";
import { fillRandom } from "./random.ts";
import type { FileServices } from "./services.ts";
import type { DeviceInode, DeviceName, FileSystemState, LineDiscipline } from "./state.ts";
import { putZeros, type Sink, type Source } from "./transfer.ts";

/** Major and minor numbers as Linux gives them (Documentation/admin-guide/devices.txt). */
const NUMBERS: Readonly<Record<DeviceName, readonly [major: number, minor: number]>> = {
  null: [1, 3],
  zero: [1, 5],
  full: [1, 7],
  random: [1, 8],
  urandom: [1, 9],
  tty: [5, 0],
  console: [5, 1],
  stream: [136, 0],
};

const RANDOM_CHUNK = 4096;

/** Whether the device is a terminal; a stream is one if the console says so. */
export function isTerminal(files: FileSystemState, inode: DeviceInode): boolean {
  if (inode.device === "stream") return files.terminals[CONSOLE].streams[inode.unit];
  return inode.device === "tty" || inode.device === "console";
}

/** File type and device numbers as stat tells them; a stream that is no terminal shows as a pipe. */
export function deviceIdentity(
  files: FileSystemState,
  inode: DeviceInode,
): { type: number; major: number; minor: number } {
  if (inode.device === "stream" && !isTerminal(files, inode)) return { type: S_IFIFO, major: 0, minor: 0 };
  const [major, minor] = NUMBERS[inode.device];
  return { type: S_IFCHR, major, minor };
}

/** Whether reads and writes go to the console. */
export function isConsole(inode: DeviceInode): boolean {
  return inode.device === "tty" || inode.device === "console" || inode.device === "stream";
}

/** Where a reader of the device waits; 0 if reading never waits. */
export function deviceChannel(inode: DeviceInode): number {
  return isConsole(inode) ? terminalChannel(CONSOLE) : 0;
}

/** Bytes read, 0 at the end, -EAGAIN if it must wait, -EFAULT. */
export function readDevice(files: FileSystemState, random: number[], inode: DeviceInode, sink: Sink): number {
  if (inode.device === "null" || sink.remaining === 0) return 0;
  if (isConsole(inode)) return readTerminal(files.terminals[CONSOLE], sink);
  if (inode.device === "zero" || inode.device === "full") return putZeros(sink, sink.remaining) || -EFAULT;
  return readRandom(random, sink) || -EFAULT;
}

function readRandom(random: number[], sink: Sink): number {
  let done = 0;
  while (sink.remaining > 0) {
    const bytes = new Uint8Array(Math.min(sink.remaining, RANDOM_CHUNK));
    fillRandom(random, bytes);
    const taken = sink.put(bytes);
    done += taken;
    if (taken < bytes.length) break;
  }
  return done;
}

/** The line discipline of a terminal; null if the device is none, or one without. */
export function deviceDiscipline(files: FileSystemState, inode: DeviceInode): LineDiscipline | null {
  if (!isConsole(inode)) return null;
  const terminal = files.terminals[CONSOLE];
  return inode.device === "stream" ? disciplineOf(terminal, inode.unit) : terminal.discipline;
}

/**
 * Bytes written, -ENOSPC (full), -EAGAIN (a terminal whose output is stopped), -EFAULT. null and zero do not look
 * at the bytes.
 */
export function writeDevice(
  files: FileSystemState,
  services: FileServices,
  inode: DeviceInode,
  source: Source,
): number {
  if (inode.device === "full") return -ENOSPC;
  if (!isConsole(inode)) return source.remaining;
  const stream = inode.device === "stream" && inode.unit === 2 ? 2 : 1;
  return writeStream(services, stream, deviceDiscipline(files, inode), source);
}
