// Facts of the file calls beyond what the comparison with Linux covers: flags, devices, the console,
// limits, read-only mounts, and pointers that are not what they should be.

import { expect, test } from "vitest";
import { checkFileSystem } from "../../host/fs/check.ts";
import { endInput, giveInput } from "../../host/fs/console.ts";
import { closeOnExec } from "../../host/fs/descriptors.ts";
import {
  O_APPEND,
  O_CLOEXEC,
  O_CREAT,
  O_NONBLOCK,
  O_PATH,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
} from "../../host/fs/flags.ts";
import { type HostTree, mountTree } from "../../host/fs/import.ts";
import {
  EACCES,
  EAGAIN,
  EBADF,
  EEXIST,
  EFAULT,
  EFBIG,
  EINVAL,
  EMFILE,
  ENAMETOOLONG,
  ENFILE,
  ENOENT,
  ENOSPC,
  ENOTTY,
  ENXIO,
  ERANGE,
  EROFS,
  ESPIPE,
  EXDEV,
} from "../../host/syscalls/errno.ts";
import { fileCalls } from "../../host/syscalls/files.ts";
import { boot, DATA, MEMORY_END, PAGE, READ_ONLY_PAGE } from "./files-harness.ts";

const CWD = -100;
const OTHER = DATA + 2 * PAGE;

const tree: HostTree = {
  list: (path) =>
    path === ""
      ? [
          { kind: "file", name: "readme", isExecutable: false },
          { kind: "directory", name: "sub" },
        ]
      : [],
  read: () => new TextEncoder().encode("from outside"),
};

test("descriptors that fork shared have one offset", () => {
  const parent = boot();
  const fd = parent.open("/tmp/f", O_RDWR | O_CREAT);
  const child = parent.fork();
  parent.write(fd, "abc");
  child.write(fd, "def");
  parent.call("_llseek", fd, 0, 0, DATA, 0);
  expect(child.read(fd)).toBe("abcdef");
});

test("an open file outlives its last name", () => {
  const process = boot();
  const fd = process.open("/tmp/f", O_RDWR | O_CREAT);
  process.write(fd, "still here");
  expect(process.call("unlinkat", CWD, process.put("/tmp/f"), 0)).toBe(0);
  process.call("_llseek", fd, 0, 0, DATA, 0);
  expect(process.read(fd)).toBe("still here");
  const used = process.machine.kernel.files.bytesUsed;
  expect(process.call("close", fd)).toBe(0);
  expect(process.machine.kernel.files.bytesUsed).toBeLessThan(used);
  expect(checkFileSystem(process.machine.kernel)).toEqual([]);
});

test("exec closes what is marked, and only that", () => {
  const process = boot();
  const kept = process.open("/tmp", 0);
  const marked = process.open("/tmp", O_CLOEXEC);
  const duplicate = process.call("fcntl64", kept, 1030, 7);
  closeOnExec(process.machine.kernel, process.services, process.state);
  expect(process.call("fcntl64", kept, 1, 0)).toBe(0);
  expect(process.call("fcntl64", marked, 1, 0)).toBe(-EBADF);
  expect(process.call("fcntl64", duplicate as number, 1, 0)).toBe(-EBADF);
  expect(checkFileSystem(process.machine.kernel)).toEqual([]);
});

test("F_SETFL changes the status flags and not the access mode", () => {
  const process = boot();
  const fd = process.open("/tmp/f", O_WRONLY | O_CREAT);
  expect(process.call("fcntl64", fd, 4, O_RDWR | O_APPEND | O_NONBLOCK)).toBe(0);
  expect(process.call("fcntl64", fd, 3, 0)).toBe(O_WRONLY | O_APPEND | O_NONBLOCK);
});

test("devices give and take what they are named for", () => {
  const process = boot();
  const open = (name: string) => process.open(`/dev/${name}`, O_RDWR);
  const zero = open("zero");
  const nothing = open("null");
  const full = open("full");
  process.put("xxxx", OTHER);
  expect(process.call("read", zero, OTHER, 3)).toBe(3);
  expect(process.text(OTHER, 4)).toBe("\0\0\0x");
  expect(process.read(nothing)).toBe("");
  expect(process.write(nothing, "gone")).toBe(4);
  expect(process.write(full, "x")).toBe(-ENOSPC);
  expect(process.call("read", open("urandom"), OTHER, 5000)).toBe(5000);
  expect(process.open("/dev/tty", O_RDWR)).toBe(-ENXIO);
});

