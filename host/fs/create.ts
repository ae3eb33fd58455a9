// A new file system: the root, /bin, /tmp, /dev with its devices; and the first process's descriptors.

import type { ProcessState } from "../kernel/state.ts";
import { install } from "./descriptors.ts";
import { addEntry } from "./directory.ts";
import { O_RDONLY, O_RDWR, O_WRONLY } from "./flags.ts";
import { makeDevice, makeDirectory } from "./inode.ts";
import { makeOpenFile } from "./open-file.ts";
import type { DeviceName, FileSystemLimits, FileSystemState } from "./state.ts";
import { createTerminal, type TerminalOptions } from "./terminal.ts";

const DEFAULT_LIMITS: FileSystemLimits = {
  bytes: 256 * 1024 * 1024,
  inodes: 65536,
  openFiles: 65536,
  fileBytes: 2 ** 40,
};

export interface FileSystemOptions extends TerminalOptions {
  readonly limits?: Partial<FileSystemLimits>;
  /** Seconds since 1970 at the machine's start; default 0. */
  readonly bootSeconds?: number;
}

const DEVICES: readonly (readonly [DeviceName, number])[] = [
  ["null", 0o666],
  ["zero", 0o666],
  ["full", 0o666],
  ["random", 0o666],
  ["urandom", 0o666],
  ["tty", 0o666],
  ["console", 0o600],
];

export function createFileSystem(options: FileSystemOptions = {}): FileSystemState {
  const files: FileSystemState = {
    inodes: [null],
    freeInodes: [],
    openFiles: [null],
    freeOpenFiles: [],
    terminals: [createTerminal(options)],
    mounts: [{ path: "/", root: 1, readOnly: false }],
    root: 1,
    nextSerial: 1,
    bytesUsed: 0,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    bootSeconds: options.bootSeconds ?? 0,
  };
  files.root = makeDirectory(files, 0, 0o755, 0, 0);
  addDirectory(files, "bin", 0o755);
  const dev = addDirectory(files, "dev", 0o755);
  addDirectory(files, "tmp", 0o1777);
  for (const [device, mode] of DEVICES) addEntry(files, dev, device, makeDevice(files, device, 0, mode), 0);
  return files;
}

function addDirectory(files: FileSystemState, name: string, mode: number): number {
  const id = makeDirectory(files, 0, mode, files.root, 0);
  addEntry(files, files.root, name, id, 0);
  return id;
}

/** Gives a process without descriptors the console's streams as 0, 1 and 2. A terminal is open both ways. */
export function openStandardStreams(files: FileSystemState, process: ProcessState): void {
  for (let unit = 0; unit < 3; unit++) {
    const isTerminal = files.terminals[0].streams[unit];
    const id = makeDevice(files, "stream", unit, isTerminal ? 0o620 : 0o600);
    const flags = isTerminal ? O_RDWR : unit === 0 ? O_RDONLY : O_WRONLY;
    install(files, process, unit, makeOpenFile(files, id, flags), false);
  }
}
