// open(2): from a path to an open file, which is made where there is none.

import {
  EEXIST,
  EISDIR,
  ELOOP,
  ENAMETOOLONG,
  ENFILE,
  ENOENT,
  ENOSPC,
  ENOTDIR,
  ENXIO,
  EOPNOTSUPP,
  EROFS,
} from "../syscalls/errno.ts";
import { CONSOLE, hasTerminal } from "./console.ts";
import { resizeContent } from "./content.ts";
import { addEntry, isDead } from "./directory.ts";
import { O_ACCMODE, O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_PATH, O_TMPFILE, O_TRUNC } from "./flags.ts";
import { directoryOf, inodeOf, isReadOnly, makeRegular } from "./inode.ts";
import { canOpen, makeOpenFile } from "./open-file.ts";
import { absence, type Follow, type Walked, walk } from "./path.ts";
import type { FileSystemState, Inode } from "./state.ts";

/**
 * open(2): opens what the path names, or makes a regular file with this mode (O_CREAT; umask applied).
 * Returns the open file's index or a negated errno; on failure nothing is changed.
 */
export function open(
  files: FileSystemState,
  start: number,
  path: string,
  flags: number,
  mode: number,
  now: number,
): number {
  if (!canOpen(files, 1)) return -ENFILE;
  if ((flags & O_TMPFILE) !== 0) return -EOPNOTSUPP;
  const create = (flags & O_CREAT) !== 0;
  const exclusive = create && (flags & O_EXCL) !== 0;
  const noFollow = (flags & O_NOFOLLOW) !== 0 || exclusive;
  const walked = walk(files, start, path, followOf(create, noFollow));
  if (walked.error !== 0) return walked.error;
  if (create && walked.last === "name" && walked.slash) return -EISDIR;
  if (walked.inode === 0) return create ? createAndOpen(files, walked, flags, mode, now) : -ENOENT;
  if (exclusive) return -EEXIST;
  const inode = inodeOf(files, walked.inode);
  if (create && inode.kind === "directory") return -EISDIR;
  const wantsDirectory = (flags & O_DIRECTORY) !== 0 || walked.slash;
  if (wantsDirectory && inode.kind !== "directory") return -ENOTDIR;
  const error = (flags & O_PATH) !== 0 ? 0 : refusal(files, inode, flags);
  if (error !== 0) return -error;
  if (inode.kind === "file" && (flags & O_TRUNC) !== 0) resizeContent(files, inode, 0, now);
  return makeOpenFile(files, walked.inode, flags);
}

function followOf(create: boolean, noFollow: boolean): Follow {
  if (create) return noFollow ? "entry" : "create";
  return noFollow ? "nofollow" : "follow";
}

/** Why an existing inode cannot be opened this way; 0 if it can. */
function refusal(files: FileSystemState, inode: Inode, flags: number): number {
  const writes = (flags & O_ACCMODE) !== 0 || (flags & O_TRUNC) !== 0;
  if (inode.kind === "symlink") return ELOOP;
  if (inode.kind === "directory" && writes) return EISDIR;
  if (writes && isReadOnly(files, inode)) return EROFS;
  if (inode.kind === "device" && inode.device === "tty" && !hasTerminal(files.terminals[CONSOLE]))
    return ENXIO;
  return 0;
}

function createAndOpen(
  files: FileSystemState,
  walked: Walked,
  flags: number,
  mode: number,
  now: number,
): number {
  if (absence(files, walked) === ENAMETOOLONG) return -ENAMETOOLONG;
  const directory = directoryOf(files, walked.parent);
  if (isReadOnly(files, directory)) return -EROFS;
  if (isDead(directory)) return -ENOENT;
  const id = makeRegular(files, directory.mount, mode, now);
  if (id === 0) return -ENOSPC;
  addEntry(files, walked.parent, walked.name, id, now);
  return makeOpenFile(files, id, flags);
}
