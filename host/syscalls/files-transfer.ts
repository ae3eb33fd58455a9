// System calls that move bytes: read, write and their vectored and positioned forms. The open file's
// kind decides how; a call that must wait returns the channel, and a write that was done in part keeps
// the count of bytes in the call's progress.

import { CONSOLE, disciplineOf, readLines, terminalChannel } from "../fs/console.ts";
import { readContent, writeContent } from "../fs/content.ts";
import { fileOf } from "../fs/descriptors.ts";
import { deviceChannel, isConsole, readDevice, writeDevice } from "../fs/device.ts";
import { isReadable, isWritable, O_APPEND, O_NONBLOCK } from "../fs/flags.ts";
import { inodeOf, markRead } from "../fs/inode.ts";
import { isCanonical } from "../fs/line-discipline.ts";
import { readPipe, writePipe } from "../fs/pipe.ts";
import { pipeReadChannel, pipeWriteChannel } from "../fs/pipe-end.ts";
import type { Inode, LineDiscipline, OpenFile, PipeInode, RegularInode, Terminal } from "../fs/state.ts";
import { readDeadline } from "../fs/terminal-input.ts";
import type { Sink, Source } from "../fs/transfer.ts";
import { userRange, userRanges } from "./buffers.ts";
import type { Call, Outcome } from "./call.ts";
import { EAGAIN, EBADF, EFBIG, EINVAL, EISDIR, EPIPE, ESPIPE } from "./errno.ts";
import { SIGPIPE } from "./signal-numbers.ts";

const SIGXFSZ = 25;
const RLIMIT_FSIZE = 1;

/** 64-bit offset from its two registers. */
export function wideOffset(low: number, high: number): number {
  return high * 2 ** 32 + (low >>> 0);
}

/** The largest size that the process may give to a file. */
export function fileSizeLimit(call: Call): number {
  const soft = call.process.limits[RLIMIT_FSIZE]?.[0] ?? -1;
  return soft < 0 ? Infinity : soft;
}

/** -EFBIG, with the signal if the process's own limit was the reason. */
export function tooLarge(call: Call, offset: number): number {
  if (offset >= fileSizeLimit(call)) call.services.signal(call.slot, SIGXFSZ);
  return -EFBIG;
}

/** A result of -EAGAIN becomes a wait, unless the open file says that it must not. */
function orWait(file: OpenFile, result: number, channel: number): Outcome {
  if (result !== -EAGAIN || (file.flags & O_NONBLOCK) !== 0) return result;
  return { kind: "block", channel };
}

// ── Reading ───────────────────────────────────────────────────────────────────────────────────

function readFrom(call: Call, file: OpenFile, sink: Sink): Outcome {
  const inode = inodeOf(call.kernel.files, file.inode);
  switch (inode.kind) {
    case "pipe":
      return orWait(file, readPipe(call.services, file.inode, inode, sink), pipeReadChannel(file.inode));
    case "file": {
      const count = readRegular(call, inode, file.offset, sink);
      if (count > 0) file.offset += count;
      return count;
    }
    case "device": {
      const { files, random } = call.kernel;
      const terminal = files.terminals[CONSOLE];
      const discipline = isConsole(inode) ? disciplineOf(terminal, 0) : null;
      if (discipline) return readTerminalLines(call, file, terminal, discipline, sink);
      return orWait(file, readDevice(files, random, inode, sink), deviceChannel(inode));
    }
    case "directory":
      return -EISDIR;
    case "symlink":
      return -EINVAL;
  }
}

/** A terminal with a line discipline: may have to wait for a line, a count of bytes or a time. */
function readTerminalLines(
  call: Call,
  file: OpenFile,
  terminal: Terminal,
  discipline: LineDiscipline,
  sink: Sink,
): Outcome {
  if (sink.remaining === 0) return 0;
  const now = call.services.now();
  const deadline = readDeadline(
    terminal,
    discipline,
    sink.remaining,
    beginning(call, now),
    call.services.clockHz,
  );
  if (now >= deadline) return readLines(call.services, terminal, discipline, sink);
  if ((file.flags & O_NONBLOCK) === 0) {
    const channel = terminalChannel(CONSOLE);
    return deadline === Infinity ? { kind: "block", channel } : { kind: "block", channel, deadline };
  }
  const hasBytes = !isCanonical(discipline) && discipline.buffer.length > 0;
  return hasBytes ? readLines(call.services, terminal, discipline, sink) : -EAGAIN;
}

/** When the call began (ticks): kept in its progress, plus 1, while it waits. */
function beginning(call: Call, now: number): number {
  const kept = call.progress2 * 2 ** 32 + call.progress;
  if (kept > 0) return kept - 1;
  call.progress = (now + 1) >>> 0;
  call.progress2 = Math.floor((now + 1) / 2 ** 32);
  return now;
}

function readRegular(call: Call, inode: RegularInode, offset: number, sink: Sink): number {
  const count = readContent(inode, offset, sink);
  if (count >= 0) markRead(call.kernel.files, inode, call.services.now());
  return count;
}

function readAt(call: Call, file: OpenFile, offset: number, sink: Sink): Outcome {
  const inode = inodeOf(call.kernel.files, file.inode);
  if (inode.kind === "file") return readRegular(call, inode, offset, sink);
  return readFrom(call, file, sink);
}

