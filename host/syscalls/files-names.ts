// System calls that take paths: openat, mkdirat, unlinkat, renameat2, linkat, symlinkat, chdir, faccessat,
// and umask. A relative path starts at the directory that `dirfd` names.

import { fileOf, freeDescriptor, install } from "../fs/descriptors.ts";
import {
  AT_EMPTY_PATH,
  AT_FDCWD,
  AT_REMOVEDIR,
  AT_SYMLINK_FOLLOW,
  O_CLOEXEC,
  O_CREAT,
  O_DIRECTORY,
  O_PATH,
  OPEN_FLAGS,
  OPEN_PATH_FLAGS,
  PATH_MAX,
  RENAME_NOREPLACE,
} from "../fs/flags.ts";
import { inodeOf, isReadOnly, releaseInode, retainInode } from "../fs/inode.ts";
import { link, mkdir, rename, rmdir, symlink, unlink } from "../fs/names.ts";
import { open } from "../fs/open.ts";
import { resolve, walk } from "../fs/path.ts";
import type { Call, Outcome } from "./call.ts";
import { EACCES, EBADF, EINVAL, ENOENT, ENOTDIR, EROFS } from "./errno.ts";

const X_OK = 1;
const W_OK = 2;
const R_OK = 4;

/** The path at this address, or a negated errno: EFAULT, ENAMETOOLONG, ENOENT if it is empty. */
export function pathAt(call: Call, address: number): string | number {
  const path = call.memory.string(address >>> 0, PATH_MAX);
  return path === "" ? -ENOENT : path;
}

/** The directory at which a path starts, or a negated errno. */
export function startOf(call: Call, dirfd: number, path: string): number {
  if (dirfd === AT_FDCWD || path.charCodeAt(0) === 47) return call.process.workingDirectory;
  const { files } = call.kernel;
  const file = fileOf(files, call.process, dirfd);
  if (!file) return -EBADF;
  return inodeOf(files, file.inode).kind === "directory" ? file.inode : -ENOTDIR;
}

/** The inode that (dirfd, path) names; with AT_EMPTY_PATH in `flags` an empty path names dirfd's own. */
export function resolveAt(
  call: Call,
  dirfd: number,
  address: number,
  flags: number,
  followLast: boolean,
): number {
  const path = call.memory.string(address >>> 0, PATH_MAX);
  if (typeof path === "number") return path;
  if (path !== "") {
    const start = startOf(call, dirfd, path);
    return start < 0 ? start : resolve(call.kernel.files, start, path, followLast);
  }
  if ((flags & AT_EMPTY_PATH) === 0) return -ENOENT;
  if (dirfd === AT_FDCWD) return call.process.workingDirectory;
  return fileOf(call.kernel.files, call.process, dirfd)?.inode ?? -EBADF;
}

/** Reads the path and runs an operation of fs/ from its start. */
function withPath(
  call: Call,
  dirfd: number,
  address: number,
  operation: (start: number, path: string) => number,
): number {
  const path = pathAt(call, address);
  if (typeof path === "number") return path;
  const start = startOf(call, dirfd, path);
  return start < 0 ? start : operation(start, path);
}

/** openat(dirfd, path, flags, mode) */
export function openat(call: Call, dirfd: number, path: number, flags: number, mode: number): Outcome {
  const { process } = call;
  const { files } = call.kernel;
  const known = flags & ((flags & O_PATH) !== 0 ? OPEN_PATH_FLAGS : OPEN_FLAGS);
  if ((known & O_CREAT) !== 0 && (known & O_DIRECTORY) !== 0) return -EINVAL;
  return withPath(call, dirfd, path, (start, text) => {
    const fd = freeDescriptor(process, 0);
    if (fd < 0) return fd;
    const file = open(files, start, text, known, mode & 0o7777 & ~process.umask, call.services.now());
    if (file < 0) return file;
    install(files, process, fd, file, (flags & O_CLOEXEC) !== 0);
    return fd;
  });
}

