import { expect, test } from "vitest";
import { PAGE_SIZE } from "../../assembly/layout.ts";
import { type LoadedProgram, loadProgram } from "../../host/loader/program.ts";
import { cachedFrames, evictPages } from "../../host/memory/cache.ts";
import { STACK_TOP } from "../../host/memory/layout.ts";
import { E2BIG, ENOEXEC, ENOMEM } from "../../host/syscalls/errno.ts";
import { TestMachine, TestProcess } from "../memory/process.ts";
import { ENTRY, elfFile, RIGHT, RW, RX, type SegmentSpec } from "./elf-file.ts";

const RANDOM = Uint8Array.from({ length: 16 }, (_, i) => 100 + i);

function request(inode: number) {
  return {
    inode,
    path: "/bin/x",
    arguments: ["x", "one"],
    environment: ["A=1"],
    random: RANDOM,
    stackLimit: 8 * 1024 * 1024,
  };
}

function load(machine: TestMachine, inode: number): TestProcess & { program?: LoadedProgram } {
  const program = loadProgram(machine.memory, request(inode));
  if (program.kind === "failed") throw new Error(program.reason);
  const process: TestProcess & { program?: LoadedProgram } = new TestProcess(machine, program.space);
  process.program = program;
  return process;
}

function loadSegments(segments: readonly SegmentSpec[], size = 0x3000): TestProcess {
  const machine = new TestMachine();
  return load(machine, machine.file(elfFile(segments, size)));
}

/** What the bytes of elfFile are, where no header lies. */
const byteAt = (offset: number) => (offset * 7 + (offset >> 8)) & 255;

test("text is mapped, data is followed by zeros, and the break lies behind them", () => {
  const machine = new TestMachine();
  const process = load(machine, machine.file(elfFile()));
  expect(process.program?.entry).toBe(ENTRY);
  expect(process.read(0x10180)).toBe(byteAt(0x180));
  expect(process.write(0x10180, 1)).toBe("segv-accerr");
  expect(process.read(0x12200)).toBe(byteAt(0x200));
  expect([
    process.read(0x12300),
    process.read(0x12fff),
    process.read(0x13000),
    process.read(0x15000),
  ]).toEqual([0, 0, 0, 0]);
  expect(process.read(0x16000)).toBe("segv-maperr");
  expect(process.space.breakStart).toBe(0x16000);
  expect(process.call("brk", 0x16010)).toBe(0x16010);
  expect(machine.problems()).toEqual([]);
});

test("two runs share the frames of text, and write data of their own", () => {
  const machine = new TestMachine();
  const inode = machine.file(elfFile());
  const [first, second] = [load(machine, inode), load(machine, inode)];
  const own = machine.pages.used;
  for (const process of [first, second]) process.read(0x10180);
  expect(cachedFrames(machine.kernel.pageCache).length).toBe(1);
  expect(machine.pages.used - own).toBe(3); // the page of text once, and a page table for each
  first.write(0x12200, 99);
  expect(second.read(0x12200)).toBe(byteAt(0x200));
  expect(machine.problems()).toEqual([]);
});

test("a page that text and data share has the bytes and the rights of both", () => {
  const process = loadSegments([
    { offset: 0, address: 0x10000, fileSize: 0x1100, flags: RX },
    { offset: 0x1100, address: 0x11100, fileSize: 0x1000, memorySize: 0x1800, flags: RW },
  ]);
  expect(
    process.space.regions.slice(0, 4).map((region) => [region.start, region.end, region.protection]),
  ).toEqual([
    [0x10000, 0x11000, 5],
    [0x11000, 0x12000, 7],
    [0x12000, 0x13000, 3],
    [STACK_TOP - 8 * 1024 * 1024, STACK_TOP, 3],
  ]);
  expect([process.read(0x110ff), process.read(0x11100)]).toEqual([byteAt(0x10ff), byteAt(0x1100)]);
  expect([process.read(0x120ff), process.read(0x12100)]).toEqual([byteAt(0x20ff), 0]);
});

