// System calls that tell about files: statx, readlinkat, getdents64, getcwd.

import { fileOf } from "../fs/descriptors.ts";
import { entryAt, isDead } from "../fs/directory.ts";
import {
  AT_EMPTY_PATH,
  AT_NO_AUTOMOUNT,
  AT_STATX_DONT_SYNC,
  AT_STATX_FORCE_SYNC,
  AT_SYMLINK_NOFOLLOW,
  O_PATH,
} from "../fs/flags.ts";
import { inodeOf, markRead } from "../fs/inode.ts";
import { directoryPath } from "../fs/path.ts";
import { STATX_SIZE, statxRecord, typeOf } from "../fs/stat.ts";
import type { DirectoryInode, FileSystemState } from "../fs/state.ts";
import type { Call, Outcome } from "./call.ts";
import { EBADF, EFAULT, EINVAL, ENOENT, ENOTDIR, ERANGE } from "./errno.ts";
import { resolveAt } from "./files-names.ts";

const STATX_SYNC = AT_STATX_FORCE_SYNC | AT_STATX_DONT_SYNC;
const STATX_FLAGS = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH | STATX_SYNC;

/** Bytes of struct linux_dirent64 before the name. */
const DIRENT_HEADER = 19;
const GETDENTS_MAX = 65536;

/** Byte string as bytes. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** statx(dirfd, path, flags, mask, buffer). The mask is not heeded: all basic fields are filled. */
export function statx(
  call: Call,
  dirfd: number,
  path: number,
  flags: number,
  mask: number,
  buffer: number,
): Outcome {
  if (mask < 0 /* STATX__RESERVED, bit 31 */ || (flags & STATX_SYNC) === STATX_SYNC) return -EINVAL;
  if ((flags & ~STATX_FLAGS) !== 0) return -EINVAL;
  const id = resolveAt(call, dirfd, path, flags, (flags & AT_SYMLINK_NOFOLLOW) === 0);
  if (id < 0) return id;
  const record = statxRecord(call.kernel.files, id, call.services.clockHz);
  return call.memory.write(buffer >>> 0, record) < STATX_SIZE ? -EFAULT : 0;
}

/** readlinkat(dirfd, path, buffer, size): the target without a NUL, cut to the size. */
export function readlinkat(call: Call, dirfd: number, path: number, buffer: number, size: number): Outcome {
  const { files } = call.kernel;
  if (size <= 0) return -EINVAL;
  const id = resolveAt(call, dirfd, path, AT_EMPTY_PATH, false);
  if (id < 0) return id;
  const inode = inodeOf(files, id);
  if (inode.kind !== "symlink") return call.memory.string(path >>> 0, 1) === "" ? -ENOENT : -EINVAL;
  markRead(files, inode, call.services.now());
  const bytes = bytesOf(inode.target).subarray(0, size);
  return call.memory.write(buffer >>> 0, bytes) < bytes.length ? -EFAULT : bytes.length;
}

/** getcwd(buffer, size): returns the length with its NUL. */
export function getcwd(call: Call, buffer: number, size: number): Outcome {
  const path = directoryPath(call.kernel.files, call.process.workingDirectory);
  if (typeof path === "number") return path;
  const bytes = bytesOf(`${path}\0`);
  if (bytes.length > size >>> 0) return -ERANGE;
  return call.memory.write(buffer >>> 0, bytes) < bytes.length ? -EFAULT : bytes.length;
}

/** getdents64(fd, buffer, size): entries in the order in which they were made, "." and ".." first. */
export function getdents64(call: Call, fd: number, buffer: number, size: number): Outcome {
  const { files } = call.kernel;
  const file = fileOf(files, call.process, fd);
  if (!file || (file.flags & O_PATH) !== 0) return -EBADF;
  const directory = inodeOf(files, file.inode);
  if (directory.kind !== "directory") return -ENOTDIR;
  if (isDead(directory)) return -ENOENT;
  const room = Math.min(size >>> 0, GETDENTS_MAX);
  const listing = list(files, file.inode, directory, file.offset, room);
  if (listing.bytes.length === 0) return listing.atEnd ? 0 : -EINVAL;
  if (call.memory.write(buffer >>> 0, listing.bytes) < listing.bytes.length) return -EFAULT;
  markRead(files, directory, call.services.now());
  file.offset = listing.cookie;
  return listing.bytes.length;
}

interface Listing {
  bytes: Uint8Array;
  /** Where the next call goes on. */
  cookie: number;
  atEnd: boolean;
}

/** The records of entries from `cookie` on that fit into `room` bytes. */
function list(
  files: FileSystemState,
  id: number,
  directory: DirectoryInode,
  cookie: number,
  room: number,
): Listing {
  const view = new DataView(new ArrayBuffer(room));
  let used = 0;
  let next = cookie;
  const give = (name: string, inode: number, after: number): boolean => {
    const length = (DIRENT_HEADER + name.length + 1 + 7) & ~7;
    if (used + length > room) return false;
    view.setUint32(used, inode, true);
    view.setUint32(used + 8, after >>> 0, true);
    view.setUint32(used + 12, Math.floor(after / 2 ** 32), true);
    view.setUint16(used + 16, length, true);
    view.setUint8(used + 18, typeOf(files, inodeOf(files, inode)) >> 12);
    for (let i = 0; i < name.length; i++) view.setUint8(used + DIRENT_HEADER + i, name.charCodeAt(i));
    used += length;
    next = after;
    return true;
  };
  let fits = (next > 0 || give(".", id, 1)) && (next > 1 || give("..", directory.parent, 2));
  const { entries } = directory;
  for (let at = entryAt(directory, next); fits && at < entries.length; at++) {
    fits = give(entries[at].name, entries[at].inode, entries[at].cookie + 1);
  }
  return { bytes: new Uint8Array(view.buffer, 0, used), cookie: next, atEnd: fits };
}
