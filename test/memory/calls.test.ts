import { describe, expect, test } from "vitest";
import { PAGE_SIZE, PROTECT_READ, PROTECT_WRITE } from "../../assembly/layout.ts";
import { MMAP_BASE, STACK_TOP, USER_END } from "../../host/memory/layout.ts";
import { populate } from "../../host/memory/populate.ts";
import { mapRegion, plainRegion } from "../../host/memory/space.ts";
import { EEXIST, EFAULT, EINVAL, ENOMEM, EOVERFLOW, EPERM } from "../../host/syscalls/errno.ts";
import { mayReach } from "../../host/syscalls/memory-limits.ts";
import {
  BREAK_START,
  FRAMES,
  MAP_FIXED,
  PRIVATE_ANONYMOUS,
  PROT_NONE,
  SHARED_ANONYMOUS,
  TestMachine,
  TestProcess,
} from "./process.ts";

const READ_WRITE = PROTECT_READ | PROTECT_WRITE;
const FIXED = PRIVATE_ANONYMOUS | MAP_FIXED;
const NOREPLACE = PRIVATE_ANONYMOUS | 0x100000;
const MAYMOVE = 1;
const AT = 0x40000;
const RLIMIT_DATA = 2;
const RLIMIT_AS = 9;

function newProcess(frames = 512): TestProcess {
  return new TestProcess(new TestMachine(frames));
}

/** A process with three pages at AT, one with four at AT + 16 pages, and nothing else. */
function withMappings(): TestProcess {
  const process = newProcess();
  process.map(AT, 3, READ_WRITE, FIXED);
  process.map(AT + 16 * PAGE_SIZE, 4, READ_WRITE, FIXED);
  return process;
}

test.each([
  ["mmap2 of nothing", "mmap2", [0, 0, 3, PRIVATE_ANONYMOUS, -1, 0], -EINVAL],
  ["mmap2 of 2^31-1 bytes", "mmap2", [0, 0x7fffffff, 1, PRIVATE_ANONYMOUS, -1, 0], USER_END - 2 ** 31],
  ["mmap2 of 2^32-1 bytes", "mmap2", [0, 0xffffffff, 3, PRIVATE_ANONYMOUS, -1, 0], -ENOMEM],
  ["mmap2 of more than user space", "mmap2", [0, 0xffffe001, 3, PRIVATE_ANONYMOUS, -1, 0], -ENOMEM],
  ["mmap2 of neither kind", "mmap2", [0, 4096, 3, 0x20, -1, 0], -EINVAL],
  ["mmap2 fixed at a crooked address", "mmap2", [AT + 1, 4096, 3, FIXED, -1, 0], -EINVAL],
  ["mmap2 fixed at page 0", "mmap2", [0, 4096, 3, FIXED, -1, 0], -EPERM],
  ["mmap2 fixed over the end", "mmap2", [USER_END - 4096, 8192, 3, FIXED, -1, 0], -ENOMEM],
  ["mmap2 fixed up to the end", "mmap2", [USER_END - 4096, 4096, 3, FIXED, -1, 0], USER_END - 4096],
  ["mmap2 at a taken place, not replacing", "mmap2", [AT, 4096, 3, NOREPLACE, -1, 0], -EEXIST],
  ["mmap2 with an offset that wraps", "mmap2", [0, 8192, 3, PRIVATE_ANONYMOUS, -1, -1], -EOVERFLOW],
  ["munmap of nothing", "munmap", [AT, 0], -EINVAL],
  ["munmap at a crooked address", "munmap", [AT + 1, 4096], -EINVAL],
  ["munmap of a hole", "munmap", [AT + 8 * PAGE_SIZE, 4096], 0],
  ["munmap past the end", "munmap", [AT, 0xffffffff], -EINVAL],
  ["munmap of 2^31-1 bytes", "munmap", [AT, 0x7fffffff], 0],
  ["mprotect of nothing", "mprotect", [AT, 0, 1], 0],
  ["mprotect of nothing, crooked", "mprotect", [AT + 1, 0, 1], -EINVAL],
  ["mprotect of a hole", "mprotect", [AT + 8 * PAGE_SIZE, 4096, 1], -ENOMEM],
  ["mprotect into a hole", "mprotect", [AT, 5 * PAGE_SIZE, 1], -ENOMEM],
  ["mprotect with unknown bits", "mprotect", [AT, 4096, 0x40], -EINVAL],
  ["mprotect of 2^32-1 bytes", "mprotect", [AT, 0xffffffff, 1], -ENOMEM],
  ["mprotect of the null page", "mprotect", [0, 4096, 1], -ENOMEM],
  ["madvise with unknown advice", "madvise", [AT, 4096, 77], -EINVAL],
  ["madvise at a crooked address", "madvise", [AT + 1, 4096, 4], -EINVAL],
  ["madvise past the end", "madvise", [AT, 0xffffffff, 4], -EINVAL],
  ["madvise of nothing", "madvise", [AT, 0, 4], 0],
  ["msync with two modes", "msync", [AT, 4096, 5], -EINVAL],
  ["msync of a hole", "msync", [AT, 5 * PAGE_SIZE, 4], -ENOMEM],
  ["msync of a mapping", "msync", [AT, 3 * PAGE_SIZE, 4], 0],
  ["mremap of a hole", "mremap", [AT + 8 * PAGE_SIZE, 4096, 8192, MAYMOVE], -EFAULT],
  ["mremap over two mappings", "mremap", [AT, 18 * PAGE_SIZE, 19 * PAGE_SIZE, MAYMOVE], -EFAULT],
  ["mremap to nothing", "mremap", [AT, 4096, 0, MAYMOVE], -EINVAL],
  ["mremap from nothing", "mremap", [AT, 0, 4096, MAYMOVE], -EINVAL],
  ["mremap fixed without leave to move", "mremap", [AT, 4096, 4096, 2, AT], -EINVAL],
  ["mremap onto itself", "mremap", [AT, 8192, 8192, 3, AT + 4096], -EINVAL],
  ["mremap that cannot grow in place", "mremap", [AT + 4096, 4096, 8192, 0], -ENOMEM],
  ["mremap with unknown flags", "mremap", [AT, 4096, 4096, 8], -EINVAL],
  ["riscv_flush_icache", "riscv_flush_icache", [0, 0, 1], 0],
  ["riscv_flush_icache with unknown flags", "riscv_flush_icache", [0, 0, 2], -EINVAL],
])("%s", (_, name, args, expected) => {
  const process = withMappings();
  expect(process.call(name, ...args)).toBe(expected);
  expect(process.machine.problems()).toEqual([]);
});