test("three segments in one page are one page", () => {
  const process = loadSegments([
    { offset: 0, address: 0x10000, fileSize: 0x400, flags: RX },
    { offset: 0x400, address: 0x10400, fileSize: 0x400, flags: 4 },
    { offset: 0x800, address: 0x10800, fileSize: 0x400, flags: RW },
  ]);
  expect(process.space.regions.length).toBe(2);
  expect(process.read(0x10900)).toBe(byteAt(0x900));
});

test("a segment whose bytes lie askew in the file is put in place", () => {
  const process = loadSegments([
    { offset: 0, address: 0x10000, fileSize: 0x400, flags: RX },
    { offset: 0x434, address: 0x20000, fileSize: 0x1800, flags: RW, align: 4 },
  ]);
  expect([process.read(0x20000), process.read(0x217ff)]).toEqual([byteAt(0x434), byteAt(0x1c33)]);
});

test("two segments of one file page are two pages in memory, as lld lays them out", () => {
  const process = loadSegments([
    { offset: 0, address: 0x10000, fileSize: 0x1200, flags: RX },
    { offset: 0x1200, address: 0x12200, fileSize: 0x100, flags: RW },
    { offset: 0x1300, address: 0x13300, fileSize: 0x80, memorySize: 0x100, flags: RW },
  ]);
  process.write(0x12200, 1);
  expect([process.read(0x12200), process.read(0x13200), process.read(0x13300)]).toEqual([
    1,
    byteAt(0x1200),
    byteAt(0x1300),
  ]);
  expect(process.read(0x13380)).toBe(0);
});

test("a huge bss costs nothing until it is touched", () => {
  const machine = new TestMachine(16);
  const inode = machine.file(elfFile([RIGHT[0], { ...RIGHT[1], memorySize: 0x5fff0000 - 0x12200 }]));
  const process = load(machine, inode);
  expect(process.read(0x5ffee000)).toBe(0);
});

test("a file that is no program gives ENOEXEC, and the reason", () => {
  const machine = new TestMachine();
  const result = loadProgram(machine.memory, request(machine.file(Uint8Array.of(1, 2, 3, 4, 5))));
  expect(result).toMatchObject({ kind: "failed", errno: ENOEXEC });
  expect(machine.pages.used).toBe(0);
});

test("arguments beyond the limits give E2BIG", () => {
  const machine = new TestMachine();
  const inode = machine.file(elfFile());
  const attempt = (args: string[], stackLimit = 8 * 1024 * 1024) =>
    loadProgram(machine.memory, { ...request(inode), arguments: args, stackLimit });
  const long = "x".repeat(128 * 1024);
  expect(attempt([long])).toMatchObject({ kind: "failed", errno: E2BIG });
  expect(attempt([long.slice(1)])).toMatchObject({ kind: "loaded" });
  expect(attempt(Array.from({ length: 17 }, () => long.slice(1)))).toMatchObject({ errno: E2BIG });
  expect(
    attempt(
      Array.from({ length: 2 }, () => long.slice(1)),
      64 * 1024,
    ),
  ).toMatchObject({ errno: E2BIG });
  expect(attempt([long.slice(200)], 64 * 1024)).toMatchObject({ kind: "loaded" });
});

test("every allocation that fails while a program is loaded gives ENOMEM and leaves nothing behind", () => {
  const machine = new TestMachine();
  const inode = machine.file(elfFile());
  let loaded = false;
  for (let nth = 1; !loaded; nth++) {
    machine.pages.failAfter = nth;
    const result = loadProgram(machine.memory, request(inode));
    loaded = result.kind === "loaded";
    if (result.kind === "failed") {
      expect(result.errno).toBe(ENOMEM);
      evictPages(machine.kernel.pageCache, machine.pages);
      expect(machine.pages.used).toBe(0);
      expect(machine.kernel.files.inodes[inode]?.references).toBe(0);
    }
  }
});

test("the stack is as large as its limit says, with nothing below it", () => {
  const machine = new TestMachine();
  const process = load(machine, machine.file(elfFile()));
  const bottom = STACK_TOP - 8 * 1024 * 1024;
  expect(process.write(bottom, 1)).toBe("ok");
  expect(process.write(bottom - PAGE_SIZE, 1)).toBe("segv-maperr");
});
