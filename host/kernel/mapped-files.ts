// The file system's side of memory: what mappings and the page cache ask of files.

import { storedContent } from "../fs/content.ts";
import { inodeOf, releaseInode, retainInode } from "../fs/inode.ts";
import type { FileSystemState, RegularInode } from "../fs/state.ts";
import type { MappedFiles } from "../memory/cache.ts";

export function mappedFiles(files: FileSystemState): MappedFiles {
  return {
    retain: (inode) => retainInode(files, inode),
    release: (inode) => releaseInode(files, inode),
    size: (inode) => regular(files, inode).size,
    stamp: (inode) => `${regular(files, inode).serial}.${regular(files, inode).version}`,
    read(inode, offset, target) {
      const file = regular(files, inode);
      const count = Math.max(0, Math.min(target.length, file.size - offset));
      const stored = storedContent(file, offset, count);
      target.set(stored);
      target.fill(0, stored.length, count);
      return count;
    },
  };
}

function regular(files: FileSystemState, id: number): RegularInode {
  const inode = inodeOf(files, id);
  if (inode.kind !== "file") throw new Error(`assertion: inode ${id} is mapped and is a ${inode.kind}`);
  return inode;
}