test("mappings go below each other from the top, and fill the highest hole", () => {
  const process = newProcess();
  const [a, b, c] = [process.map(0, 4), process.map(0, 4), process.map(0, 4)];
  expect([a, b, c]).toEqual([4, 8, 12].map((pages) => MMAP_BASE - pages * PAGE_SIZE));
  process.call("munmap", b, 4 * PAGE_SIZE);
  expect(process.map(0, 5)).toBe(c - 5 * PAGE_SIZE);
  expect(process.map(0, 4)).toBe(b);
});

test("neighbours with equal properties are one region", () => {
  const process = newProcess();
  for (let page = 0; page < 6; page++) process.map(AT + page * PAGE_SIZE, 1, READ_WRITE, FIXED);
  expect(process.space.regions.length).toBe(1);
  process.call("mprotect", AT + PAGE_SIZE, PAGE_SIZE, PROTECT_READ);
  expect(process.space.regions.length).toBe(3);
  process.call("mprotect", AT + PAGE_SIZE, PAGE_SIZE, READ_WRITE);
  expect(process.space.regions.length).toBe(1);
});

test("brk gives the break it has when it cannot give the wanted one", () => {
  const process = newProcess();
  expect(process.call("brk", 0)).toBe(BREAK_START);
  expect(process.call("brk", BREAK_START - 1)).toBe(BREAK_START);
  expect(process.call("brk", BREAK_START + 5000)).toBe(BREAK_START + 5000);
  expect(process.write(BREAK_START + PAGE_SIZE, 1)).toBe("ok");
  process.map(BREAK_START + 4 * PAGE_SIZE, 1, READ_WRITE, FIXED);
  expect(process.call("brk", BREAK_START + 4 * PAGE_SIZE)).toBe(BREAK_START + 4 * PAGE_SIZE);
  expect(process.call("brk", BREAK_START + 4 * PAGE_SIZE + 1)).toBe(BREAK_START + 4 * PAGE_SIZE);
  expect(process.call("brk", 0xffffffff)).toBe(BREAK_START + 4 * PAGE_SIZE);
});

