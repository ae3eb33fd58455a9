import { expect, test } from "vitest";
import { PAGE_SIZE, PROTECT_EXECUTE, PROTECT_READ, PROTECT_WRITE } from "../../assembly/layout.ts";
import { O_RDONLY, O_RDWR, O_WRONLY } from "../../host/fs/flags.ts";
import { cachedFrames, evictPages } from "../../host/memory/cache.ts";
import { pageEntry } from "../../host/memory/pages.ts";
import { EACCES, EBADF, EINVAL, ENODEV, EOVERFLOW } from "../../host/syscalls/errno.ts";
import { MAP_PRIVATE, MAP_SHARED, TestMachine, TestProcess } from "./process.ts";

const READ_WRITE = PROTECT_READ | PROTECT_WRITE;
const AT = 0x40000;

/** Two and a half pages; each byte tells its page. */
const CONTENT = Uint8Array.from({ length: 2.5 * PAGE_SIZE }, (_, i) => 1 + Math.floor(i / PAGE_SIZE));

function setUp(frames = 512) {
  const machine = new TestMachine(frames);
  const inode = machine.file(CONTENT);
  const process = new TestProcess(machine);
  const fd = process.open(inode, O_RDONLY);
  return { machine, inode, process, fd };
}

function frameOf(process: TestProcess, address: number): number {
  return pageEntry(process.machine.pages, process.space.root, address) >>> 10;
}

test("a private mapping shows the file, then zeros up to the page's end, then a bus error", () => {
  const { process, fd } = setUp();
  expect(process.call("mmap2", AT, 4 * PAGE_SIZE, PROTECT_READ, MAP_PRIVATE, fd, 0)).toBe(AT);
  expect(process.read(AT)).toBe(1);
  expect(process.read(AT + 2 * PAGE_SIZE)).toBe(3);
  expect(process.read(AT + 2.5 * PAGE_SIZE)).toBe(0);
  expect(process.read(AT + 3 * PAGE_SIZE)).toBe("bus");
  expect(process.write(AT, 9)).toBe("segv-accerr");
});

test("a mapping may begin at any page of the file", () => {
  const { process, fd } = setUp();
  process.call("mmap2", AT, PAGE_SIZE, PROTECT_READ, MAP_PRIVATE, fd, 1);
  expect(process.read(AT)).toBe(2);
});

test("two processes that map a file use the same frames, until one writes", () => {
  const { machine, inode, process, fd } = setUp();
  process.call("mmap2", AT, PAGE_SIZE, READ_WRITE, MAP_PRIVATE, fd, 0);
  const other = new TestProcess(machine);
  other.call("mmap2", AT, PAGE_SIZE, READ_WRITE, MAP_PRIVATE, other.open(inode, O_RDONLY), 0);
  expect([process.read(AT), other.read(AT)]).toEqual([1, 1]);
  expect(frameOf(process, AT)).toBe(frameOf(other, AT));
  expect(process.write(AT, 77)).toBe("ok");
  expect([process.read(AT), other.read(AT)]).toEqual([77, 1]);
  expect(frameOf(process, AT)).not.toBe(frameOf(other, AT));
  expect(machine.problems()).toEqual([]);
});

test("a page that was mapped for reading is still copied after mprotect makes it writable", () => {
  const { machine, process, fd } = setUp();
  process.call("mmap2", AT, PAGE_SIZE, PROTECT_READ, MAP_PRIVATE, fd, 0);
  process.read(AT);
  expect(process.call("mprotect", AT, PAGE_SIZE, READ_WRITE)).toBe(0);
  process.write(AT, 5);
  const later = process.call("mmap2", 0, PAGE_SIZE, PROTECT_READ, MAP_PRIVATE, fd, 0);
  expect(process.read(later)).toBe(1);
  expect(machine.problems()).toEqual([]);
});

test("new mappings show a file's new bytes; what is mapped stays", () => {
  const { machine, inode, process, fd } = setUp();
  process.call("mmap2", AT, PAGE_SIZE, PROTECT_READ, MAP_PRIVATE, fd, 0);
  process.read(AT);
  machine.writeFile(
    inode,
    CONTENT.map((byte) => byte + 100),
  );
  const later = process.call("mmap2", 0, PAGE_SIZE, PROTECT_READ, MAP_PRIVATE, fd, 0);
  expect([process.read(AT), process.read(later)]).toEqual([1, 101]);
  expect(machine.problems()).toEqual([]);
});

test("a mapping keeps its file alive", () => {
  const { machine, inode, process, fd } = setUp();
  process.call("mmap2", AT, 3 * PAGE_SIZE, PROTECT_READ, MAP_PRIVATE, fd, 0);
  process.call("munmap", AT + PAGE_SIZE, PAGE_SIZE);
  expect(machine.kernel.files.inodes[inode]?.references).toBe(3); // the open file and two regions
  process.exit();
  expect(machine.kernel.files.inodes[inode]?.references).toBe(1);
});

