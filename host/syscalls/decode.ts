// Arguments of system calls as text, in strace's form, from the kinds in the rows of the table. Pure
// functions: they look at a program's memory and return strings.

import { AT_FDCWD, O_ACCMODE, PATH_MAX } from "../fs/flags.ts";
import type { Argument, SystemCall } from "./call.ts";
import { OPEN_FLAG_NAMES, POLL_EVENT_NAMES } from "./flag-names.ts";
import { ioctlText } from "./ioctl-text.ts";
import { flagNames, hex, named, type Peek, pointer, viewAt } from "./scalars.ts";
import { signalName } from "./signal-names.ts";

/** Bytes of a buffer, and elements of an array, that are shown. */
const SHOWN_BYTES = 32;
const SHOWN_ELEMENTS = 16;
const SA_RESTORER = 0x04000000;

const WHENCE = ["SEEK_SET", "SEEK_CUR", "SEEK_END", "SEEK_DATA", "SEEK_HOLE"];
const CHILD_CODES = [
  "0",
  "CLD_EXITED",
  "CLD_KILLED",
  "CLD_DUMPED",
  "CLD_TRAPPED",
  "CLD_STOPPED",
  "CLD_CONTINUED",
];
const SIGACTION_FLAGS = {
  1: "SA_NOCLDSTOP",
  2: "SA_NOCLDWAIT",
  4: "SA_SIGINFO",
  67108864: "SA_RESTORER",
  134217728: "SA_ONSTACK",
  268435456: "SA_RESTART",
  1073741824: "SA_NODEFER",
  2147483648: "SA_RESETHAND",
};

/** A call as the decoder sees it. `result` is undefined while it has not returned. */
export interface CallView {
  readonly memory: Peek;
  /** Raw registers a0 .. a5. */
  readonly registers: ArrayLike<number>;
  readonly result: number | undefined;
}

// ── Scalars ───────────────────────────────────────────────────────────────────────────────────

function openFlags(value: number): string {
  const others = value & ~O_ACCMODE;
  const mode = OPEN_FLAG_NAMES[value & O_ACCMODE] ?? "O_ACCMODE";
  return others === 0 ? mode : `${mode}|${flagNames(others, OPEN_FLAG_NAMES)}`;
}

// ── Bytes and strings ─────────────────────────────────────────────────────────────────────────

const ESCAPES: Readonly<Record<number, string>> = {
  9: "\\t",
  10: "\\n",
  11: "\\v",
  12: "\\f",
  13: "\\r",
  34: '\\"',
  92: "\\\\",
};

/** Bytes in quotes with C's escapes. */
export function quote(bytes: Uint8Array): string {
  let text = "";
  bytes.forEach((byte, i) => {
    const next = bytes[i + 1];
    if (ESCAPES[byte]) text += ESCAPES[byte];
    else if (byte >= 32 && byte < 127) text += String.fromCharCode(byte);
    else text += `\\${byte.toString(8).padStart(next >= 48 && next <= 55 ? 3 : 1, "0")}`;
  });
  return `"${text}"`;
}

/** `length` bytes at an address, cut at what a line has room for. */
function bytesAt(memory: Peek, address: number, length: number): string {
  if (length > 0 && address === 0) return "NULL";
  const shown = Math.min(length >>> 0, SHOWN_BYTES);
  const bytes = memory.readSome(address, shown);
  if (bytes.length < shown) return pointer(address);
  return quote(bytes) + (shown < length >>> 0 ? "..." : "");
}

function stringAt(memory: Peek, address: number, limit: number): string {
  const bytes = memory.readSome(address, limit);
  const end = bytes.indexOf(0);
  if (end >= 0) return quote(bytes.subarray(0, end));
  return bytes.length < limit ? pointer(address) : `${quote(bytes)}...`;
}

// ── Structures ────────────────────────────────────────────────────────────────────────────────

