// The rows of the system call table that concern files: number, name, arguments, handler, meaning.
// Numbers are those of riscv32 (asm-generic).

import { O_CREAT } from "../fs/flags.ts";
import type { Argument, ArgumentKind, SystemCall } from "./call.ts";
import {
  close,
  dup,
  dup3,
  F_DUPFD,
  F_DUPFD_CLOEXEC,
  F_GETLK,
  F_SETFD,
  F_SETFL,
  F_SETLK,
  F_SETLKW,
  fcntl64,
  ftruncate64,
  llseek,
  pipe2,
} from "./files-descriptors.ts";
import {
  chdir,
  faccessat,
  linkat,
  mkdirat,
  openat,
  renameat2,
  symlinkat,
  umask,
  unlinkat,
} from "./files-names.ts";
import { getcwd, getdents64, readlinkat, statx } from "./files-status.ts";
import { pread64, pwrite64, read, readv, write, writev } from "./files-transfer.ts";
import {
  ACCESS_NAMES,
  AT_FLAG_NAMES,
  FCNTL_NAMES,
  IOCTL_NAMES,
  OPEN_FLAG_NAMES,
  PIPE_FLAG_NAMES,
  RENAME_FLAG_NAMES,
  STATX_MASK_NAMES,
  UNLINK_FLAG_NAMES,
} from "./flag-names.ts";
import { ppoll } from "./poll.ts";
import { ioctl } from "./terminal.ts";

function argument(name: string, kind: ArgumentKind, names?: Argument["names"]): Argument {
  return names ? { name, kind, names } : { name, kind };
}

/** openat has a mode only where it may create; some commands of fcntl have no argument. */
const OPEN_MODE: Argument = {
  name: "mode",
  kind: "octal",
  onlyIf: { register: 2, mask: O_CREAT, values: [O_CREAT] },
};
const FCNTL_ARGUMENT: Argument = {
  name: "argument",
  kind: "hex",
  onlyIf: {
    register: 1,
    mask: -1,
    values: [F_DUPFD, F_SETFD, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_DUPFD_CLOEXEC],
  },
};

const fd = argument("fd", "fd");
const dirfd = argument("dirfd", "dirfd");
const path = argument("path", "path");
const length = argument("length", "len");
const offset = argument("offset", "offset64");
const vector = argument("vector", "iovec");
const count = argument("count", "uint");

