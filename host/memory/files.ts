// The file system's regular files as the page cache sees them.

import { storedContent } from "../fs/content.ts";
import { inodeOf, releaseInode, retainInode } from "../fs/inode.ts";
import type { FileSystemState, RegularInode } from "../fs/state.ts";
import type { MappedFiles } from "./cache.ts";

export function mappedFiles(files: FileSystemState): MappedFiles {
  const regular = (id: number): RegularInode => {
    const inode = inodeOf(files, id);
    if (inode.kind !== "file") throw new Error(`assertion: inode ${id} is not a regular file`);
    return inode;
  };
  return {
    retain: (inode) => retainInode(files, inode),
    release: (inode) => releaseInode(files, inode),
    size: (inode) => regular(inode).size,
    stamp(inode) {
      const { serial, version } = regular(inode);
      return `${serial}.${version}`;
    },
    read(id, offset, target) {
      const inode = regular(id);
      const length = Math.max(Math.min(target.length, inode.size - offset), 0);
      const stored = storedContent(inode, offset, length);
      target.set(stored);
      target.fill(0, stored.length, length);
      return length;
    },
  };
}