function arrayAt(
  memory: Peek,
  address: number,
  count: number,
  size: number,
  element: (view: DataView) => string | null,
): string {
  const shown = Math.min(count >>> 0, SHOWN_ELEMENTS);
  const parts: string[] = [];
  for (let i = 0; i < shown; i++) {
    const view = viewAt(memory, (address + i * size) >>> 0, size);
    if (!view) return pointer(address);
    const text = element(view);
    if (text !== null) parts.push(text);
  }
  if (count >>> 0 > shown) parts.push("...");
  return `[${parts.join(", ")}]`;
}

/** The vector; `filled` is how many bytes of it count (those that a readv stored). */
function vectorAt(memory: Peek, address: number, count: number, filled: number): string {
  let left = filled;
  return arrayAt(memory, address, count, 8, (view) => {
    const base = view.getUint32(0, true);
    const length = view.getUint32(4, true);
    const shown = Math.min(length, left);
    left -= shown;
    return `{iov_base=${bytesAt(memory, base, shown)}, iov_len=${length}}`;
  });
}

function argvAt(memory: Peek, address: number): string {
  if (address === 0) return "NULL";
  const parts: string[] = [];
  for (let i = 0; ; i++) {
    const word = viewAt(memory, (address + 4 * i) >>> 0, 4);
    if (!word) return pointer(address);
    const string = word.getUint32(0, true);
    if (string === 0) break;
    if (i === SHOWN_ELEMENTS) {
      parts.push("...");
      break;
    }
    parts.push(stringAt(memory, string, SHOWN_BYTES + 1));
  }
  return `[${parts.join(", ")}]`;
}

function timespecAt(memory: Peek, address: number): string {
  const view = viewAt(memory, address, 16);
  if (!view) return pointer(address);
  return `{tv_sec=${view.getBigInt64(0, true)}, tv_nsec=${view.getInt32(8, true)}}`;
}

/** A set of signals, or what it leaves out if that is shorter. */
function signalSet(low: number, high: number): string {
  const inside: string[] = [];
  const outside: string[] = [];
  for (let signal = 1; signal <= 64; signal++) {
    const word = signal > 32 ? high : low;
    const name = signalName(signal).replace(/^SIG/, "");
    ((word >>> ((signal - 1) & 31)) & 1 ? inside : outside).push(name);
  }
  return inside.length > outside.length ? `~[${outside.join(" ")}]` : `[${inside.join(" ")}]`;
}

function signalSetAt(memory: Peek, address: number): string {
  const view = viewAt(memory, address, 8);
  return view ? signalSet(view.getUint32(0, true), view.getUint32(4, true)) : pointer(address);
}

function sigactionAt(memory: Peek, address: number): string {
  const view = viewAt(memory, address, 16);
  if (!view) return pointer(address);
  const handler = view.getUint32(0, true);
  const flags = view.getUint32(4, true);
  const hasRestorer = (flags & SA_RESTORER) !== 0;
  const mask = viewAt(memory, (address + (hasRestorer ? 12 : 8)) >>> 0, 8);
  if (!mask) return pointer(address);
  const set = signalSet(mask.getUint32(0, true), mask.getUint32(4, true));
  const name = ["SIG_DFL", "SIG_IGN"][handler] ?? hex(handler);
  const restorer = hasRestorer ? `, sa_restorer=${hex(view.getUint32(8, true))}` : "";
  return `{sa_handler=${name}, sa_mask=${set}, sa_flags=${flagNames(flags, SIGACTION_FLAGS)}${restorer}}`;
}

/** siginfo of a child's change of state, as waitid stores it; "{}" while nothing happened. */
function childInfoAt(memory: Peek, address: number): string {
  const view = viewAt(memory, address, 24);
  if (!view) return pointer(address);
  if (view.getInt32(0, true) === 0) return "{}";
  const code = view.getInt32(8, true);
  const status = view.getInt32(20, true);
  const shown = code === 1 ? String(status) : signalName(status);
  const name = signalName(view.getInt32(0, true));
  const pid = view.getInt32(12, true);
  return `{si_signo=${name}, si_code=${CHILD_CODES[code] ?? code}, si_pid=${pid}, si_uid=0, si_status=${shown}}`;
}

