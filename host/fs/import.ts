// Content given to the machine from outside: single files, and whole trees as mounts. A mount is copied
// into inodes when it is made, so that a run depends on nothing that changes meanwhile; what a program
// changed in a writable one can be asked for at the end (`changesOf`).

import { EACCES, EINVAL, EISDIR, ENOSPC, ENOTDIR } from "../syscalls/errno.ts";
import { resizeContent, storedContent, writeContent } from "./content.ts";
import { addEntry, lookup } from "./directory.ts";
import { directoryOf, dropIfUnused, inodeOf, makeDirectory, makeRegular, makeSymlink } from "./inode.ts";
import { resolve } from "./path.ts";
import type { FileSystemState, RegularInode } from "./state.ts";
import { ByteSource } from "./transfer.ts";

const REASONS: Readonly<Record<number, string>> = {
  [EACCES]: "there is something that is no file",
  [EINVAL]: "it is not an absolute path of something new",
  [EISDIR]: "there is a directory",
  [ENOSPC]: "the file system has no room for it",
  [ENOTDIR]: "something on the way is no directory",
};

/** Thrown where content cannot be put into the machine; the message is for people. */
export class ImportError extends Error {
  override readonly name = "ImportError";
  readonly path: string;
  readonly errno: number;

  constructor(path: string, errno: number) {
    super(`${path}: ${REASONS[errno]}`);
    this.path = path;
    this.errno = errno;
  }
}

/** One entry of a tree outside. Names and targets are byte strings. */
export type HostEntry =
  | { readonly kind: "directory"; readonly name: string }
  | { readonly kind: "symlink"; readonly name: string; readonly target: string }
  | { readonly kind: "file"; readonly name: string; readonly isExecutable: boolean };

/** A tree of files outside. Paths are relative to its top, "" is the top itself. */
export interface HostTree {
  /** Entries of a directory, in an order that depends on the names only. */
  list(path: string): readonly HostEntry[];
  read(path: string): Uint8Array;
}

/** What a program did to a mount, in an order that can be followed: removals, directories, files. */
export interface MountChange {
  readonly kind: "remove" | "directory" | "symlink" | "file";
  /** Relative to the mount's top. */
  readonly path: string;
  /** Of a file. */
  readonly content?: Uint8Array;
  readonly isExecutable?: boolean;
  /** Of a symbolic link. */
  readonly target?: string;
}

/** Puts a file at an absolute path; directories on the way are made. A file there before is replaced. */
export function storeFile(files: FileSystemState, path: string, content: Uint8Array, mode: number): void {
  const { directory, name } = parentOf(files, path);
  const existing = lookup(directoryOf(files, directory), name);
  if (existing !== 0 && inodeOf(files, existing).kind === "directory") throw new ImportError(path, EISDIR);
  if (existing !== 0 && inodeOf(files, existing).kind !== "file") throw new ImportError(path, EACCES);
  const id = existing || makeRegular(files, directoryOf(files, directory).mount, mode, 0);
  if (id === 0) throw new ImportError(path, ENOSPC);
  const inode = inodeOf(files, id) as RegularInode;
  inode.mode = mode;
  const { version } = inode;
  resizeContent(files, inode, 0, 0);
  if (!fill(files, inode, content)) {
    if (existing === 0) dropIfUnused(files, id);
    throw new ImportError(path, ENOSPC);
  }
  inode.version = existing === 0 ? version : version + 1;
  if (existing === 0) addEntry(files, directory, name, id, 0);
}

function fill(files: FileSystemState, inode: RegularInode, content: Uint8Array): boolean {
  if (content.length === 0) return true;
  if (writeContent(files, inode, 0, new ByteSource(content), Infinity, 0) === content.length) return true;
  resizeContent(files, inode, 0, 0);
  return false;
}

function parentOf(files: FileSystemState, path: string): { directory: number; name: string } {
  const parts = path.split("/").filter((part) => part !== "");
  const name = parts.pop();
  if (!path.startsWith("/") || name === undefined) throw new ImportError(path, EINVAL);
  let directory = files.root;
  for (const part of parts) directory = childDirectory(files, directory, part, path);
  return { directory, name };
}

/** The directory of this name, made if there is nothing. */
function childDirectory(files: FileSystemState, parent: number, name: string, path: string): number {
  const found = resolve(files, parent, name, true);
  if (found > 0) {
    if (inodeOf(files, found).kind !== "directory") throw new ImportError(path, ENOTDIR);
    return found;
  }
  const id = makeDirectory(files, inodeOf(files, parent).mount, 0o755, parent, 0);
  if (id === 0) throw new ImportError(path, ENOSPC);
  addEntry(files, parent, name, id, 0);
  return id;
}

