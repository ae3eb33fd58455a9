// Names of the flags and values of the file calls, as the trace and the documentation show them.

import {
  AT_EMPTY_PATH,
  AT_NO_AUTOMOUNT,
  AT_REMOVEDIR,
  AT_SYMLINK_FOLLOW,
  AT_SYMLINK_NOFOLLOW,
  O_APPEND,
  O_ASYNC,
  O_CLOEXEC,
  O_CREAT,
  O_DIRECT,
  O_DIRECTORY,
  O_DSYNC,
  O_EXCL,
  O_LARGEFILE,
  O_NOATIME,
  O_NOCTTY,
  O_NOFOLLOW,
  O_NONBLOCK,
  O_PATH,
  O_RDONLY,
  O_RDWR,
  O_SYNC,
  O_TRUNC,
  O_WRONLY,
} from "../fs/flags.ts";
import type { Argument } from "./call.ts";
import { POLLERR, POLLHUP, POLLIN, POLLNVAL, POLLOUT, POLLPRI, POLLRDNORM, POLLWRNORM } from "./poll.ts";
import {
  FIONREAD,
  TCFLSH,
  TCGETS,
  TCSBRK,
  TCSETS,
  TCSETSF,
  TCSETSW,
  TCXONC,
  TIOCGPGRP,
  TIOCGSID,
  TIOCGWINSZ,
  TIOCOUTQ,
  TIOCSPGRP,
  TIOCSWINSZ,
} from "./terminal.ts";

type Names = NonNullable<Argument["names"]>;

/** Flags of open files; the access mode, two bits of values, is among them as 0, 1 and 2. */
export const OPEN_FLAG_NAMES: Names = {
  [O_RDONLY]: "O_RDONLY",
  [O_WRONLY]: "O_WRONLY",
  [O_RDWR]: "O_RDWR",
  [O_CREAT]: "O_CREAT",
  [O_EXCL]: "O_EXCL",
  [O_NOCTTY]: "O_NOCTTY",
  [O_TRUNC]: "O_TRUNC",
  [O_APPEND]: "O_APPEND",
  [O_NONBLOCK]: "O_NONBLOCK",
  [O_DSYNC]: "O_DSYNC",
  [O_ASYNC]: "O_ASYNC",
  [O_DIRECT]: "O_DIRECT",
  [O_LARGEFILE]: "O_LARGEFILE",
  [O_DIRECTORY]: "O_DIRECTORY",
  [O_NOFOLLOW]: "O_NOFOLLOW",
  [O_NOATIME]: "O_NOATIME",
  [O_CLOEXEC]: "O_CLOEXEC",
  [O_SYNC]: "O_SYNC",
  [O_PATH]: "O_PATH",
};

export const PIPE_FLAG_NAMES: Names = {
  [O_DIRECT]: "O_DIRECT",
  [O_NONBLOCK]: "O_NONBLOCK",
  [O_CLOEXEC]: "O_CLOEXEC",
};

export const AT_FLAG_NAMES: Names = {
  [AT_SYMLINK_NOFOLLOW]: "AT_SYMLINK_NOFOLLOW",
  [AT_SYMLINK_FOLLOW]: "AT_SYMLINK_FOLLOW",
  [AT_NO_AUTOMOUNT]: "AT_NO_AUTOMOUNT",
  [AT_EMPTY_PATH]: "AT_EMPTY_PATH",
};

export const UNLINK_FLAG_NAMES: Names = { [AT_REMOVEDIR]: "AT_REMOVEDIR" };

export const RENAME_FLAG_NAMES: Names = { 1: "RENAME_NOREPLACE", 2: "RENAME_EXCHANGE", 4: "RENAME_WHITEOUT" };

export const STATX_MASK_NAMES: Names = { 2047: "STATX_BASIC_STATS", 2048: "STATX_BTIME" };

/** Values, not bits: F_OK is 0. */
export const ACCESS_NAMES: Names = { 0: "F_OK", 1: "X_OK", 2: "W_OK", 4: "R_OK" };

export const FCNTL_NAMES: Names = {
  0: "F_DUPFD",
  1: "F_GETFD",
  2: "F_SETFD",
  3: "F_GETFL",
  4: "F_SETFL",
  12: "F_GETLK64",
  13: "F_SETLK64",
  14: "F_SETLKW64",
  1030: "F_DUPFD_CLOEXEC",
  1031: "F_SETPIPE_SZ",
  1032: "F_GETPIPE_SZ",
};

export const IOCTL_NAMES: Names = {
  [TCGETS]: "TCGETS",
  [TCSETS]: "TCSETS",
  [TCSETSW]: "TCSETSW",
  [TCSETSF]: "TCSETSF",
  [TCSBRK]: "TCSBRK",
  [TCXONC]: "TCXONC",
  [TCFLSH]: "TCFLSH",
  21518: "TIOCSCTTY",
  [TIOCGPGRP]: "TIOCGPGRP",
  [TIOCSPGRP]: "TIOCSPGRP",
  [TIOCOUTQ]: "TIOCOUTQ",
  [TIOCGWINSZ]: "TIOCGWINSZ",
  [TIOCSWINSZ]: "TIOCSWINSZ",
  [FIONREAD]: "FIONREAD",
  [TIOCGSID]: "TIOCGSID",
};

export const POLL_EVENT_NAMES: Names = {
  [POLLIN]: "POLLIN",
  [POLLPRI]: "POLLPRI",
  [POLLOUT]: "POLLOUT",
  [POLLERR]: "POLLERR",
  [POLLHUP]: "POLLHUP",
  [POLLNVAL]: "POLLNVAL",
  [POLLRDNORM]: "POLLRDNORM",
  [POLLWRNORM]: "POLLWRNORM",
};
