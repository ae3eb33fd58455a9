// Host files and folders shown in the machine: copied in before the run; what a program changed under a
// writable mount is written back after it. Symbolic links are copied as links, so that no mount shows more
// than its folder; special files are left out.

import { changesOf, type HostEntry, type HostTree, ImportError, mountFile, mountTree } from "../fs/import.ts";
import type { Machine } from "../machine.ts";
import type { HostFiles } from "../platform/platform.ts";
import type { Mount } from "./machine-options.ts";
import { CommandError, UsageError } from "./status.ts";

const EXECUTABLE = 0o111;

/** What to do after the run: writes back what changed. */
export type WriteBack = () => void;

export function mountAll(machine: Machine, mounts: readonly Mount[], files: HostFiles): WriteBack {
  const tasks = mounts.map((mount) => mountOne(machine, mount, files));
  return () => {
    for (const task of tasks) task();
  };
}

function mountOne(machine: Machine, mount: Mount, files: HostFiles): WriteBack {
  const entry = files.entry(mount.host);
  if (entry === null) throw new CommandError(`--mount: there is no ${mount.host} on the host`);
  const state = machine.kernel.state.files;
  try {
    if (entry.kind === "file") {
      if (mount.writable)
        throw new UsageError(`--mount ${mount.host}: only a folder can be mounted :rw`, "run");
      mountFile(state, toBytes(mount.guest), files.read(mount.host), entry.mode & EXECUTABLE ? 0o755 : 0o644);
      return () => {};
    }
    const tree = hostTree(mount.host, files);
    const index = mountTree(state, toBytes(mount.guest), tree, !mount.writable);
    return mount.writable ? () => writeBack(mount.host, changesOf(state, index, tree), files) : () => {};
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    throw new CommandError(`--mount ${mount.host}: ${fromBytes(error.message)}`);
  }
}

/** A folder of the host, byte strings for names. Read once: the tree stays what it was when mounted. */
function hostTree(root: string, files: HostFiles): HostTree {
  const contents = new Map<string, Uint8Array>();
  const lists = new Map<string, HostEntry[]>();
  const place = (path: string) => (path === "" ? root : files.join(root, fromBytes(path)));
  const list = (path: string) => {
    const entries = files.list(place(path)).flatMap((name): HostEntry[] => {
      const full = files.join(place(path), name);
      const entry = files.entry(full);
      if (entry === null || entry.kind === "other") return [];
      if (entry.kind === "symlink") {
        return [{ kind: "symlink", name: toBytes(name), target: toBytes(files.linkTarget(full)) }];
      }
      if (entry.kind === "directory") return [{ kind: "directory", name: toBytes(name) }];
      return [{ kind: "file", name: toBytes(name), isExecutable: (entry.mode & EXECUTABLE) !== 0 }];
    });
    lists.set(path, entries);
    return entries;
  };
  const read = (path: string) => {
    const bytes = files.read(place(path));
    contents.set(path, bytes);
    return bytes;
  };
  return {
    list: (path) => lists.get(path) ?? list(path),
    read: (path) => contents.get(path) ?? read(path),
  };
}

function writeBack(root: string, changes: ReturnType<typeof changesOf>, files: HostFiles): void {
  for (const { kind, path, content, isExecutable, target } of changes) {
    const full = files.join(root, fromBytes(path));
    if (kind === "remove") files.remove(full);
    else if (kind === "directory") files.makeDirectory(full, 0o755);
    else if (kind === "file") files.write(full, content ?? new Uint8Array(0), isExecutable ? 0o755 : 0o644);
    else
      throw new CommandError(
        `${full} was not written: a guest's symbolic link (to ${target}) may lead anywhere`,
      );
  }
}

function toBytes(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

function fromBytes(bytes: string): string {
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}