test("cached pages that nobody maps make room when memory runs out", () => {
  const { machine, process, fd } = setUp(8);
  process.call("mmap2", AT, 3 * PAGE_SIZE, PROTECT_READ, MAP_PRIVATE, fd, 0);
  for (let page = 0; page < 3; page++) process.read(AT + page * PAGE_SIZE);
  process.call("munmap", AT, 3 * PAGE_SIZE);
  expect(cachedFrames(machine.kernel.pageCache).length).toBe(3);
  process.map(AT, 6);
  const results = Array.from({ length: 6 }, (_, page) => process.write(AT + page * PAGE_SIZE, 1));
  expect(results).toEqual(["ok", "ok", "ok", "ok", "ok", "no-memory"]); // seven frames, two of them page tables
  expect(machine.problems()).toEqual([]);
});

test("pages that are mapped are not evicted", () => {
  const { machine, process, fd } = setUp();
  process.call("mmap2", AT, PAGE_SIZE, PROTECT_READ, MAP_PRIVATE, fd, 0);
  process.read(AT);
  expect(evictPages(machine.kernel.pageCache, machine.pages)).toBe(0);
  process.exit();
  expect(evictPages(machine.kernel.pageCache, machine.pages)).toBe(1);
  expect(machine.pages.used).toBe(0);
});

test("a shared mapping of a file can be read and never written", () => {
  const { process, inode } = setUp();
  const fd = process.open(inode, O_RDWR);
  expect(process.call("mmap2", AT, PAGE_SIZE, PROTECT_READ, MAP_SHARED, fd, 0)).toBe(AT);
  expect(process.read(AT)).toBe(1);
  expect(process.call("mprotect", AT, PAGE_SIZE, READ_WRITE)).toBe(-EACCES);
  expect(process.call("mmap2", 0, PAGE_SIZE, READ_WRITE, MAP_SHARED, fd, 0)).toBe(-ENODEV);
});

test("the descriptor and its mode are checked as Linux does", () => {
  const { process, inode, fd } = setUp();
  const writeOnly = process.open(inode, O_WRONLY);
  expect(process.call("mmap2", 0, 0, PROTECT_READ, MAP_PRIVATE, 99, 0)).toBe(-EBADF);
  expect(process.call("mmap2", 0, 0, PROTECT_READ, MAP_PRIVATE, fd, 0)).toBe(-EINVAL);
  expect(process.call("mmap2", 0, PAGE_SIZE, PROTECT_READ, MAP_PRIVATE, writeOnly, 0)).toBe(-EACCES);
  expect(process.call("mmap2", 0, PAGE_SIZE, READ_WRITE, MAP_SHARED, fd, 0)).toBe(-EACCES);
  expect(process.call("mmap2", 0, PAGE_SIZE, PROTECT_READ, 0, fd, 0)).toBe(-EINVAL);
  expect(process.call("mmap2", 0, 2 * PAGE_SIZE, PROTECT_READ, MAP_PRIVATE, fd, 0xfffffffe)).toBe(-EOVERFLOW);
  const directory = process.open(process.machine.kernel.files.root, O_RDONLY);
  expect(process.call("mmap2", 0, PAGE_SIZE, PROTECT_READ, MAP_PRIVATE, directory, 0)).toBe(-ENODEV);
});

test("code can be executed where the mapping says so, and not read where it is execute-only", () => {
  const { process, fd } = setUp();
  process.call("mmap2", AT, PAGE_SIZE, PROTECT_EXECUTE, MAP_PRIVATE, fd, 0);
  expect(process.read(AT)).toBe("segv-accerr");
});

test("every allocation that fails while a page is brought in gives no-memory, and nothing leaks", () => {
  for (const write of [false, true]) {
    for (let nth = 1; nth < 6; nth++) {
      const { machine, process, fd } = setUp();
      process.call("mmap2", AT, PAGE_SIZE, READ_WRITE, MAP_PRIVATE, fd, 0);
      machine.pages.failAfter = nth;
      const first = write ? process.write(AT, 1) : process.read(AT);
      const met = machine.pages.failAfter === 0;
      machine.pages.failAfter = 0;
      expect(first).toBe(met ? "no-memory" : write ? "ok" : 1);
      expect(machine.problems()).toEqual([]);
      expect(process.read(AT)).toBe(1);
      process.exit();
      evictPages(machine.kernel.pageCache, machine.pages);
      expect(machine.pages.used).toBe(0);
    }
  }
});