test("standard output and error go outside, each by itself", () => {
  const process = boot();
  process.write(1, "out");
  process.write(2, "err");
  expect(process.machine.outputs.map((bytes) => String.fromCharCode(...bytes))).toEqual(["", "out", "err"]);
});

test("a reader of standard input waits for bytes, then sees its end", () => {
  const process = boot();
  const { kernel, woken } = process.machine;
  const waits = process.read(0) as { kind: string; channel: number };
  expect(waits.kind).toBe("block");
  giveInput(kernel.files, process.services, Uint8Array.of(104, 105));
  expect(woken).toEqual([waits.channel]);
  expect(process.read(0, 1)).toBe("h");
  endInput(kernel.files, process.services);
  expect(process.read(0)).toBe("i");
  expect(process.read(0)).toBe("");
});

test("only a terminal has a window size, and /dev/tty opens it", () => {
  const process = boot({ terminal: [true, true, false], rows: 40, columns: 132 });
  expect(process.call("ioctl", 1, 0x5413, DATA)).toBe(0);
  expect(process.word(DATA)).toBe((132 << 16) | 40);
  expect(process.call("ioctl", 2, 0x5413, DATA)).toBe(-ENOTTY);
  expect(process.call("ioctl", 1, 0x5413, 0)).toBe(-EFAULT);
  expect(process.call("ioctl", 1, 0x5401, DATA)).toBe(-ENOTTY);
  const tty = process.open("/dev/tty", O_RDWR);
  expect(process.call("ioctl", tty, 0x5413, DATA)).toBe(0);
  expect(process.call("_llseek", tty, 0, 0, DATA, 0)).toBe(-ESPIPE);
});

test("a descriptor opened with O_PATH names a file and does nothing else", () => {
  const process = boot();
  const fd = process.open("/tmp", O_PATH);
  expect(process.call("getdents64", fd, DATA, 100)).toBe(-EBADF);
  expect(process.call("openat", fd, process.put("x"), O_CREAT | O_WRONLY, 0o600)).toBe(fd + 1);
});

test("the lists of a large directory are complete and in the order of creation", () => {
  const process = boot();
  process.call("chdir", process.put("/tmp"));
  const names = Array.from({ length: 300 }, (_, i) => `file-${(i * 7) % 300}`);
  for (const name of names) process.call("close", process.open(name, O_CREAT | O_WRONLY));
  const directory = process.open(".", 0);
  const seen: string[] = [];
  for (;;) {
    const size = process.call("getdents64", directory, OTHER, 500) as number;
    if (size <= 0) break;
    const view = new DataView(process.memory.bytes.buffer, OTHER, size);
    for (let at = 0; at < size; at += view.getUint16(at + 16, true)) {
      seen.push(process.text(OTHER + at + 19, 20).split("\0")[0]);
    }
  }
  expect(seen).toEqual([".", "..", ...names]);
  expect(process.call("getdents64", directory, OTHER, 10)).toBe(0);
  process.call("_llseek", directory, 0, 0, DATA, 0);
  expect(process.call("getdents64", directory, OTHER, 10)).toBe(-EINVAL);
});

test("descriptors, open files, inodes and bytes have limits", () => {
  const process = boot({ limits: { openFiles: 5, bytes: 10000, inodes: 16 } });
  const { kernel } = process.machine;
  process.state.limits[7] = [4, 4];
  const fd = process.open("/tmp/f", O_CREAT | O_RDWR);
  expect(process.open("/tmp/g", O_CREAT)).toBe(-EMFILE);
  expect(process.call("fcntl64", fd, 0, 4)).toBe(-EINVAL);
  expect(process.call("dup3", fd, 4, 0)).toBe(-EBADF);
  process.state.limits[7] = [100, 100];
  process.open("/tmp/f", 0);
  expect(process.open("/tmp/f", 0)).toBe(-ENFILE);
  expect(process.call("write", fd, OTHER, 8000)).toBe(8000);
  expect(process.call("write", fd, OTHER, 8000)).toBe(2000);
  expect(process.call("write", fd, OTHER, 1)).toBe(-ENOSPC);
  let made = 0;
  while (process.call("mkdirat", CWD, process.put(`/tmp/d${made}`), 0o755) === 0) made++;
  expect(process.call("mkdirat", CWD, process.put("/tmp/more"), 0o755)).toBe(-ENOSPC);
  expect(checkFileSystem(kernel)).toEqual([]);
});

