// What a system call handler sees and returns. A handler reads its arguments, changes the kernel's
// plain state, and returns an outcome; the kernel's dispatcher alone acts on it. Handlers never touch
// registers, the scheduler or the wasm instance.

import type { FileServices } from "../fs/services.ts";
import type { KernelState, ProcessState } from "../kernel/state.ts";
import type { VirtualMemory } from "../memory/space.ts";

/** The call must wait: it is run again when one of the channels (WAIT_* << 24 | object) is woken. */
export interface Blocked {
  readonly kind: "block";
  readonly channel: number;
  /** Virtual time (ticks of the machine's clock) after which the call is run again anyway. */
  readonly deadline?: number;
}

/** The process ends with this wait status (exit code << 8, or a signal number). */
export interface Exited {
  readonly kind: "exit";
  readonly status: number;
}

/** The process runs a new program: context is set, nothing is returned. */
export interface Replaced {
  readonly kind: "replaced";
}

/** The process gives its hart up, then returns `value`. */
export interface Yielded {
  readonly kind: "yield";
  readonly value: number;
}

/** A number is the value in a0: 0 .. 2^32-1, or a negated errno -4095 .. -1. */
export type Outcome = number | Blocked | Exited | Replaced | Yielded;

/**
 * The calling process's memory, page by page through its page tables; pages that the program may touch but
 * that are not present yet are brought in. Addresses and lengths are taken modulo 2^32 (`>>> 0`); a range that
 * wraps past 2^32 faults at the wrap.
 */
export interface UserMemory {
  /** The bytes, or null if any of them cannot be read. Valid until the next call of this interface. */
  read(address: number, length: number): Uint8Array | null;
  /** The readable bytes before the first fault, at most `length`: shorter than asked means EFAULT. */
  readSome(address: number, length: number): Uint8Array;
  /** Copies `bytes` out; returns how many were written before the first fault. */
  write(address: number, bytes: Uint8Array): number;
  /** How many of `length` bytes could be written before the first fault (brings the pages in). */
  writable(address: number, length: number): number;
  /** 32-bit word, little endian, any alignment; null on a fault. */
  loadWord(address: number): number | null;
  /** False on a fault, with nothing written. */
  storeWord(address: number, value: number): boolean;
  /** NUL-terminated byte string without the NUL; -EFAULT, or -ENAMETOOLONG if no NUL within `limit` bytes. */
  string(address: number, limit: number): string | number;
}

/** What handlers may ask of the rest of the machine. */
export interface KernelServices extends FileServices {
  /** Sends a signal that the call itself caused (SIGPIPE, SIGXFSZ) to the calling process. */
  signal(slot: number, signal: number): void;
  readonly clockHz: number;
  readonly processes: ProcessServices;
  /** Page tables, page cache and mapped files: what the memory calls work on. */
  readonly virtualMemory: VirtualMemory;
}

/** How clone(2) makes a child, as far as it is supported. */
export interface ForkOptions {
  /** The child uses the parent's space, and the parent waits until it execs or ends (vfork). */
  readonly share: boolean;
  /** Stack pointer of the child, or 0 for the parent's. */
  readonly stack: number;
  /** Signal sent to the parent at the child's end, or 0. */
  readonly exitSignal: number;
}

/** The process table as handlers see it: fields of PCBs by slot, and requests that the kernel carries out. */
export interface ProcessServices {
  /** A 32-bit field (PCB_* offset), unsigned. */
  field(slot: number, offset: number): number;
  setField(slot: number, offset: number, value: number): void;
  /** Moves a process to another group or session: fields that are not set directly. */
  setGroup(slot: number, pgid: number): void;
  setSession(slot: number, sid: number): void;
  /** A 64-bit field as a number, exact up to 2^53. */
  time(slot: number, offset: number): number;
  /** Slot of a process by pid, zombies included; 0 if there is none. */
  slotOf(pid: number): number;
  /** Slots in use lie below. */
  slotLimit(): number;
  /** Live processes, zombies included. */
  count(): number;
  /** Frames of guest RAM in all, and in use. */
  frames(): { total: number; used: number };
  /** Makes a child of the process; its pid, or a negated errno. */
  fork(slot: number, options: ForkOptions): number;
  /** Replaces the process's program. */
  execute(slot: number, path: string, args: string[], environment: string[]): number | Replaced;
  /** Sends a signal; the sender is a pid, 0 for the kernel. */
  signal(slot: number, signal: number, sender: number): void;
  /** The process has a new action for the signal. */
  actionChanged(slot: number, signal: number): void;
  /** Acts on pending signals that are no longer blocked. */
  settleSignals(slot: number): void;
  /** Takes a zombie out of the table. */
  reap(slot: number): void;
}

export interface Call {
  /** Slot of the calling process in the process table. */
  readonly slot: number;
  readonly process: ProcessState;
  readonly kernel: KernelState;
  readonly memory: UserMemory;
  readonly services: KernelServices;
  /** Two words that the handler may keep across blocking; 0 when the call begins. u32. */
  progress: number;
  progress2: number;
}

/** Arguments are the raw registers a0..a5 as signed 32-bit integers. */
export type Handler = (
  call: Call,
  a0: number,
  a1: number,
  a2: number,
  a3: number,
  a4: number,
  a5: number,
) => Outcome;

/** How an argument is decoded by the trace, the documentation and hover texts. */
export type ArgumentKind =
  | "int"
  | "uint"
  | "hex"
  | "octal"
  | "fd"
  | "dirfd"
  | "pid"
  | "ptr"
  | "len"
  | "path"
  | "string"
  | "buffer"
  | "outbuffer"
  /** A string that the call stores, with its NUL counted in the result. */
  | "outstring"
  /** What an ioctl's argument is depends on its request. */
  | "ioctl"
  | "argv"
  | "signal"
  | "flags"
  | "offset64"
  | "iovec"
  /** An iovec that the call fills. */
  | "outiovec"
  | "timespec"
  | "pollfds"
  | "sigset"
  | "sigaction"
  | "struct"
  | "whence"
  | "wait"
  | "pair";

export interface Argument {
  readonly name: string;
  readonly kind: ArgumentKind;
  /** Names of flag bits or of values, for kind "flags", "hex" and the like: value to name. */
  readonly names?: Readonly<Record<number, string>>;
  /** The last argument only: there if the masked value of another register is one of these. */
  readonly onlyIf?: { readonly register: number; readonly mask: number; readonly values: readonly number[] };
}

/** One row of the system call table. */
export interface SystemCall {
  readonly number: number;
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly handler: Handler;
  /** One line of meaning; the man page it follows. */
  readonly meaning: string;
}
