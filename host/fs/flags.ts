// Flags and modes of the file calls as a program gives them: Linux's generic ABI
// (include/uapi/asm-generic/fcntl.h, include/uapi/linux/{fcntl,stat}.h). Constants only.

export const O_RDONLY = 0;
export const O_WRONLY = 1;
export const O_RDWR = 2;
export const O_ACCMODE = 3;
export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_NOCTTY = 0o400;
export const O_TRUNC = 0o1000;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;
export const O_DSYNC = 0o10000;
export const O_ASYNC = 0o20000;
export const O_DIRECT = 0o40000;
export const O_LARGEFILE = 0o100000;
export const O_DIRECTORY = 0o200000;
export const O_NOFOLLOW = 0o400000;
export const O_NOATIME = 0o1000000;
export const O_CLOEXEC = 0o2000000;
export const O_SYNC = 0o4010000;
export const O_PATH = 0o10000000;
export const O_TMPFILE = 0o20000000;

/** Flags that open(2) knows; others are ignored, as Linux does. */
export const OPEN_FLAGS = 0o37777703;
/** Flags that only matter while opening and are not kept in the open file. */
export const OPEN_ONLY_FLAGS = O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC;
/** With O_PATH all other flags are ignored. */
export const OPEN_PATH_FLAGS = O_DIRECTORY | O_NOFOLLOW | O_PATH | O_CLOEXEC;
/** Flags that fcntl(F_SETFL) can change. */
export const SETTABLE_FLAGS = O_APPEND | O_NONBLOCK | O_DIRECT | O_NOATIME | O_ASYNC;

export const AT_FDCWD = -100;
export const AT_SYMLINK_NOFOLLOW = 0x100;
export const AT_REMOVEDIR = 0x200;
export const AT_SYMLINK_FOLLOW = 0x400;
export const AT_NO_AUTOMOUNT = 0x800;
export const AT_EMPTY_PATH = 0x1000;
export const AT_STATX_FORCE_SYNC = 0x2000;
export const AT_STATX_DONT_SYNC = 0x4000;

export const RENAME_NOREPLACE = 1;

export const S_IFIFO = 0o010000;
export const S_IFCHR = 0o020000;
export const S_IFDIR = 0o040000;
export const S_IFREG = 0o100000;
export const S_IFLNK = 0o120000;
export const S_IFMT = 0o170000;

export const SEEK_SET = 0;
export const SEEK_CUR = 1;
export const SEEK_END = 2;
export const SEEK_DATA = 3;
export const SEEK_HOLE = 4;

/** Longest name of a directory entry, and longest path with its NUL. */
export const NAME_MAX = 255;
export const PATH_MAX = 4096;
/** Symbolic links that one path may go through. */
export const SYMLINKS_MAX = 40;

/** Whether an open file with these flags can be read from. */
export function isReadable(flags: number): boolean {
  return (flags & O_PATH) === 0 && ((flags + 1) & 1) !== 0;
}

/** Whether an open file with these flags can be written to. */
export function isWritable(flags: number): boolean {
  return (flags & O_PATH) === 0 && ((flags + 1) & 2) !== 0;
}
