// Paths of inodes, which the file system does not keep: found by looking for the entries that name them.

import type { DirectoryInode, FileSystemState } from "../fs/state.ts";

/** Entries that are looked at for one picture; what lies behind has no path there. */
const LOOKS = 20_000;

/** One path of each of the inodes that has one. Byte strings. */
export function pathsOf(files: FileSystemState, wanted: ReadonlySet<number>): Map<number, string> {
  const paths = new Map<number, string>();
  let looks = 0;
  for (let id = 1; id < files.inodes.length && paths.size < wanted.size && looks < LOOKS; id++) {
    const inode = files.inodes[id];
    if (inode?.kind !== "directory") continue;
    if (wanted.has(id)) paths.set(id, directoryPath(files, id, inode) || "/");
    for (const entry of inode.entries) {
      if (wanted.has(entry.inode) && !paths.has(entry.inode)) {
        paths.set(entry.inode, `${directoryPath(files, id, inode)}/${entry.name}`);
      }
    }
    looks += inode.entries.length;
  }
  return paths;
}

/** Without a slash at its end; of the root: nothing. */
function directoryPath(files: FileSystemState, id: number, directory: DirectoryInode): string {
  const mount = files.mounts.find(({ root }) => root === id);
  if (mount) return mount.path === "/" ? "" : mount.path;
  const parent = files.inodes[directory.parent];
  if (parent?.kind !== "directory" || directory.parent === id) return "";
  const name = parent.entries.find(({ inode }) => inode === id)?.name ?? "?";
  return `${directoryPath(files, directory.parent, parent)}/${name}`;
}
