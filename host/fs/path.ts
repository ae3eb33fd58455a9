// The walk from a path to an inode: path_resolution(7), with Linux's order of errors. Paths and names
// are byte strings.

import { EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR } from "../syscalls/errno.ts";
import { isDead, lookup } from "./directory.ts";
import { NAME_MAX, SYMLINKS_MAX } from "./flags.ts";
import { directoryOf, inodeOf } from "./inode.ts";
import type { DirectoryInode, FileSystemState } from "./state.ts";

/** What becomes of a symbolic link in the last component. */
export type Follow =
  /** It is followed: stat, open, chdir. */
  | "follow"
  /** It is meant itself, unless a slash comes after it: lstat, readlink. */
  | "nofollow"
  /**
   * It is meant itself in any case: the calls that make, remove and rename entries. They also check the length
   * of the last name themselves (`absence`), because other errors come first.
   */
  | "entry"
  /** It is followed, and a slash after the last component gives EISDIR: open with O_CREAT. */
  | "create";

export interface Walked {
  /** 0, or a negated errno; then nothing else counts. ENOENT of the last component is not an error here. */
  error: number;
  /** Directory of the last component. */
  parent: number;
  name: string;
  /** What the last component names; 0 if nothing. */
  inode: number;
  /** The last component is a name, ".", ".." or the path was only slashes. */
  last: "name" | "dot" | "dotdot" | "root";
  /** A slash came after the last component. */
  slash: boolean;
}

function failed(error: number): Walked {
  return { error: -error, parent: 0, name: "", inode: 0, last: "name", slash: false };
}

function skipSlashes(path: string, from: number): number {
  let at = from;
  while (path.charCodeAt(at) === 47) at++;
  return at;
}

function endOfName(path: string, from: number): number {
  const slash = path.indexOf("/", from);
  return slash < 0 ? path.length : slash;
}

/**
 * Walks `path` from directory `start` (from the root if it begins with a slash). Errors: ENOENT (empty path
 * or missing directory), ENOTDIR, ENAMETOOLONG, ELOOP, EISDIR ("create" only).
 */
export function walk(files: FileSystemState, start: number, path: string, follow: Follow): Walked {
  if (path.length === 0) return failed(ENOENT);
  let text = path;
  let links = 0;
  let current = text.charCodeAt(0) === 47 ? files.root : start;
  let at = skipSlashes(text, 0);
  if (at === text.length) {
    return { error: 0, parent: current, name: "", inode: current, last: "root", slash: true };
  }
  for (;;) {
    const end = endOfName(text, at);
    const next = skipSlashes(text, end);
    const isLast = next === text.length;
    const slash = next > end;
    const directory = inodeOf(files, current);
    if (directory.kind !== "directory") return failed(ENOTDIR);
    const name = text.slice(at, end);
    let inode: number;
    let last: Walked["last"] = "name";
    if (name === ".") {
      inode = current;
      last = "dot";
    } else if (name === "..") {
      inode = directory.parent;
      last = "dotdot";
    } else {
      if (isLast && slash && follow === "create") return failed(EISDIR);
      if (name.length > NAME_MAX && !(isLast && follow === "entry"))
        return failed(lookupError(directory, name));
      inode = lookup(directory, name);
    }
    const found = inode === 0 ? null : inodeOf(files, inode);
    if (found?.kind === "symlink" && goesThrough(follow, isLast, slash)) {
      if (++links > SYMLINKS_MAX) return failed(ELOOP);
      text = found.target + text.slice(end);
      if (text.charCodeAt(0) === 47) current = files.root;
      at = skipSlashes(text, 0);
      if (at < text.length) continue;
      return { error: 0, parent: current, name: "", inode: current, last: "root", slash: true };
    }
    if (isLast) return { error: 0, parent: current, name, inode, last, slash };
    if (inode === 0) return failed(ENOENT);
    current = inode;
    at = next;
  }
}

function goesThrough(follow: Follow, isLast: boolean, slash: boolean): boolean {
  if (!isLast || follow === "follow" || follow === "create") return true;
  return follow === "nofollow" && slash;
}

/** Why a lookup finds nothing: ENAMETOOLONG or ENOENT. In a removed directory no name is looked at. */
function lookupError(directory: DirectoryInode, name: string): number {
  return name.length > NAME_MAX && !isDead(directory) ? ENAMETOOLONG : ENOENT;
}

/** Why there is nothing under the walk's last name: ENAMETOOLONG or ENOENT. */
export function absence(files: FileSystemState, walked: Walked): number {
  return lookupError(directoryOf(files, walked.parent), walked.name);
}

/** Index of the inode that the path names, or a negated errno (ENOENT, ENOTDIR and those of `walk`). */
export function resolve(files: FileSystemState, start: number, path: string, followLast: boolean): number {
  const walked = walk(files, start, path, followLast ? "follow" : "nofollow");
  if (walked.error !== 0) return walked.error;
  if (walked.inode === 0) return -ENOENT;
  if (walked.slash && inodeOf(files, walked.inode).kind !== "directory") return -ENOTDIR;
  return walked.inode;
}

/** Absolute path of a directory, or -ENOENT if it, or one above it, was removed. */
export function directoryPath(files: FileSystemState, id: number): string | number {
  let path = "";
  for (let at = id; at !== files.root; ) {
    const directory = directoryOf(files, at);
    if (isDead(directory)) return -ENOENT;
    const entry = directoryOf(files, directory.parent).entries.find(({ inode }) => inode === at);
    if (!entry) throw new Error(`assertion: directory ${at} is not in its parent`);
    path = `/${entry.name}${path}`;
    at = directory.parent;
  }
  return path === "" ? "/" : path;
}
