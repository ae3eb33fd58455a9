// Inodes: made, kept alive by links and references, freed with the last of both. What an inode's
// kind can do is in the file of that kind (content, directory, pipe, device).

import type {
  ByteQueue,
  DeviceName,
  DirectoryInode,
  FileSystemState,
  Inode,
  OpenFile,
  PipeInode,
} from "./state.ts";

const NO_BYTES = new Uint8Array(0);

/** The inode with this index, which must exist. */
export function inodeOf(files: FileSystemState, id: number): Inode {
  const inode = files.inodes[id];
  if (!inode) throw new Error(`assertion: no inode ${id}`);
  return inode;
}

export function directoryOf(files: FileSystemState, id: number): DirectoryInode {
  const inode = inodeOf(files, id);
  if (inode.kind !== "directory") throw new Error(`assertion: inode ${id} is no directory`);
  return inode;
}

/** The open file with this index, which must exist. */
export function openFileOf(files: FileSystemState, id: number): OpenFile {
  const file = files.openFiles[id];
  if (!file) throw new Error(`assertion: no open file ${id}`);
  return file;
}

export function inodesInUse(files: FileSystemState): number {
  return files.inodes.length - 1 - files.freeInodes.length;
}

function fields(files: FileSystemState, mount: number, mode: number, links: number, now: number) {
  const serial = files.nextSerial++;
  return {
    mode,
    links,
    references: 0,
    mount,
    serial,
    accessed: now,
    modified: now,
    changed: now,
    created: now,
  };
}

/** Gives the inode an index; 0 when the file system has no inode left. */
function add(files: FileSystemState, inode: Inode): number {
  const reused = files.freeInodes.pop();
  if (reused !== undefined) {
    files.inodes[reused] = inode;
    return reused;
  }
  return files.inodes.push(inode) - 1;
}

function isFull(files: FileSystemState): boolean {
  return inodesInUse(files) >= files.limits.inodes;
}

/** A new empty queue of bytes. */
export function emptyQueue(): ByteQueue {
  return { data: NO_BYTES, start: 0, length: 0 };
}

// Each of these returns the new inode's index, or 0 when there is no inode left. The new inode has no
// link and no reference yet: the caller gives it one, or frees it with `dropIfUnused`.

export function makeRegular(files: FileSystemState, mount: number, mode: number, now: number): number {
  if (isFull(files)) return 0;
  return add(files, {
    kind: "file",
    ...fields(files, mount, mode, 0, now),
    data: NO_BYTES,
    size: 0,
    version: 1,
  });
}

/** Takes a reference to `parent` (0: the new directory is its own parent, a root). */
export function makeDirectory(
  files: FileSystemState,
  mount: number,
  mode: number,
  parent: number,
  now: number,
): number {
  if (isFull(files)) return 0;
  const directory: DirectoryInode = {
    kind: "directory",
    ...fields(files, mount, mode, 2, now),
    parent,
    entries: [],
    index: {},
    nextCookie: 2,
  };
  const id = add(files, directory);
  if (parent === 0) directory.parent = id;
  else retainInode(files, parent);
  return id;
}

export function makeSymlink(files: FileSystemState, mount: number, target: string, now: number): number {
  if (isFull(files)) return 0;
  return add(files, { kind: "symlink", ...fields(files, mount, 0o777, 0, now), target });
}

export function makeDevice(files: FileSystemState, device: DeviceName, unit: number, mode: number): number {
  if (isFull(files)) return 0;
  return add(files, { kind: "device", ...fields(files, 0, mode, 0, 0), device, unit });
}

export function makePipe(files: FileSystemState, now: number): number {
  if (isFull(files)) return 0;
  const pipe: PipeInode = {
    kind: "pipe",
    ...fields(files, 0, 0o600, 0, now),
    queue: emptyQueue(),
    readers: 0,
    writers: 0,
  };
  return add(files, pipe);
}

/** One more holder (open file, working directory, mapping) keeps the inode alive. */
export function retainInode(files: FileSystemState, id: number): void {
  inodeOf(files, id).references++;
}

/** A holder let go; the inode is freed if nothing names or holds it any more. */
export function releaseInode(files: FileSystemState, id: number): void {
  inodeOf(files, id).references--;
  dropIfUnused(files, id);
}

/** Frees the inode if it has no link and no reference; so too a removed parent that only it held. */
export function dropIfUnused(files: FileSystemState, id: number): void {
  for (let next = id; next !== 0; ) {
    const inode = inodeOf(files, next);
    if (inode.links > 0 || inode.references > 0) return;
    files.inodes[next] = null;
    files.freeInodes.push(next);
    next = 0;
    if (inode.kind === "file") files.bytesUsed -= inode.data.length;
    if (inode.kind === "directory") {
      next = inode.parent;
      inodeOf(files, next).references--;
    }
  }
}

/** Whether a write to the inode must fail with EROFS (devices and pipes can always be written). */
export function isReadOnly(files: FileSystemState, inode: Inode): boolean {
  if (inode.kind === "device" || inode.kind === "pipe") return false;
  return files.mounts[inode.mount].readOnly;
}

/** Marks new content. */
export function touch(inode: Inode, now: number): void {
  inode.modified = now;
  inode.changed = now;
  if (inode.kind === "file") inode.version++;
}

/** Marks a read, as rarely as Linux's relatime: when the last one is not after the last change. */
export function markRead(files: FileSystemState, inode: Inode, now: number): void {
  if (inode.accessed > inode.modified && inode.accessed > inode.changed) return;
  if (!files.mounts[inode.mount].readOnly) inode.accessed = now;
}
