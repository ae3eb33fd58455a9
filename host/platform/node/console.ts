// stdin, stdout and stderr of the process. Output is written at once and in order, by system calls of our
// own: Node's streams would copy, buffer without end and cost start-up time. Bytes pass unchanged.

import { fstatSync, type Stats, statSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import type { InputStream, OutputStream } from "../platform.ts";

const RETRY_MS = 2;

/** A file descriptor to write to. A full pipe in non-blocking mode keeps the rest until `drained`. */
export function openOutput(descriptor: number): OutputStream {
  let waiting: Uint8Array[] = [];
  let closed = false;

  /** Writes what it can; returns what is left. */
  const push = (bytes: Uint8Array): Uint8Array | null => {
    let rest = bytes;
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EAGAIN") return rest;
      // The reader is gone, or there never was one: whatever the guest still says reaches nobody.
      if (code !== "EPIPE" && code !== "EBADF") throw error;
      closed = true;
      waiting = [];
    }
    return null;
  };

  return {
    get closed() {
      return closed;
    },
    isTerminal: isTerminal(descriptor),
    write(bytes) {
      if (closed) return true;
      const rest = waiting.length > 0 ? bytes : push(bytes);
      // The caller may reuse its buffer: what stays behind is copied.
      if (rest !== null) waiting.push(rest.slice());
      return waiting.length === 0;
    },
    async drained() {
      while (waiting.length > 0) {
        const rest = push(waiting[0]);
        if (rest === null) waiting.shift();
        else {
          waiting[0] = rest;
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        }
      }
    },
  };
}

/** The process's stdin, opened by the first read. */
export function openInput(): InputStream {
  let opened = false;
  let ended = false;
  const terminal = isTerminal(0);
  return {
    isTerminal: terminal,
    isFile: !terminal && isFile(0),
    async read(limit) {
      opened = true;
      const { stdin } = process;
      while (!ended) {
        const size = Math.min(limit, stdin.readableLength);
        const bytes: Buffer | null = size > 0 ? stdin.read(size) : stdin.read();
        if (bytes !== null) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
        await new Promise<void>((resolve) => {
          const done = () => {
            for (const event of ["end", "error", "close"]) stdin.off(event, end);
            stdin.off("readable", done);
            resolve();
          };
          const end = () => {
            ended = true;
            done();
          };
          for (const event of ["end", "error", "close"]) stdin.once(event, end);
          stdin.once("readable", done);
        });
      }
      return null;
    },
    release() {
      if (opened && !ended) process.stdin.destroy();
      ended = true;
    },
  };
}

/** Whether the descriptor is a terminal. Node's module that knows it is slow to load, so only where one can be. */
function isTerminal(descriptor: number): boolean {
  const status = statusOf(descriptor);
  if (!status?.isCharacterDevice() || isNull(status)) return false;
  const require = createRequire(import.meta.url);
  const { isatty }: typeof import("node:tty") = require("node:tty");
  return isatty(descriptor);
}

/** Of what is no terminal: a file or a device, whose bytes are there, or a pipe. */
function isFile(descriptor: number): boolean {
  const status = statusOf(descriptor);
  return status === undefined || status.isFile() || status.isCharacterDevice();
}

/** Undefined where the descriptor is closed: reading gives the end at once. */
function statusOf(descriptor: number): Stats | undefined {
  try {
    return fstatSync(descriptor);
  } catch {
    return undefined;
  }
}

function isNull(status: Stats): boolean {
  return status.rdev === statSync("/dev/null", { throwIfNoEntry: false })?.rdev;
}
