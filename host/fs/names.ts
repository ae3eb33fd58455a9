// The name space: entries made, removed and renamed. Each function resolves its paths, checks all that
// can fail in Linux's order (fs/namei.c), and only then changes anything. They return 0 or a negated
// errno. `start` is the directory from which a relative path is walked.

import {
  EBUSY,
  EEXIST,
  EINVAL,
  EISDIR,
  EMLINK,
  ENAMETOOLONG,
  ENOENT,
  ENOSPC,
  ENOTDIR,
  ENOTEMPTY,
  EPERM,
  EROFS,
  EXDEV,
} from "../syscalls/errno.ts";
import { addEntry, isDead, removeEntry, replaceEntry } from "./directory.ts";
import { directoryOf, dropIfUnused, inodeOf, isReadOnly, makeDirectory, makeSymlink } from "./inode.ts";
import { absence, type Walked, walk } from "./path.ts";
import type { FileSystemState } from "./state.ts";

/** Names that one file can have. */
const LINKS_MAX = 65000;

/** What stands against a new entry at the end of this walk; 0 if nothing. */
function refusalToMake(files: FileSystemState, walked: Walked, makesDirectory: boolean): number {
  if (walked.error !== 0) return -walked.error;
  if (walked.last !== "name" || walked.inode !== 0) return EEXIST;
  if (absence(files, walked) === ENAMETOOLONG) return ENAMETOOLONG;
  if (walked.slash && !makesDirectory) return ENOENT;
  const directory = directoryOf(files, walked.parent);
  if (isReadOnly(files, directory)) return EROFS;
  return isDead(directory) ? ENOENT : 0;
}

/** mkdir(2). The mode has the umask applied. */
export function mkdir(
  files: FileSystemState,
  start: number,
  path: string,
  mode: number,
  now: number,
): number {
  const walked = walk(files, start, path, "entry");
  const error = refusalToMake(files, walked, true);
  if (error !== 0) return -error;
  const { mount } = inodeOf(files, walked.parent);
  const id = makeDirectory(files, mount, mode, walked.parent, now);
  if (id === 0) return -ENOSPC;
  addEntry(files, walked.parent, walked.name, id, now);
  return 0;
}

/** symlink(2): the target is kept as it is given and need not exist. */
export function symlink(
  files: FileSystemState,
  target: string,
  start: number,
  path: string,
  now: number,
): number {
  if (target === "") return -ENOENT;
  const walked = walk(files, start, path, "entry");
  const error = refusalToMake(files, walked, false);
  if (error !== 0) return -error;
  const id = makeSymlink(files, inodeOf(files, walked.parent).mount, target, now);
  if (id === 0) return -ENOSPC;
  addEntry(files, walked.parent, walked.name, id, now);
  return 0;
}

/** link(2): one more name for the inode `id`. */
export function link(files: FileSystemState, id: number, start: number, path: string, now: number): number {
  const walked = walk(files, start, path, "entry");
  const error = refusalToMake(files, walked, false);
  if (error !== 0 && error !== ENOENT) return -error;
  const inode = inodeOf(files, id);
  if (walked.error === 0 && inode.mount !== inodeOf(files, walked.parent).mount) return -EXDEV;
  if (error !== 0) return -error;
  if (inode.kind === "directory") return -EPERM;
  if (inode.links === 0) return -ENOENT;
  if (inode.links >= LINKS_MAX) return -EMLINK;
  addEntry(files, walked.parent, walked.name, id, now);
  return 0;
}

/** unlink(2): removes a name of anything but a directory. */
export function unlink(files: FileSystemState, start: number, path: string, now: number): number {
  const walked = walk(files, start, path, "entry");
  if (walked.error !== 0) return walked.error;
  if (walked.last !== "name") return -EISDIR;
  if (isReadOnly(files, inodeOf(files, walked.parent))) return -EROFS;
  if (walked.inode === 0) return -absence(files, walked);
  if (inodeOf(files, walked.inode).kind === "directory") return -EISDIR;
  if (walked.slash) return -ENOTDIR;
  if (isMountRoot(files, walked.inode)) return -EBUSY;
  removeEntry(files, walked.parent, walked.name, now);
  dropIfUnused(files, walked.inode);
  return 0;
}

