// Files and trees given to the machine from outside.

import { expect, test } from "vitest";
import { checkFileSystem } from "../../host/fs/check.ts";
import { O_CREAT, O_RDWR, O_TRUNC } from "../../host/fs/flags.ts";
import {
  changesOf,
  type HostEntry,
  type HostTree,
  ImportError,
  mountFile,
  mountTree,
  storeFile,
} from "../../host/fs/import.ts";
import { boot, DATA, type Process } from "../syscalls/files-harness.ts";

const CWD = -100;
const text = new TextEncoder();

/** A tree from paths to contents; a path that ends with a slash is a directory, "@..." a link's target. */
function treeOf(contents: Record<string, string>): HostTree {
  return {
    list(path) {
      const prefix = path === "" ? "" : `${path}/`;
      const entries: HostEntry[] = [];
      for (const [key, content] of Object.entries(contents)) {
        const [, name, slash] = key.startsWith(prefix)
          ? (/^([^/]+)(\/?)$/.exec(key.slice(prefix.length)) ?? [])
          : [];
        if (name === undefined) continue;
        if (slash) entries.push({ kind: "directory", name });
        else if (content.startsWith("@")) entries.push({ kind: "symlink", name, target: content.slice(1) });
        else entries.push({ kind: "file", name, isExecutable: content.startsWith("#!") });
      }
      return entries;
    },
    read: (path) => text.encode(contents[path]),
  };
}

const CONTENTS = {
  "a.txt": "alpha",
  "run.sh": "#!/bin/sh\n",
  "sub/": "",
  "sub/b.txt": "beta",
  link: "@sub/b.txt",
};

function bytesOf(process: Process, path: string): unknown {
  return process.read(process.open(path, 0));
}

test("a stored file is read back, and its directories are made", () => {
  const process = boot();
  storeFile(process.machine.kernel.files, "/usr/lib/x", text.encode("content"), 0o755);
  expect(bytesOf(process, "/usr/lib/x")).toBe("content");
  storeFile(process.machine.kernel.files, "/usr/lib/x", text.encode("new"), 0o644);
  expect(bytesOf(process, "/usr/lib/x")).toBe("new");
  expect(checkFileSystem(process.machine.kernel)).toEqual([]);
});

test("what cannot be stored is said", () => {
  const { kernel } = boot({ limits: { bytes: 100 } }).machine;
  const store = (path: string, size: number) => () =>
    storeFile(kernel.files, path, new Uint8Array(size), 0o644);
  expect(store("/tmp/big", 101)).toThrow("/tmp/big: the file system has no room for it");
  expect(store("/tmp", 1)).toThrow("/tmp: there is a directory");
  expect(store("relative", 1)).toThrow(ImportError);
  expect(store("/dev/null/x", 1)).toThrow("/dev/null/x: something on the way is no directory");
  expect(checkFileSystem(kernel)).toEqual([]);
});

test("a mount shows the tree", () => {
  const process = boot();
  mountTree(process.machine.kernel.files, "/mnt", treeOf(CONTENTS), true);
  expect(bytesOf(process, "/mnt/a.txt")).toBe("alpha");
  expect(bytesOf(process, "/mnt/link")).toBe("beta");
  expect(process.call("faccessat", CWD, process.put("/mnt/run.sh"), 1)).toBe(0);
  expect(checkFileSystem(process.machine.kernel)).toEqual([]);
});

test("a mount that was only read has no changes", () => {
  const process = boot();
  const { files } = process.machine.kernel;
  const tree = treeOf(CONTENTS);
  const mount = mountTree(files, "/mnt", tree, false);
  bytesOf(process, "/mnt/a.txt");
  expect(changesOf(files, mount, tree)).toEqual([]);
});

test("what a program did to a writable mount can be told", () => {
  const process = boot();
  const { files } = process.machine.kernel;
  const tree = treeOf(CONTENTS);
  const mount = mountTree(files, "/mnt", tree, false);
  const path = (name: string, at = DATA) => process.put(`/mnt/${name}`, at);
  process.write(process.open("/mnt/a.txt", O_RDWR | O_TRUNC), "changed");
  process.write(process.open("/mnt/new.txt", O_RDWR | O_CREAT), "new");
  process.call("renameat2", CWD, path("sub"), CWD, path("moved", DATA + 100), 0);
  process.call("unlinkat", CWD, path("link"), 0);
  expect(changesOf(files, mount, tree)).toEqual([
    { kind: "remove", path: "sub" },
    { kind: "remove", path: "link" },
    { kind: "file", path: "a.txt", content: text.encode("changed"), isExecutable: false },
    { kind: "file", path: "new.txt", content: text.encode("new"), isExecutable: false },
    { kind: "directory", path: "moved" },
    { kind: "file", path: "moved/b.txt", content: text.encode("beta"), isExecutable: false },
  ]);
});

test("a mount point cannot be removed or renamed", () => {
  const process = boot();
  mountTree(process.machine.kernel.files, "/mnt", treeOf({}), false);
  expect(process.call("unlinkat", CWD, process.put("/mnt"), 0x200)).toBe(-16);
  expect(process.call("renameat2", CWD, process.put("/mnt"), CWD, process.put("/x", DATA + 100), 0)).toBe(
    -16,
  );
});

test("a mounted file can be read, and neither written nor removed", () => {
  const process = boot();
  mountFile(process.machine.kernel.files, "/tmp/given", text.encode("given"), 0o644);
  expect(bytesOf(process, "/tmp/given")).toBe("given");
  expect(process.open("/tmp/given", O_RDWR)).toBe(-30);
  expect(process.call("unlinkat", CWD, process.put("/tmp/given"), 0)).toBe(-16);
  expect(
    process.call("linkat", CWD, process.put("/tmp/given"), CWD, process.put("/tmp/b", DATA + 100), 0),
  ).toBe(-18);
});