test("a file may not grow past RLIMIT_FSIZE, and the signal says so", () => {
  const process = boot();
  process.state.limits[1] = [10, 10];
  const fd = process.open("/tmp/f", O_CREAT | O_WRONLY);
  expect(process.write(fd, "0123456789abc")).toBe(10);
  expect(process.machine.signals).toEqual([]);
  expect(process.write(fd, "x")).toBe(-EFBIG);
  expect(process.call("ftruncate64", fd, 11, 0)).toBe(-EFBIG);
  expect(process.machine.signals).toEqual([25, 25]);
});

test("a write far behind the end leaves a hole and takes what it must", () => {
  const process = boot();
  const fd = process.open("/tmp/f", O_CREAT | O_RDWR);
  expect(process.call("ftruncate64", fd, 0, 1)).toBe(0);
  expect(process.call("pread64", fd, OTHER, 5, -2, 0)).toBe(2);
  expect(process.call("pwrite64", fd, OTHER, 5, 0, 1)).toBe(-ENOSPC);
  expect(checkFileSystem(process.machine.kernel)).toEqual([]);
});

test("what faccessat says of a mode", () => {
  const process = boot();
  process.open("/tmp/plain", O_CREAT, 0o600);
  process.open("/tmp/program", O_CREAT, 0o700);
  expect(process.call("faccessat", CWD, process.put("/tmp/plain"), 6)).toBe(0);
  expect(process.call("faccessat", CWD, process.put("/tmp/plain"), 1)).toBe(-EACCES);
  expect(process.call("faccessat", CWD, process.put("/tmp/program"), 1)).toBe(0);
  expect(process.call("faccessat", CWD, process.put("/tmp/none"), 0)).toBe(-ENOENT);
  expect(process.call("faccessat", CWD, process.put("/tmp"), 8)).toBe(-EINVAL);
});

test("a read-only mount can be read and not be changed", () => {
  const process = boot();
  mountTree(process.machine.kernel.files, "/mnt/host", tree, true);
  const at = (path: string) => process.put(`/mnt/host/${path}`, OTHER);
  expect(process.read(process.open("/mnt/host/readme", 0))).toBe("from outside");
  expect(process.open("/mnt/host/readme", O_WRONLY)).toBe(-EROFS);
  expect(process.open("/mnt/host/readme", O_TRUNC)).toBe(-EROFS);
  expect(process.open("/mnt/host/new", O_CREAT)).toBe(-EROFS);
  expect(process.call("mkdirat", CWD, at("new"), 0o755)).toBe(-EROFS);
  expect(process.call("mkdirat", CWD, at("sub"), 0o755)).toBe(-EEXIST);
  expect(process.call("unlinkat", CWD, at("readme"), 0)).toBe(-EROFS);
  expect(process.call("unlinkat", CWD, at("sub"), 0x200)).toBe(-EROFS);
  expect(process.call("symlinkat", process.put("x"), CWD, at("new"))).toBe(-EROFS);
  expect(process.call("renameat2", CWD, at("readme"), CWD, process.put("/mnt/host/b"), 0)).toBe(-EROFS);
  expect(process.call("renameat2", CWD, at("readme"), CWD, process.put("/tmp/b"), 0)).toBe(-EXDEV);
  expect(process.call("linkat", CWD, at("readme"), CWD, process.put("/tmp/b"), 0)).toBe(-EXDEV);
  expect(process.call("faccessat", CWD, at("readme"), 2)).toBe(-EROFS);
  expect(checkFileSystem(process.machine.kernel)).toEqual([]);
});