/** rmdir(2): removes an empty directory. */
export function rmdir(files: FileSystemState, start: number, path: string, now: number): number {
  const walked = walk(files, start, path, "entry");
  if (walked.error !== 0) return walked.error;
  if (walked.last !== "name") return -{ dotdot: ENOTEMPTY, dot: EINVAL, root: EBUSY }[walked.last];
  if (isReadOnly(files, inodeOf(files, walked.parent))) return -EROFS;
  if (walked.inode === 0) return -absence(files, walked);
  const directory = inodeOf(files, walked.inode);
  if (directory.kind !== "directory") return -ENOTDIR;
  if (isMountRoot(files, walked.inode)) return -EBUSY;
  if (directory.entries.length > 0) return -ENOTEMPTY;
  removeEntry(files, walked.parent, walked.name, now);
  directory.links = 0;
  dropIfUnused(files, walked.inode);
  return 0;
}

function isMountRoot(files: FileSystemState, id: number): boolean {
  return files.mounts.some((mount) => mount.root === id);
}

/** Whether directory `above` is `id` or lies above it. */
function isAbove(files: FileSystemState, above: number, id: number): boolean {
  for (let at = id; ; at = directoryOf(files, at).parent) {
    if (at === above) return true;
    if (at === files.root) return false;
  }
}

/** rename(2), with RENAME_NOREPLACE if `keep`. */
export function rename(
  files: FileSystemState,
  oldStart: number,
  oldPath: string,
  newStart: number,
  newPath: string,
  keep: boolean,
  now: number,
): number {
  const from = walk(files, oldStart, oldPath, "entry");
  if (from.error !== 0) return from.error;
  const to = walk(files, newStart, newPath, "entry");
  if (to.error !== 0) return to.error;
  const error = refusalToRename(files, from, to, keep);
  if (error !== 0) return -error;
  if (from.inode !== to.inode) move(files, from, to, now);
  return 0;
}

function refusalToRename(files: FileSystemState, from: Walked, to: Walked, keep: boolean): number {
  const oldParent = directoryOf(files, from.parent);
  const newParent = directoryOf(files, to.parent);
  if (oldParent.mount !== newParent.mount) return EXDEV;
  if (from.last !== "name") return EBUSY;
  if (to.last !== "name") return keep ? EEXIST : EBUSY;
  if (isReadOnly(files, oldParent)) return EROFS;
  if (from.inode === 0) return absence(files, from);
  if (to.inode === 0 && absence(files, to) === ENAMETOOLONG) return ENAMETOOLONG;
  if (keep && to.inode !== 0) return EEXIST;
  const movesDirectory = inodeOf(files, from.inode).kind === "directory";
  if (!movesDirectory && (from.slash || to.slash)) return ENOTDIR;
  if (movesDirectory && isAbove(files, from.inode, to.parent)) return EINVAL;
  if (isMountRoot(files, from.inode)) return EBUSY;
  if (to.inode === 0) return isDead(newParent) ? ENOENT : 0;
  const target = inodeOf(files, to.inode);
  if (target.kind === "directory" && isAbove(files, to.inode, from.parent)) return ENOTEMPTY;
  if (from.inode === to.inode) return 0;
  if (movesDirectory && target.kind !== "directory") return ENOTDIR;
  if (!movesDirectory && target.kind === "directory") return EISDIR;
  if (isMountRoot(files, to.inode)) return EBUSY;
  return target.kind === "directory" && target.entries.length > 0 ? ENOTEMPTY : 0;
}

function move(files: FileSystemState, from: Walked, to: Walked, now: number): void {
  const moved = inodeOf(files, from.inode);
  // The inode has a link at each moment: the new name comes before the old one goes.
  if (to.inode === 0) {
    addEntry(files, to.parent, to.name, from.inode, now);
  } else {
    replaceEntry(files, to.parent, to.name, from.inode, now);
    const replaced = inodeOf(files, to.inode);
    if (replaced.kind === "directory") replaced.links = 0;
    dropIfUnused(files, to.inode);
  }
  removeEntry(files, from.parent, from.name, now);
  if (moved.kind !== "directory" || from.parent === to.parent) return;
  moved.parent = to.parent;
  inodeOf(files, to.parent).references++;
  inodeOf(files, from.parent).references--;
  dropIfUnused(files, from.parent);
}
