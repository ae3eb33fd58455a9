// Random sequences of file operations, and their execution by the machine's system calls.

import fc from "fast-check";
import {
  O_APPEND,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_NOFOLLOW,
  O_NONBLOCK,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
} from "../../host/fs/flags.ts";
import { DATA, PAGE, type Process } from "../syscalls/files-harness.ts";

/** An operation: its name, then its arguments. */
export type Operation = [name: string, ...args: (string | number)[]];
/** What it gave: a value, or a negated errno. */
export type Result = number | string | (number | string)[];

const BUFFER = DATA + 3 * PAGE;
const SECOND = DATA + 2 * PAGE;
const AT_FDCWD = -100;

// ── Generation ────────────────────────────────────────────────────────────────────────────────

const name = fc.constantFrom("a", "b", "c", "d");
const component = fc.oneof(
  { weight: 12, arbitrary: name },
  { weight: 1, arbitrary: fc.constantFrom(".", "..", "x".repeat(255), "x".repeat(256)) },
);
const path = fc
  .tuple(
    fc.constantFrom("", "", "", "/", "//"),
    fc.array(component, { minLength: 1, maxLength: 3 }),
    fc.constantFrom("/", "/", "/", "//"),
    fc.constantFrom("", "", "", "", "", "/", "//"),
  )
  .map(([before, parts, between, after]) => before + parts.join(between) + after);
const somePath = fc.oneof(
  { weight: 30, arbitrary: path },
  { weight: 1, arbitrary: fc.constantFrom("/", "", ".", "..") },
);
const fd = fc.integer({ min: 3, max: 7 });
const mode = fc.constantFrom(0o777, 0o644, 0o700, 0o600);
const length = fc.constantFrom(0, 1, 5, 100, 3000);
const offset = fc.constantFrom(0, 1, 7, 100, 2000, 5000);
const text = length.chain((count) =>
  fc.constantFrom("x", "yz").map((unit) => unit.repeat(count).slice(0, count)),
);
const openFlags = fc
  .tuple(
    fc.constantFrom(0, 0, O_WRONLY, O_RDWR, O_RDWR),
    fc.subarray([O_CREAT, O_CREAT | O_EXCL, O_TRUNC, O_APPEND, O_NOFOLLOW]),
    fc.constantFrom(0, 0, 0, 0, O_DIRECTORY),
  )
  .map(([access, flags, directory]) => {
    const all = flags.reduce((sum, flag) => sum | flag, access);
    return (all & O_CREAT) !== 0 ? all : all | directory;
  });