function readableFile(call: Call, fd: number): OpenFile | null {
  const file = fileOf(call.kernel.files, call.process, fd);
  return file && isReadable(file.flags) ? file : null;
}

/** read(fd, buffer, length) */
export function read(call: Call, fd: number, buffer: number, length: number): Outcome {
  const file = readableFile(call, fd);
  if (!file) return -EBADF;
  const sink = userRange(call.memory, buffer, length);
  return typeof sink === "number" ? sink : readFrom(call, file, sink);
}

/** readv(fd, vector, count) */
export function readv(call: Call, fd: number, vector: number, count: number): Outcome {
  const file = readableFile(call, fd);
  if (!file) return -EBADF;
  const sink = userRanges(call.memory, vector, count, 0);
  return typeof sink === "number" ? sink : readFrom(call, file, sink);
}

/** pread64(fd, buffer, length, offset) */
export function pread64(
  call: Call,
  fd: number,
  buffer: number,
  length: number,
  low: number,
  high: number,
): Outcome {
  if (high < 0) return -EINVAL;
  const file = fileOf(call.kernel.files, call.process, fd);
  if (!file) return -EBADF;
  if (!isSeekable(inodeOf(call.kernel.files, file.inode))) return -ESPIPE;
  if (!isReadable(file.flags)) return -EBADF;
  const sink = userRange(call.memory, buffer, length);
  return typeof sink === "number" ? sink : readAt(call, file, wideOffset(low, high), sink);
}

// ── Writing ───────────────────────────────────────────────────────────────────────────────────

/** `total` is the length of the whole call, of which `call.progress` bytes are done. */
function writeTo(call: Call, file: OpenFile, source: Source, total: number): Outcome {
  const inode = inodeOf(call.kernel.files, file.inode);
  switch (inode.kind) {
    case "pipe":
      return writeToPipe(call, file, inode, source, total);
    case "file": {
      const offset = (file.flags & O_APPEND) !== 0 ? inode.size : file.offset;
      const count = writeRegular(call, inode, offset, source);
      if (count > 0) file.offset = offset + count;
      return count;
    }
    case "device":
      return orWait(file, writeDevice(call.kernel.files, call.services, inode, source), deviceChannel(inode));
    default:
      return -EBADF;
  }
}

function writeRegular(call: Call, inode: RegularInode, offset: number, source: Source): number {
  const { kernel, services } = call;
  const count = writeContent(kernel.files, inode, offset, source, fileSizeLimit(call), services.now());
  return count === -EFBIG ? tooLarge(call, offset) : count;
}

function writeToPipe(call: Call, file: OpenFile, pipe: PipeInode, source: Source, total: number): Outcome {
  const waits = (file.flags & O_NONBLOCK) === 0;
  const count = writePipe(call.services, file.inode, pipe, source, total);
  if (count === -EPIPE) call.services.signal(call.slot, SIGPIPE);
  const done = call.progress + Math.max(count, 0);
  if (waits && (count === -EAGAIN || (count > 0 && done < total && source.remaining === total - done))) {
    call.progress = done;
    return { kind: "block", channel: pipeWriteChannel(file.inode) };
  }
  return done > 0 ? done : count;
}

function writableFile(call: Call, fd: number): OpenFile | null {
  const file = fileOf(call.kernel.files, call.process, fd);
  return file && isWritable(file.flags) ? file : null;
}

/** write(fd, buffer, length) */
export function write(call: Call, fd: number, buffer: number, length: number): Outcome {
  const file = writableFile(call, fd);
  if (!file) return -EBADF;
  const whole = userRange(call.memory, buffer, length);
  if (typeof whole === "number") return whole;
  const total = whole.remaining;
  const done = call.progress;
  const rest = done === 0 ? whole : userRange(call.memory, buffer + done, total - done);
  return typeof rest === "number" ? rest : writeTo(call, file, rest, total);
}

/** writev(fd, vector, count) */
export function writev(call: Call, fd: number, vector: number, count: number): Outcome {
  const file = writableFile(call, fd);
  if (!file) return -EBADF;
  const source = userRanges(call.memory, vector, count, call.progress);
  if (typeof source === "number") return source;
  return writeTo(call, file, source, source.remaining + call.progress);
}

/** pwrite64(fd, buffer, length, offset): with O_APPEND at the end, as Linux does. */
export function pwrite64(
  call: Call,
  fd: number,
  buffer: number,
  length: number,
  low: number,
  high: number,
): Outcome {
  if (high < 0) return -EINVAL;
  const file = fileOf(call.kernel.files, call.process, fd);
  if (!file) return -EBADF;
  const inode = inodeOf(call.kernel.files, file.inode);
  if (!isSeekable(inode)) return -ESPIPE;
  if (!isWritable(file.flags)) return -EBADF;
  const source = userRange(call.memory, buffer, length);
  if (typeof source === "number") return source;
  if (inode.kind !== "file") return writeTo(call, file, source, source.remaining);
  const offset = (file.flags & O_APPEND) !== 0 ? inode.size : wideOffset(low, high);
  return writeRegular(call, inode, offset, source);
}

/** Whether the open file has an offset that can be set. */
export function isSeekable(inode: Inode): boolean {
  return inode.kind !== "pipe" && !(inode.kind === "device" && isConsole(inode));
}
