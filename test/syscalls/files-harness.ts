// A process with flat memory and a file system, without a machine: for tests of the file calls.

import { createFileSystem, type FileSystemOptions, openStandardStreams } from "../../host/fs/create.ts";
import { duplicateDescriptors, shareWorkingDirectory } from "../../host/fs/descriptors.ts";
import { retainInode } from "../../host/fs/inode.ts";
import { seedRandom } from "../../host/fs/random.ts";
import type { KernelState, ProcessState } from "../../host/kernel/state.ts";
import type { Call, KernelServices, Outcome, UserMemory } from "../../host/syscalls/call.ts";
import { EFAULT, ENAMETOOLONG } from "../../host/syscalls/errno.ts";
import { fileCalls } from "../../host/syscalls/files.ts";

export const PAGE = 4096;
export const PAGES = 64;
/** Page 0 cannot be touched, page 1 can only be read; the rest can be written. Behind it is nothing. */
export const READ_ONLY_PAGE = PAGE;
export const DATA = 2 * PAGE;
export const MEMORY_END = PAGES * PAGE;

/** Memory as a flat array, with a permission for each page. */
export class FakeMemory implements UserMemory {
  readonly bytes = new Uint8Array(MEMORY_END);

  private span(address: number, length: number, firstPage: number): number {
    const from = address >>> 0;
    if (from < firstPage * PAGE) return 0;
    return Math.max(0, Math.min(length >>> 0, MEMORY_END - from));
  }

  read(address: number, length: number): Uint8Array | null {
    const bytes = this.readSome(address, length);
    return bytes.length === length >>> 0 ? bytes : null;
  }

  readSome(address: number, length: number): Uint8Array {
    const from = address >>> 0;
    return this.bytes.subarray(from, from + this.span(address, length, 1));
  }

  write(address: number, bytes: Uint8Array): number {
    const count = this.writable(address, bytes.length);
    this.bytes.set(bytes.subarray(0, count), count > 0 ? address >>> 0 : 0);
    return count;
  }

  writable(address: number, length: number): number {
    return this.span(address, length, 2);
  }

  loadWord(address: number): number | null {
    const bytes = this.read(address, 4);
    return bytes ? bytes[0] | (bytes[1] << 8) | (bytes[2] << 16) | (bytes[3] << 24) : null;
  }

  storeWord(address: number, value: number): boolean {
    if (this.writable(address, 4) < 4) return false;
    this.write(address, Uint8Array.of(value, value >> 8, value >> 16, value >> 24));
    return true;
  }

  string(address: number, limit: number): string | number {
    const bytes = this.readSome(address, limit);
    const end = bytes.indexOf(0);
    if (end >= 0) return String.fromCharCode(...bytes.subarray(0, end));
    return bytes.length < limit ? -EFAULT : -ENAMETOOLONG;
  }
}

export interface Machine {
  kernel: KernelState;
  /** Channels woken, in order. */
  woken: number[];
  /** Bytes that went outside, by stream. */
  outputs: number[][];
  signals: number[];
  time: number;
}

export class Process {
  readonly machine: Machine;
  readonly slot: number;
  readonly state: ProcessState;
  readonly memory = new FakeMemory();
  /** Progress of the call that waits. */
  progress = [0, 0];

  constructor(machine: Machine, slot: number, state: ProcessState) {
    this.machine = machine;
    this.slot = slot;
    this.state = state;
    machine.kernel.processes[slot] = state;
  }

  get services(): KernelServices {
    const { machine } = this;
    return {
      wakeup: (channel: number) => void machine.woken.push(channel),
      output: (stream: number, bytes: Uint8Array) => void machine.outputs[stream].push(...bytes),
      signal: (_slot: number, signal: number) => void machine.signals.push(signal),
      signalGroup: (_group: number, _session: number, signal: number) => void machine.signals.push(signal),
      now: () => machine.time,
      clockHz: 1_000_000,
    } as unknown as KernelServices;
  }

  /** Runs a system call by name. A call that waits keeps its progress for `again`. */
  call(name: string, ...args: number[]): Outcome {
    this.progress = [0, 0];
    return this.again(name, ...args);
  }

  /** Runs a call again that waited. */
  again(name: string, ...args: number[]): Outcome {
    const row = fileCalls.find((candidate) => candidate.name === name);
    if (!row) throw new Error(`no call ${name}`);
    const { kernel } = this.machine;
    const call: Call = {
      slot: this.slot,
      process: this.state,
      kernel,
      memory: this.memory,
      services: this.services,
      progress: this.progress[0],
      progress2: this.progress[1],
    };
    const [a0 = 0, a1 = 0, a2 = 0, a3 = 0, a4 = 0, a5 = 0] = args.map((value) => value | 0);
    const outcome = row.handler(call, a0, a1, a2, a3, a4, a5);
    this.progress = [call.progress, call.progress2];
    return outcome;
  }

  /** Puts a NUL-terminated byte string into memory; returns its address. */
  put(text: string, at: number = DATA): number {
    this.memory.bytes.set(
      Uint8Array.from(`${text}\0`, (character) => character.charCodeAt(0)),
      at,
    );
    return at;
  }

  /** Bytes of memory as a byte string. */
  text(address: number, length: number): string {
    return String.fromCharCode(...this.memory.bytes.subarray(address, address + length));
  }

  word(address: number): number {
    return new DataView(this.memory.bytes.buffer).getInt32(address, true);
  }

  setWords(address: number, ...words: number[]): number {
    const view = new DataView(this.memory.bytes.buffer);
    words.forEach((word, i) => {
      view.setInt32(address + 4 * i, word, true);
    });
    return address;
  }

  /** open(path, flags, mode) from the working directory. */
  open(path: string, flags: number, mode = 0o644): number {
    return this.call("openat", -100, this.put(path), flags, mode) as number;
  }

  write(fd: number, text: string): Outcome {
    return this.call("write", fd, this.put(text, DATA + PAGE), text.length);
  }

  /** Reads up to `length` bytes; the text, or the outcome if it is no count. */
  read(fd: number, length = 4096): string | Outcome {
    const count = this.call("read", fd, DATA + PAGE, length);
    return typeof count === "number" && count >= 0 ? this.text(DATA + PAGE, count) : count;
  }

  /** [read end, write end] */
  pipe(flags = 0): [number, number] {
    const result = this.call("pipe2", DATA, flags);
    if (result !== 0) throw new Error(`pipe2 gave ${String(result)}`);
    return [this.word(DATA), this.word(DATA + 4)];
  }

  /** A child that shares the open files. */
  fork(): Process {
    const { kernel } = this.machine;
    const slot = kernel.processes.length;
    return new Process(this.machine, slot, {
      ...this.state,
      pid: slot,
      descriptors: duplicateDescriptors(kernel, this.state),
      workingDirectory: shareWorkingDirectory(kernel, this.state),
    });
  }
}

/** A machine with one process that has the standard streams and works in "/". */
export function boot(options: FileSystemOptions = {}): Process {
  const files = createFileSystem(options);
  const kernel = {
    processes: [null],
    spaces: [],
    files,
    random: seedRandom(1, 2),
    pollers: [],
  } as unknown as KernelState;
  const machine: Machine = { kernel, woken: [], outputs: [[], [], []], signals: [], time: 1000 };
  retainInode(files, files.root);
  const state = {
    pid: 1,
    space: 0,
    descriptors: [],
    workingDirectory: files.root,
    umask: 0o022,
    executable: "",
    arguments: [],
    actions: [],
    limits: [],
  } as unknown as ProcessState;
  const process = new Process(machine, 1, state);
  openStandardStreams(files, state);
  return process;
}