/**
 * Mounts a tree at an absolute path, whose directory is made and must be empty. Returns the index of the
 * mount. Throws ImportError; then what was imported so far stays, and the machine must not be started.
 */
export function mountTree(files: FileSystemState, path: string, tree: HostTree, readOnly: boolean): number {
  const { directory, name } = parentOf(files, path);
  const root = childDirectory(files, directory, name, path);
  if (directoryOf(files, root).entries.length > 0) throw new ImportError(path, EINVAL);
  const mount = files.mounts.push({ path, root, readOnly }) - 1;
  inodeOf(files, root).mount = mount;
  importDirectory(files, mount, root, tree, "");
  return mount;
}

/** Mounts a single file, read-only, at an absolute path. Throws ImportError. */
export function mountFile(files: FileSystemState, path: string, content: Uint8Array, mode: number): void {
  storeFile(files, path, content, mode);
  const { directory, name } = parentOf(files, path);
  const root = lookup(directoryOf(files, directory), name);
  inodeOf(files, root).mount = files.mounts.push({ path, root, readOnly: true }) - 1;
}

function importDirectory(
  files: FileSystemState,
  mount: number,
  directory: number,
  tree: HostTree,
  path: string,
): void {
  for (const entry of tree.list(path)) {
    const entryPath = path === "" ? entry.name : `${path}/${entry.name}`;
    const id = importEntry(files, mount, directory, tree, entry, entryPath);
    if (id === 0) throw new ImportError(`${files.mounts[mount].path}/${entryPath}`, ENOSPC);
    addEntry(files, directory, entry.name, id, 0);
    if (entry.kind === "directory") importDirectory(files, mount, id, tree, entryPath);
  }
}

/** The new inode, 0 where there is no room for it. */
function importEntry(
  files: FileSystemState,
  mount: number,
  parent: number,
  tree: HostTree,
  entry: HostEntry,
  path: string,
): number {
  if (entry.kind === "directory") return makeDirectory(files, mount, 0o755, parent, 0);
  if (entry.kind === "symlink") return makeSymlink(files, mount, entry.target, 0);
  const id = makeRegular(files, mount, entry.isExecutable ? 0o755 : 0o644, 0);
  if (id === 0) return 0;
  const inode = inodeOf(files, id) as RegularInode;
  if (!fill(files, inode, tree.read(path))) {
    dropIfUnused(files, id);
    return 0;
  }
  inode.version = 0;
  return id;
}

/** What differs between a mount and the tree that it was made from. */
export function changesOf(files: FileSystemState, mount: number, tree: HostTree): MountChange[] {
  const removals: MountChange[] = [];
  const additions: MountChange[] = [];
  compareDirectory(files, files.mounts[mount].root, tree, "", true, removals, additions);
  return [...removals, ...additions];
}

function compareDirectory(
  files: FileSystemState,
  id: number,
  tree: HostTree,
  path: string,
  isOutside: boolean,
  removals: MountChange[],
  additions: MountChange[],
): void {
  const directory = directoryOf(files, id);
  const outside = new Map((isOutside ? tree.list(path) : []).map((entry) => [entry.name, entry]));
  const join = (name: string) => (path === "" ? name : `${path}/${name}`);
  for (const entry of outside.values()) {
    const inside = lookup(directory, entry.name);
    const isGone = inside === 0 || inodeOf(files, inside).kind !== entry.kind;
    if (isGone) removals.push({ kind: "remove", path: join(entry.name) });
  }
  for (const { name, inode: child } of directory.entries) {
    const inode = inodeOf(files, child);
    const same = outside.get(name)?.kind === inode.kind ? outside.get(name) : undefined;
    const childPath = join(name);
    if (inode.kind === "directory") {
      if (!same) additions.push({ kind: "directory", path: childPath });
      compareDirectory(files, child, tree, childPath, same !== undefined, removals, additions);
    } else if (inode.kind === "symlink") {
      const kept = same?.kind === "symlink" && same.target === inode.target;
      if (!kept) additions.push({ kind: "symlink", path: childPath, target: inode.target });
    } else if (inode.kind === "file" && !(same && isUnchanged(inode, tree, childPath))) {
      const isExecutable = (inode.mode & 0o111) !== 0;
      additions.push({ kind: "file", path: childPath, content: contentOf(inode), isExecutable });
    }
  }
}

function contentOf(inode: RegularInode): Uint8Array {
  const stored = storedContent(inode, 0, inode.size);
  if (stored.length === inode.size) return stored;
  const whole = new Uint8Array(inode.size);
  whole.set(stored);
  return whole;
}

function isUnchanged(inode: RegularInode, tree: HostTree, path: string): boolean {
  const before = tree.read(path);
  if (before.length !== inode.size) return false;
  const now = contentOf(inode);
  return before.every((byte, i) => byte === now[i]);
}