test("RENAME_NOREPLACE keeps what is there", () => {
  const process = boot();
  process.open("/tmp/a", O_CREAT);
  process.open("/tmp/b", O_CREAT);
  const [a, b] = [process.put("/tmp/a", OTHER), process.put("/tmp/b", OTHER + 100)];
  expect(process.call("renameat2", CWD, a, CWD, b, 1)).toBe(-EEXIST);
  expect(process.call("renameat2", CWD, a, CWD, b, 2)).toBe(-EINVAL);
  expect(process.call("renameat2", CWD, a, CWD, b, 0)).toBe(0);
});

test("getcwd wants room for the NUL", () => {
  const process = boot();
  process.call("chdir", process.put("/tmp"));
  expect(process.call("getcwd", DATA, 4)).toBe(-ERANGE);
  expect(process.call("getcwd", DATA, 5)).toBe(5);
  expect(process.text(DATA, 5)).toBe("/tmp\0");
  expect(process.call("getcwd", MEMORY_END - 2, 100)).toBe(-EFAULT);
});

test("iovecs are bounded, checked, and end at the first fault", () => {
  const process = boot();
  const fd = process.open("/tmp/f", O_CREAT | O_RDWR);
  expect(process.call("writev", fd, DATA, 1025)).toBe(-EINVAL);
  expect(process.call("writev", fd, DATA, -1)).toBe(-EINVAL);
  expect(process.call("writev", fd, 0, 1)).toBe(-EFAULT);
  expect(process.call("writev", fd, 0, 0)).toBe(0);
  process.setWords(DATA, process.put("good", OTHER), 4, 0, 4);
  expect(process.call("writev", fd, DATA, 2)).toBe(4);
  process.setWords(DATA, OTHER, -1);
  expect(process.call("writev", fd, DATA, 1)).toBe(-EINVAL);
});

// ── Pointers and lengths ──────────────────────────────────────────────────────────────────────

const POINTERS = [
  0,
  READ_ONLY_PAGE,
  DATA + PAGE - 1,
  MEMORY_END - 1,
  MEMORY_END - 6,
  MEMORY_END,
  -1,
  0x80000000 | 0,
];
const LENGTHS = [0, 1, 300, 0x7fffffff, -1];
const IS_POINTER = new Set([
  "ptr",
  "path",
  "buffer",
  "outbuffer",
  "outstring",
  "iovec",
  "outiovec",
  "pair",
  "pollfds",
]);

test.each(fileCalls.map((row) => [row.name, row] as const))(
  "%s takes any pointer and length",
  (name, row) => {
    const values = row.arguments.map(({ kind }) => {
      if (kind === "timespec" || kind === "sigset") return [0, MEMORY_END - 6];
      if (IS_POINTER.has(kind)) return POINTERS;
      if (kind === "len" || kind === "uint") return LENGTHS;
      if (kind === "fd") return [4];
      if (kind === "dirfd") return [CWD];
      return [0];
    });
    const run = (args: readonly number[]): void => {
      if (args.length < values.length) {
        for (const value of values[args.length]) run([...args, value]);
        return;
      }
      const process = boot({ limits: { bytes: 1 << 20 } });
      process.pipe(O_NONBLOCK);
      const before = JSON.stringify(process.machine.kernel.files);
      const outcome = process.call(name, ...args);
      expect(checkFileSystem(process.machine.kernel), `${name}(${args})`).toEqual([]);
      if (typeof outcome === "number" && outcome < 0 && outcome !== -EAGAIN) {
        expect(JSON.stringify(process.machine.kernel.files) === before, `${name}(${args}) failed`).toBe(true);
      }
    };
    run([]);
  },
);

test("a path must end within 4,096 bytes and within memory", () => {
  const process = boot();
  expect(process.open("x".repeat(4096), 0)).toBe(-ENAMETOOLONG);
  expect(process.open(`${"./".repeat(2047)}.`, 0)).toBe(3);
  process.memory.bytes.fill(120, MEMORY_END - 100);
  expect(process.call("openat", CWD, MEMORY_END - 100, 0, 0)).toBe(-EFAULT);
});