/** One operation with random arguments. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant("open"), somePath, openFlags, mode) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("close"), fd) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("read"), fd, length) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("write"), fd, text) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("pread"), fd, length, offset) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("pwrite"), fd, text, offset) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant("lseek"),
      fd,
      fc.constantFrom(-10, 0, 3, 5000),
      fc.integer({ min: 0, max: 2 }),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant("ftruncate"), fd, fc.constantFrom(0, 3, 4096, 9000)) },
  { weight: 4, arbitrary: fc.tuple(fc.constant("mkdir"), somePath, mode) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("rmdir"), somePath) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("unlink"), somePath) },
  { weight: 4, arbitrary: fc.tuple(fc.constant("rename"), somePath, somePath) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("link"), somePath, somePath) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("symlink"), somePath, somePath) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("readlink"), somePath) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("stat"), somePath) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("lstat"), somePath) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("fstat"), fd) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("list"), somePath) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("chdir"), somePath) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("getcwd")) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("dup"), fd) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("dup2"), fd, fd) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("flags"), fd) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("umask"), fc.constantFrom(0, 0o022, 0o077)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("pipe")) },
) as fc.Arbitrary<Operation>;

// ── Execution ─────────────────────────────────────────────────────────────────────────────────

function count(outcome: unknown): number {
  if (typeof outcome !== "number") throw new Error(`the call waits: ${JSON.stringify(outcome)}`);
  return outcome;
}

function bytes(process: Process, outcome: unknown): Result {
  const length = count(outcome);
  return length < 0 ? length : process.text(BUFFER, length);
}

function status(process: Process, outcome: unknown): Result {
  const error = count(outcome);
  if (error < 0) return error;
  const view = new DataView(process.memory.bytes.buffer, BUFFER);
  const type = view.getUint16(28, true) & 0o170000;
  const size = type === 0o100000 || type === 0o120000 ? view.getUint32(40, true) : 0;
  return [type, view.getUint16(28, true) & 0o7777, view.getUint32(16, true), size];
}

function listing(process: Process, path: string): Result {
  const directory = count(process.call("openat", AT_FDCWD, process.put(path), O_DIRECTORY, 0));
  if (directory < 0) return directory;
  const names: string[] = [];
  let size = count(process.call("getdents64", directory, BUFFER, 600));
  while (size > 0) {
    const view = new DataView(process.memory.bytes.buffer, BUFFER, size);
    for (let at = 0; at < size; at += view.getUint16(at + 16, true)) {
      const raw = process.text(BUFFER + at + 19, view.getUint16(at + 16, true) - 19);
      names.push(raw.slice(0, raw.indexOf("\0")));
    }
    size = count(process.call("getdents64", directory, BUFFER, 600));
  }
  process.call("close", directory);
  return size < 0 ? size : names.filter((entry) => entry !== "." && entry !== "..").sort();
}

function seek(process: Process, fd: number, offset: number, whence: number): Result {
  const error = count(process.call("_llseek", fd, offset < 0 ? -1 : 0, offset, BUFFER, whence));
  return error < 0 ? error : process.word(BUFFER);
}

type Run = (process: Process, ...args: never[]) => unknown;

const RUNS: Readonly<Record<string, Run>> = {
  open: (p, path: string, flags: number, mode: number) =>
    p.call("openat", AT_FDCWD, p.put(path), flags, mode),
  close: (p, fd: number) => p.call("close", fd),
  read: (p, fd: number, n: number) => bytes(p, p.call("read", fd, BUFFER, n)),
  write: (p, fd: number, data: string) => p.call("write", fd, p.put(data, BUFFER), data.length),
  pread: (p, fd: number, n: number, at: number) => bytes(p, p.call("pread64", fd, BUFFER, n, at, 0)),
  pwrite: (p, fd: number, data: string, at: number) =>
    p.call("pwrite64", fd, p.put(data, BUFFER), data.length, at, 0),
  lseek: seek,
  ftruncate: (p, fd: number, size: number) => p.call("ftruncate64", fd, size, 0),
  mkdir: (p, path: string, mode: number) => p.call("mkdirat", AT_FDCWD, p.put(path), mode),
  rmdir: (p, path: string) => p.call("unlinkat", AT_FDCWD, p.put(path), 0x200),
  unlink: (p, path: string) => p.call("unlinkat", AT_FDCWD, p.put(path), 0),
  rename: (p, old: string, next: string) =>
    p.call("renameat2", AT_FDCWD, p.put(old), AT_FDCWD, p.put(next, SECOND), 0),
  link: (p, old: string, next: string) =>
    p.call("linkat", AT_FDCWD, p.put(old), AT_FDCWD, p.put(next, SECOND), 0),
  symlink: (p, target: string, path: string) =>
    p.call("symlinkat", p.put(target), AT_FDCWD, p.put(path, SECOND)),
  readlink: (p, path: string) => bytes(p, p.call("readlinkat", AT_FDCWD, p.put(path), BUFFER, 1000)),
  stat: (p, path: string) => status(p, p.call("statx", AT_FDCWD, p.put(path), 0, 0x7ff, BUFFER)),
  lstat: (p, path: string) => status(p, p.call("statx", AT_FDCWD, p.put(path), 0x100, 0x7ff, BUFFER)),
  fstat: (p, fd: number) => status(p, p.call("statx", fd, p.put(""), 0x1000, 0x7ff, BUFFER)),
  list: listing,
  chdir: (p, path: string) => p.call("chdir", p.put(path)),
  getcwd: (p) => {
    const result = bytes(p, p.call("getcwd", BUFFER, 4096));
    return typeof result === "string" ? result.slice(0, -1) : result;
  },
  dup: (p, fd: number) => p.call("dup", fd),
  // dup2 of a descriptor to itself is the C library's: it only asks whether it is open.
  dup2: (p, old: number, next: number) => {
    if (old !== next) return p.call("dup3", old, next, 0);
    const flags = count(p.call("fcntl64", old, 1, 0));
    return flags < 0 ? flags : next;
  },
  flags: (p, fd: number) => p.call("fcntl64", fd, 3, 0),
  umask: (p, mask: number) => p.call("umask", mask),
  pipe: (p) => {
    const error = count(p.call("pipe2", BUFFER, O_NONBLOCK));
    return error < 0 ? error : [p.word(BUFFER), p.word(BUFFER + 4)];
  },
};

/** Runs one operation in the machine. */
export function execute(process: Process, [name, ...args]: Operation): Result {
  return RUNS[name](process, ...(args as never[])) as Result;
}