test("memory that brk gave up is zero when it is asked for again", () => {
  const process = newProcess();
  process.call("brk", BREAK_START + PAGE_SIZE);
  process.write(BREAK_START, 42);
  process.call("brk", BREAK_START);
  expect(process.read(BREAK_START)).toBe("segv-maperr");
  process.call("brk", BREAK_START + PAGE_SIZE);
  expect(process.read(BREAK_START)).toBe(0);
});

test("a guard may be mapped over the first page of the heap, as musl does", () => {
  const process = newProcess();
  process.call("brk", BREAK_START + 2 * PAGE_SIZE);
  expect(process.map(BREAK_START, 1, PROT_NONE, FIXED)).toBe(BREAK_START);
  expect(process.read(BREAK_START)).toBe("segv-accerr");
  expect(process.write(BREAK_START + PAGE_SIZE, 1)).toBe("ok");
  expect(process.call("brk", BREAK_START + 3 * PAGE_SIZE)).toBe(BREAK_START + 3 * PAGE_SIZE);
});

test("mprotect changes what lies before a hole, as Linux does", () => {
  const process = withMappings();
  expect(process.call("mprotect", AT + PAGE_SIZE, 5 * PAGE_SIZE, PROTECT_READ)).toBe(-ENOMEM);
  expect([process.write(AT, 1), process.write(AT + PAGE_SIZE, 1)]).toEqual(["ok", "segv-accerr"]);
});

test("shared memory is one for parent and child, in both directions, also where first touched after fork", () => {
  const parent = newProcess();
  parent.map(AT, 2, READ_WRITE, SHARED_ANONYMOUS | MAP_FIXED);
  parent.write(AT, 1);
  const child = parent.fork();
  child.write(AT, 2);
  child.write(AT + PAGE_SIZE, 3);
  expect([parent.read(AT), parent.read(AT + PAGE_SIZE)]).toEqual([2, 3]);
  expect(parent.machine.problems()).toEqual([]);
  parent.exit();
  expect(child.read(AT + PAGE_SIZE)).toBe(3);
  child.exit();
  expect(child.machine.pages.used).toBe(0);
});

test("a mapping that moves takes its bytes along", () => {
  const process = withMappings();
  for (let page = 0; page < 3; page++) process.write(AT + page * PAGE_SIZE, page + 1);
  process.map(AT + 3 * PAGE_SIZE, 1, PROTECT_READ, FIXED);
  const moved = process.call("mremap", AT, 3 * PAGE_SIZE, 5 * PAGE_SIZE, MAYMOVE);
  expect(moved).toBe(MMAP_BASE - 5 * PAGE_SIZE);
  expect([0, 1, 2, 3, 4].map((page) => process.read(moved + page * PAGE_SIZE))).toEqual([1, 2, 3, 0, 0]);
  expect(process.read(AT)).toBe("segv-maperr");
  expect(process.machine.problems()).toEqual([]);
});

test("a mapping that can, grows and shrinks where it is", () => {
  const process = withMappings();
  expect(process.call("mremap", AT, 3 * PAGE_SIZE, 9 * PAGE_SIZE, 0)).toBe(AT);
  expect(process.write(AT + 8 * PAGE_SIZE, 1)).toBe("ok");
  expect(process.call("mremap", AT, 9 * PAGE_SIZE, PAGE_SIZE, 0)).toBe(AT);
  expect(process.read(AT + PAGE_SIZE)).toBe("segv-maperr");
});

test("a move that runs out of memory for page tables leaves the mapping where it was", () => {
  const process = withMappings();
  process.write(AT, 7);
  process.machine.pages.failAfter = 1;
  expect(process.call("mremap", AT, 3 * PAGE_SIZE, 9 * PAGE_SIZE, 3, 0x30000000)).toBe(-ENOMEM);
  expect(process.read(AT)).toBe(7);
  expect(process.read(0x30000000)).toBe("segv-maperr");
  expect(process.machine.problems()).toEqual([]);
});