function pollTable(memory: Peek, address: number, count: number): string {
  return arrayAt(memory, address, count, 8, (view) => {
    const events = flagNames(view.getUint16(4, true), POLL_EVENT_NAMES);
    return `{fd=${view.getInt32(0, true)}, events=${events}}`;
  });
}

/** The descriptors of a poll that are ready. */
export function pollResult(memory: Peek, address: number, count: number): string {
  return arrayAt(memory, address, count, 8, (view) => {
    const events = view.getUint16(6, true);
    return events === 0
      ? null
      : `{fd=${view.getInt32(0, true)}, revents=${flagNames(events, POLL_EVENT_NAMES)}}`;
  });
}

// ── Arguments ─────────────────────────────────────────────────────────────────────────────────

/** Kinds whose text is known only when the call has returned. */
const STORED_BY_CALL: ReadonlySet<Argument["kind"]> = new Set([
  "outbuffer",
  "outstring",
  "outiovec",
  "ioctl",
  "pair",
  "wait",
]);

/** Whether the argument can only be shown after the call. */
export function isResult(argument: Argument): boolean {
  return STORED_BY_CALL.has(argument.kind);
}

/** An argument of a call; `register` is the index of its (first) register. */
export function argumentText(call: CallView, argument: Argument, register: number): string {
  const { memory, registers, result } = call;
  const value = registers[register] | 0;
  const next = registers[register + 1] | 0;
  const failed = result === undefined || result < 0;
  switch (argument.kind) {
    case "int":
    case "fd":
    case "pid":
      return named(value, argument.names, String(value));
    case "uint":
    case "len":
      return String(value >>> 0);
    case "hex":
      return named(value, argument.names, value === 0 ? "0" : hex(value));
    case "octal":
      return value === 0 ? "0" : `0${(value >>> 0).toString(8)}`;
    case "dirfd":
      return value === AT_FDCWD ? "AT_FDCWD" : String(value);
    case "ptr":
    case "struct":
      return pointer(value);
    case "path":
      return value === 0 ? "NULL" : stringAt(memory, value, PATH_MAX);
    case "string":
      return value === 0 ? "NULL" : stringAt(memory, value, SHOWN_BYTES);
    case "buffer":
      return bytesAt(memory, value, next);
    case "outbuffer":
      return failed ? pointer(value) : bytesAt(memory, value, result);
    case "outstring":
      return failed ? pointer(value) : stringAt(memory, value, PATH_MAX);
    case "argv":
      return argvAt(memory, value);
    case "signal":
      return value === 0 ? "0" : signalName(value);
    case "flags":
      if (argument.names === OPEN_FLAG_NAMES) return openFlags(value);
      return flagNames(value, argument.names ?? {});
    case "offset64":
      return String((BigInt(next) << 32n) | BigInt(value >>> 0));
    case "iovec":
      return vectorAt(memory, value, next, Infinity);
    case "outiovec":
      return failed ? pointer(value) : vectorAt(memory, value, next, result);
    case "timespec":
      return timespecAt(memory, value);
    case "pollfds":
      return value === 0 ? "NULL" : pollTable(memory, value, next);
    case "sigset":
      return signalSetAt(memory, value);
    case "sigaction":
      return sigactionAt(memory, value);
    case "whence":
      return WHENCE[value] ?? String(value);
    case "wait":
      return failed ? pointer(value) : childInfoAt(memory, value);
    case "ioctl":
      return ioctlText(memory, registers[register - 1] | 0, value, failed);
    case "pair":
      return failed ? pointer(value) : arrayAt(memory, value, 2, 4, (view) => String(view.getInt32(0, true)));
  }
}

/** How many of a row's arguments the call really has: some depend on others. */
export function shownArguments(row: SystemCall, registers: ArrayLike<number>): number {
  const last = row.arguments[row.arguments.length - 1];
  if (!last?.onlyIf) return row.arguments.length;
  const { register, mask, values } = last.onlyIf;
  const isThere = values.includes(registers[register] & mask);
  return row.arguments.length - (isThere ? 0 : 1);
}
