// Open files: what open(2), pipe2(2) make and descriptors share. An open file holds a reference to its
// inode, and is one end of it if it is a pipe.

import { OPEN_ONLY_FLAGS } from "./flags.ts";
import { inodeOf, openFileOf, releaseInode, retainInode } from "./inode.ts";
import { closePipeEnd, openPipeEnd } from "./pipe-end.ts";
import type { Waker } from "./services.ts";
import type { FileSystemState } from "./state.ts";

/** Whether the table of open files has room for `count` more. */
export function canOpen(files: FileSystemState, count: number): boolean {
  return files.openFiles.length - 1 - files.freeOpenFiles.length + count <= files.limits.openFiles;
}

/** Makes an open file that no descriptor names yet. Room must be there (`canOpen`). */
export function makeOpenFile(files: FileSystemState, id: number, flags: number): number {
  const inode = inodeOf(files, id);
  retainInode(files, id);
  const file = { inode: id, references: 0, flags: flags & ~OPEN_ONLY_FLAGS, offset: 0 };
  if (inode.kind === "pipe") openPipeEnd(inode, flags);
  const reused = files.freeOpenFiles.pop();
  if (reused === undefined) return files.openFiles.push(file) - 1;
  files.openFiles[reused] = file;
  return reused;
}

/** A descriptor let go; with the last one the open file is gone. */
export function releaseOpenFile(files: FileSystemState, waker: Waker, id: number): void {
  const file = openFileOf(files, id);
  if (--file.references > 0) return;
  files.openFiles[id] = null;
  files.freeOpenFiles.push(id);
  const inode = inodeOf(files, file.inode);
  if (inode.kind === "pipe") closePipeEnd(waker, file.inode, inode, file.flags);
  releaseInode(files, file.inode);
}