export const fileCalls: readonly SystemCall[] = [
  {
    number: 17,
    name: "getcwd",
    arguments: [argument("buffer", "outstring"), argument("size", "len")],
    handler: getcwd,
    meaning: "path of the working directory; getcwd(2)",
  },
  {
    number: 23,
    name: "dup",
    arguments: [fd],
    handler: dup,
    meaning: "copies a descriptor to the lowest free one; dup(2)",
  },
  {
    number: 24,
    name: "dup3",
    arguments: [argument("old", "fd"), argument("new", "fd"), argument("flags", "flags", PIPE_FLAG_NAMES)],
    handler: dup3,
    meaning: "copies a descriptor to a given one; dup(2)",
  },
  {
    number: 25,
    name: "fcntl64",
    arguments: [fd, argument("command", "hex", FCNTL_NAMES), FCNTL_ARGUMENT],
    handler: fcntl64,
    meaning: "copies a descriptor, gets and sets its flags; fcntl(2)",
  },
  {
    number: 29,
    name: "ioctl",
    arguments: [fd, argument("request", "hex", IOCTL_NAMES), argument("argument", "ioctl")],
    handler: ioctl,
    meaning: "a terminal's attributes, window and groups, bytes to read; ioctl(2), ioctl_tty(2)",
  },
  {
    number: 34,
    name: "mkdirat",
    arguments: [dirfd, path, argument("mode", "octal")],
    handler: mkdirat,
    meaning: "makes a directory; mkdir(2)",
  },
  {
    number: 35,
    name: "unlinkat",
    arguments: [dirfd, path, argument("flags", "flags", UNLINK_FLAG_NAMES)],
    handler: unlinkat,
    meaning: "removes a name, or an empty directory; unlink(2), rmdir(2)",
  },
  {
    number: 36,
    name: "symlinkat",
    arguments: [argument("target", "path"), dirfd, path],
    handler: symlinkat,
    meaning: "makes a symbolic link; symlink(2)",
  },
  {
    number: 37,
    name: "linkat",
    arguments: [
      argument("olddirfd", "dirfd"),
      argument("old", "path"),
      argument("newdirfd", "dirfd"),
      argument("new", "path"),
      argument("flags", "flags", AT_FLAG_NAMES),
    ],
    handler: linkat,
    meaning: "gives a file one more name; link(2)",
  },
  {
    number: 46,
    name: "ftruncate64",
    arguments: [fd, offset],
    handler: ftruncate64,
    meaning: "sets the size of a file; ftruncate(2)",
  },
  {
    number: 48,
    name: "faccessat",
    arguments: [dirfd, path, argument("mode", "flags", ACCESS_NAMES)],
    handler: faccessat,
    meaning: "whether a file could be read, written or executed; access(2)",
  },
  {
    number: 49,
    name: "chdir",
    arguments: [path],
    handler: chdir,
    meaning: "changes the working directory; chdir(2)",
  },
  {
    number: 56,
    name: "openat",
    arguments: [dirfd, path, argument("flags", "flags", OPEN_FLAG_NAMES), OPEN_MODE],
    handler: openat,
    meaning: "opens a file, and makes it if asked to; open(2)",
  },
  { number: 57, name: "close", arguments: [fd], handler: close, meaning: "closes a descriptor; close(2)" },
  {
    number: 59,
    name: "pipe2",
    arguments: [argument("descriptors", "pair"), argument("flags", "flags", PIPE_FLAG_NAMES)],
    handler: pipe2,
    meaning: "makes a pipe: read end and write end; pipe(2)",
  },
  {
    number: 61,
    name: "getdents64",
    arguments: [fd, argument("entries", "ptr"), argument("size", "len")],
    handler: getdents64,
    meaning: "lists a directory; getdents(2)",
  },
  {
    number: 62,
    name: "_llseek",
    arguments: [
      fd,
      argument("high", "int"),
      argument("low", "uint"),
      argument("result", "ptr"),
      argument("whence", "whence"),
    ],
    handler: llseek,
    meaning: "moves the offset of an open file; llseek(2)",
  },
  {
    number: 63,
    name: "read",
    arguments: [fd, argument("buffer", "outbuffer"), length],
    handler: read,
    meaning: "reads from the open file's offset; read(2)",
  },
  {
    number: 64,
    name: "write",
    arguments: [fd, argument("buffer", "buffer"), length],
    handler: write,
    meaning: "writes at the open file's offset; write(2)",
  },
  {
    number: 65,
    name: "readv",
    arguments: [fd, argument("vector", "outiovec"), count],
    handler: readv,
    meaning: "reads into several buffers; readv(2)",
  },
  {
    number: 66,
    name: "writev",
    arguments: [fd, vector, count],
    handler: writev,
    meaning: "writes from several buffers; writev(2)",
  },
  {
    number: 67,
    name: "pread64",
    arguments: [fd, argument("buffer", "outbuffer"), length, offset],
    handler: pread64,
    meaning: "reads from a given offset; pread(2)",
  },
  {
    number: 68,
    name: "pwrite64",
    arguments: [fd, argument("buffer", "buffer"), length, offset],
    handler: pwrite64,
    meaning: "writes at a given offset; pwrite(2)",
  },
  {
    number: 78,
    name: "readlinkat",
    arguments: [dirfd, path, argument("buffer", "outbuffer"), argument("size", "len")],
    handler: readlinkat,
    meaning: "target of a symbolic link; readlink(2)",
  },
  {
    number: 166,
    name: "umask",
    arguments: [argument("mask", "octal")],
    handler: umask,
    meaning: "sets the permissions that new files do not get; umask(2)",
  },
  {
    number: 276,
    name: "renameat2",
    arguments: [
      argument("olddirfd", "dirfd"),
      argument("old", "path"),
      argument("newdirfd", "dirfd"),
      argument("new", "path"),
      argument("flags", "flags", RENAME_FLAG_NAMES),
    ],
    handler: renameat2,
    meaning: "gives a file another name or place; rename(2)",
  },
  {
    number: 291,
    name: "statx",
    arguments: [
      dirfd,
      path,
      argument("flags", "flags", AT_FLAG_NAMES),
      argument("mask", "flags", STATX_MASK_NAMES),
      argument("status", "ptr"),
    ],
    handler: statx,
    meaning: "what is known of a file; statx(2)",
  },
  {
    number: 414,
    name: "ppoll_time64",
    arguments: [
      argument("fds", "pollfds"),
      argument("count", "uint"),
      argument("timeout", "timespec"),
      argument("mask", "sigset"),
      argument("size", "len"),
    ],
    handler: ppoll,
    meaning: "waits until one of several descriptors is ready; poll(2)",
  },
];