/** mkdirat(dirfd, path, mode) */
export function mkdirat(call: Call, dirfd: number, path: number, mode: number): Outcome {
  return withPath(call, dirfd, path, (start, text) =>
    mkdir(call.kernel.files, start, text, mode & 0o1777 & ~call.process.umask, call.services.now()),
  );
}

/** unlinkat(dirfd, path, flags): rmdir with AT_REMOVEDIR. */
export function unlinkat(call: Call, dirfd: number, path: number, flags: number): Outcome {
  if ((flags & ~AT_REMOVEDIR) !== 0) return -EINVAL;
  const remove = flags === AT_REMOVEDIR ? rmdir : unlink;
  return withPath(call, dirfd, path, (start, text) =>
    remove(call.kernel.files, start, text, call.services.now()),
  );
}

/** symlinkat(target, dirfd, path) */
export function symlinkat(call: Call, target: number, dirfd: number, path: number): Outcome {
  const text = pathAt(call, target);
  if (typeof text === "number") return text;
  return withPath(call, dirfd, path, (start, name) =>
    symlink(call.kernel.files, text, start, name, call.services.now()),
  );
}

/** linkat(olddirfd, old, newdirfd, new, flags) */
export function linkat(
  call: Call,
  oldDirfd: number,
  oldPath: number,
  newDirfd: number,
  newPath: number,
  flags: number,
): Outcome {
  if ((flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH)) !== 0) return -EINVAL;
  const inode = resolveAt(call, oldDirfd, oldPath, flags, (flags & AT_SYMLINK_FOLLOW) !== 0);
  if (inode < 0) return inode;
  return withPath(call, newDirfd, newPath, (start, name) =>
    link(call.kernel.files, inode, start, name, call.services.now()),
  );
}

/** renameat2(olddirfd, old, newdirfd, new, flags): flags 0 or RENAME_NOREPLACE. */
export function renameat2(
  call: Call,
  oldDirfd: number,
  oldPath: number,
  newDirfd: number,
  newPath: number,
  flags: number,
): Outcome {
  const { files } = call.kernel;
  if ((flags & ~RENAME_NOREPLACE) !== 0) return -EINVAL;
  return withPath(call, oldDirfd, oldPath, (oldStart, from) => {
    const renamed = withPath(call, newDirfd, newPath, (newStart, to) =>
      rename(files, oldStart, from, newStart, to, flags !== 0, call.services.now()),
    );
    // A fault of the old path's walk comes before any fault of the new path.
    return renamed < 0 ? walk(files, oldStart, from, "entry").error || renamed : renamed;
  });
}

/** chdir(path) */
export function chdir(call: Call, path: number): Outcome {
  const { process } = call;
  const { files } = call.kernel;
  const id = resolveAt(call, AT_FDCWD, path, 0, true);
  if (id < 0) return id;
  if (inodeOf(files, id).kind !== "directory") return -ENOTDIR;
  retainInode(files, id);
  releaseInode(files, process.workingDirectory);
  process.workingDirectory = id;
  return 0;
}

/** faccessat(dirfd, path, mode). All run as root: only execution needs a permission bit. */
export function faccessat(call: Call, dirfd: number, path: number, mode: number): Outcome {
  const { files } = call.kernel;
  if ((mode & ~(R_OK | W_OK | X_OK)) !== 0) return -EINVAL;
  const id = resolveAt(call, dirfd, path, 0, true);
  if (id < 0) return id;
  const inode = inodeOf(files, id);
  if ((mode & W_OK) !== 0 && isReadOnly(files, inode)) return -EROFS;
  const needsBit = (mode & X_OK) !== 0 && inode.kind !== "directory";
  return needsBit && (inode.mode & 0o111) === 0 ? -EACCES : 0;
}

/** umask(mask): returns the old one. */
export function umask(call: Call, mask: number): Outcome {
  const old = call.process.umask;
  call.process.umask = mask & 0o777;
  return old;
}
