// For every row of the system call table, arguments with which the call does something: what the torture tests vary.

import type { ArgumentKind, SystemCall } from "../../host/syscalls/call.ts";
import { DIRECTORY, FILE, type SystemCallCase, WRITABLE } from "./executor.ts";

/** What lies in the writable page for the calls to read. */
const PATH = WRITABLE;
const NEW_PATH = WRITABLE + 64;
const TIME = WRITABLE + 128;
const VECTOR = WRITABLE + 192;
const FILES = WRITABLE + 256;
const WORDS = WRITABLE + 320;
export const ROOM = WRITABLE + 0x800;

const text = (value: string) => new TextEncoder().encode(`${value}\0`);
const words = (...values: number[]) => new Uint8Array(Uint32Array.from(values).buffer);

export const CONTENTS: NonNullable<SystemCallCase["contents"]> = [
  [PATH, text("/tmp/file")],
  [NEW_PATH, text("/tmp/new")],
  [TIME, words(0, 0, 1000, 0)],
  [VECTOR, words(ROOM, 16, ROOM + 64, 16)],
  [FILES, words(FILE, 5)],
  [WORDS, words(PATH, 0)],
];

const BY_KIND: Partial<Record<ArgumentKind, number>> = {
  fd: FILE,
  dirfd: -100,
  path: PATH,
  len: 16,
  timespec: TIME,
  iovec: VECTOR,
  outiovec: VECTOR,
  pollfds: FILES,
  argv: WORDS,
};

export const POINTERS: readonly ArgumentKind[] = [
  "ptr",
  "path",
  "string",
  "buffer",
  "outbuffer",
  "outstring",
  "argv",
  "iovec",
  "outiovec",
  "timespec",
  "pollfds",
  "sigset",
  "sigaction",
  "struct",
  "wait",
  "pair",
];

/** By call and argument: values that the kind alone does not give. */
const SPECIAL: Readonly<Record<string, number>> = {
  "dup3.new": 9,
  "getdents64.fd": DIRECTORY,
  "getdents64.size": 512,
  "getcwd.size": 64,
  "ioctl.request": 0x5413,
  "mkdirat.path": NEW_PATH,
  "symlinkat.path": NEW_PATH,
  "linkat.new": NEW_PATH,
  "renameat2.new": NEW_PATH,
  "chdir.path": WORDS + 32,
  "readv.count": 2,
  "writev.count": 2,
  "ppoll_time64.count": 1,
  "ppoll_time64.size": 8,
  "waitid.options": 5,
  "rt_sigaction.sig": 10,
  "rt_sigaction.sigsetsize": 8,
  "rt_sigprocmask.sigsetsize": 8,
  "rt_sigpending.sigsetsize": 8,
  "clone.flags": 17,
  "clone.stack": 0,
  "execve.envp": 0,
  "mmap2.address": 0,
  "mmap2.protection": 3,
  "mmap2.flags": 0x22,
  "mmap2.fd": -1,
  "brk.address": 0,
  "munmap.address": WRITABLE,
  "mremap.address": WRITABLE,
  "mremap.new_length": 8192,
  "mremap.flags": 1,
  "mprotect.address": WRITABLE,
  "mprotect.protection": 1,
  "msync.address": WRITABLE,
  "madvise.address": WRITABLE,
  "prlimit64.resource": 7,
  "prlimit64.new_limit": 0,
  "kill.pid": 30000,
  "tkill.tid": 30000,
  "tgkill.tgid": 30000,
  "tgkill.tid": 30000,
  "clock_gettime64.clockid": 1,
  "clock_getres_time64.clockid": 1,
  "clock_nanosleep_time64.clockid": 1,
  "exit.status": 0,
};

/** Arguments with which the call is expected to succeed, or to fail for a reason of its own. */
export function usualArguments(row: SystemCall): number[] {
  return row.arguments.map(({ name, kind }) => {
    const special = SPECIAL[`${row.name}.${name}`];
    return special ?? BY_KIND[kind] ?? (POINTERS.includes(kind) ? ROOM : 0);
  });
}