test("RLIMIT_AS bounds all mappings, RLIMIT_DATA the private writable ones", () => {
  const process = withMappings();
  process.state.limits[RLIMIT_AS] = [9 * PAGE_SIZE, -1];
  expect(process.map(0, 3)).toBe(-ENOMEM);
  expect(process.map(0, 2)).toBeGreaterThan(0);
  expect(process.map(AT, 3, READ_WRITE, FIXED)).toBe(AT); // in place of as many
  process.state.limits[RLIMIT_AS] = [-1, -1];
  process.state.limits[RLIMIT_DATA] = [10 * PAGE_SIZE, -1];
  expect(process.map(0, 2)).toBe(-ENOMEM);
  const guard = process.map(0, 2, PROT_NONE);
  expect(process.call("mprotect", guard, 2 * PAGE_SIZE, READ_WRITE)).toBe(-ENOMEM);
  expect(process.call("brk", BREAK_START + 2 * PAGE_SIZE)).toBe(BREAK_START);
  expect(process.call("brk", BREAK_START + PAGE_SIZE)).toBe(BREAK_START + PAGE_SIZE);
});

test("a machine without frames says so, and every frame comes back", () => {
  const process = newProcess(6);
  process.map(AT, 10);
  const results = Array.from({ length: 5 }, (_, page) => process.write(AT + page * PAGE_SIZE, 1));
  expect(results).toEqual(["ok", "ok", "ok", "no-memory", "no-memory"]);
  expect(process.machine.problems()).toEqual([]);
  process.exit();
  expect(process.machine.pages.used).toBe(0);
});

describe("a request for more than the machine's RAM", () => {
  const MORE = (FRAMES + 1) * PAGE_SIZE;
  const NORESERVE = 0x4000;

  test("is refused where it could be needed, not where it is only read or asked to be let through", () => {
    const process = new TestProcess(new TestMachine());
    const ask = (protection: number, flags: number, bytes = MORE) =>
      process.call("mmap2", 0, bytes, protection, flags, -1, 0);
    expect(ask(READ_WRITE, PRIVATE_ANONYMOUS)).toBe(-ENOMEM);
    expect(ask(PROTECT_READ, SHARED_ANONYMOUS)).toBe(-ENOMEM);
    expect(ask(READ_WRITE, PRIVATE_ANONYMOUS, MORE - PAGE_SIZE)).toBeGreaterThan(0);
    expect(ask(PROTECT_READ, PRIVATE_ANONYMOUS)).toBeGreaterThan(0);
    expect(ask(READ_WRITE, PRIVATE_ANONYMOUS | NORESERVE)).toBeGreaterThan(0);
  });

  test("is refused to brk, mprotect and mremap too", () => {
    const process = new TestProcess(new TestMachine());
    const end = process.call("brk", 0) as number;
    expect(process.call("brk", end + MORE)).toBe(end);
    const readable = process.call("mmap2", 0, MORE, PROTECT_READ, PRIVATE_ANONYMOUS, -1, 0) as number;
    expect(process.call("mprotect", readable, MORE, READ_WRITE)).toBe(-ENOMEM);
    expect(process.call("mprotect", readable, PAGE_SIZE, READ_WRITE)).toBe(0);
    expect(process.call("mremap", readable, PAGE_SIZE, MORE, 1)).toBe(-ENOMEM);
  });
});

test("RLIMIT_AS counts of the stack what it has grown to, and lets it grow no further", () => {
  const process = newProcess();
  const { pages } = process.machine;
  const limit = 64 * PAGE_SIZE;
  process.state.limits[RLIMIT_AS] = [limit, -1];
  const { memory } = process.machine;
  mapRegion(memory, process.space, plainRegion("stack", STACK_TOP - 2 ** 20, STACK_TOP, READ_WRITE));
  // 33 pages are there from the start; with 30 more the limit has room for one.
  expect(process.call("mmap2", 0, 30 * PAGE_SIZE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0)).toBeGreaterThan(0);
  expect(process.call("mmap2", 0, 2 * PAGE_SIZE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0)).toBe(-ENOMEM);
  const reaches = (page: number) => mayReach(limit, pages, process.space, STACK_TOP - page * PAGE_SIZE);
  expect([reaches(33), reaches(34), reaches(35)]).toEqual([true, true, false]);
  expect(populate(memory, process.space, STACK_TOP - 34 * PAGE_SIZE, PROTECT_WRITE)).toBe("ok");
  expect(process.call("mmap2", 0, PAGE_SIZE, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0)).toBe(-ENOMEM);
});
