// Directory entries: found by name, listed in the order in which they were made. Entries hold links;
// a directory's link count is 2 plus its subdirectories, 0 once it is removed.

import { directoryOf, inodeOf } from "./inode.ts";
import type { DirectoryEntry, DirectoryInode, FileSystemState } from "./state.ts";

/** Position in `entries` of the first entry with this cookie or a later one. */
export function entryAt(directory: DirectoryInode, cookie: number): number {
  let low = 0;
  let high = directory.entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (directory.entries[middle].cookie < cookie) low = middle + 1;
    else high = middle;
  }
  return low;
}

function entryOf(directory: DirectoryInode, name: string): DirectoryEntry | undefined {
  const cookie = directory.index[`/${name}`];
  return cookie === undefined ? undefined : directory.entries[entryAt(directory, cookie)];
}

/** The inode that the directory has under this name, 0 if none. "." and ".." are not asked here. */
export function lookup(directory: DirectoryInode, name: string): number {
  return entryOf(directory, name)?.inode ?? 0;
}

/** Whether the directory was removed: nothing can be made in it any more. */
export function isDead(directory: DirectoryInode): boolean {
  return directory.links === 0;
}

function changed(directory: DirectoryInode, now: number): void {
  directory.modified = now;
  directory.changed = now;
}

/** Adds an entry (the name must be free) and its link. */
export function addEntry(
  files: FileSystemState,
  parent: number,
  name: string,
  id: number,
  now: number,
): void {
  const directory = directoryOf(files, parent);
  const inode = inodeOf(files, id);
  const cookie = directory.nextCookie++;
  directory.index[`/${name}`] = cookie;
  directory.entries.push({ name, inode: id, cookie });
  changed(directory, now);
  inode.changed = now;
  if (inode.kind === "directory") directory.links++;
  else inode.links++;
}

/** Removes an entry and its link. The caller frees the inode if that was the last. Returns the inode. */
export function removeEntry(files: FileSystemState, parent: number, name: string, now: number): number {
  const directory = directoryOf(files, parent);
  const position = entryAt(directory, directory.index[`/${name}`]);
  const id = directory.entries[position].inode;
  const inode = inodeOf(files, id);
  directory.entries.splice(position, 1);
  delete directory.index[`/${name}`];
  changed(directory, now);
  inode.changed = now;
  if (inode.kind === "directory") directory.links--;
  else inode.links--;
  return id;
}

/** Lets an existing entry name another inode, at its place in the order. Links are counted as above. */
export function replaceEntry(
  files: FileSystemState,
  parent: number,
  name: string,
  id: number,
  now: number,
): number {
  const directory = directoryOf(files, parent);
  const entry = entryOf(directory, name);
  if (!entry) throw new Error(`assertion: no entry ${name}`);
  const old = entry.inode;
  entry.inode = id;
  changed(directory, now);
  for (const [changedId, step] of [
    [old, -1],
    [id, 1],
  ]) {
    const inode = inodeOf(files, changedId);
    inode.changed = now;
    if (inode.kind === "directory") directory.links += step;
    else inode.links += step;
  }
  return old;
}
