// Real executables with bytes and fields changed: whatever comes out, it is a program that can be loaded
// within bounds, or an ElfError.

import { describe, expect, test } from "vitest";
import { PAGE_SIZE, PROTECT_READ } from "../../assembly/layout.ts";
import { parseElf } from "../../host/loader/elf.ts";
import { ElfError } from "../../host/loader/errors.ts";
import { loadProgram } from "../../host/loader/program.ts";
import { arraySource } from "../../host/loader/source.ts";
import { readSymbols } from "../../host/loader/symbols.ts";
import { populate } from "../../host/memory/populate.ts";
import { missing } from "../harness/tools.ts";
import { TestMachine } from "../memory/process.ts";
import { type Compiler, compile, SAMPLE } from "./compiled.ts";
import { elfFile } from "./elf-file.ts";

const SEED = Number(process.env.SEED ?? 1);
/** Values at which sizes and offsets go wrong. */
const WORDS = [
  0, 1, 3, 0x34, 0xfff, 0x1000, 0x10000, 0x7fffffff, 0x80000000, 0xfffff000, 0xfffffffc, 0xffffffff,
];
const BYTES = [0, 1, 2, 0x7f, 0x80, 0xff];
/** Frames that an empty program may cost: root, stack's table and page, and some to spare. */
const FRAMES = 64;

let machine = new TestMachine(FRAMES);
let inode = machine.file(new Uint8Array(0));

/** Loads the file if it parses, touches some of it, and takes it down again. Whether it parsed. */
function survive(bytes: Uint8Array): boolean {
  const symbols = readSymbols(arraySource(bytes));
  for (let rank = 0; rank < symbols.length; rank += 7) symbols.at(rank);
  symbols.covering(0x10100);
  try {
    parseElf(arraySource(bytes));
  } catch (error) {
    if (error instanceof ElfError) return false;
    throw error;
  }
  load(bytes);
  return true;
}

function load(bytes: Uint8Array): void {
  machine.writeFile(inode, bytes);
  const request = { inode, path: "/p", arguments: ["p"], environment: [], random: new Uint8Array(16) };
  const result = loadProgram(machine.memory, { ...request, stackLimit: 65536 });
  if (result.kind === "failed") throw new Error(`a parsed file did not load: ${result.reason}`);
  if (machine.pages.used > 10) throw new Error(`loading took ${machine.pages.used} frames`);
  machine.kernel.spaces[0] = result.space;
  for (const region of result.space.regions.slice(0, 4)) {
    populate(machine.memory, result.space, region.start, PROTECT_READ);
    populate(machine.memory, result.space, region.end - PAGE_SIZE, PROTECT_READ);
  }
  const problems = machine.problems();
  if (problems.length > 0) throw new Error(problems.join("; "));
  machine = new TestMachine(FRAMES);
  inode = machine.file(new Uint8Array(0));
}

/** xorshift32: the same numbers on every machine. */
function* numbers(seed: number): Generator<number, never> {
  for (let x = seed | 1; ; ) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    yield x >>> 0;
  }
}

function fuzz(original: Uint8Array): void {
  expect(survive(original)).toBe(true);
  const bytes = original.slice();
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 4 <= bytes.length; at++) {
    const headers = at < 52 + 32 * 5 || at >= bytes.length - 400;
    for (const value of headers ? BYTES : [0xff]) {
      bytes[at] = value;
      survive(bytes);
    }
    bytes[at] = original[at];
    if (!headers || at % 4 !== 0) continue;
    const before = view.getUint32(at, true);
    for (const value of WORDS) {
      view.setUint32(at, value, true);
      survive(bytes);
    }
    view.setUint32(at, before, true);
  }
  for (let length = 0; length < original.length; length += 3) survive(original.subarray(0, length));
}

/** Several fields at once, in the headers. */
function fuzzFields(original: Uint8Array, rounds: number): void {
  const random = numbers(SEED);
  const next = (limit: number) => random.next().value % limit;
  for (let round = 0; round < rounds; round++) {
    const bytes = original.slice();
    const view = new DataView(bytes.buffer);
    for (let changes = 1 + next(4); changes > 0; changes--) {
      view.setUint32(
        24 + 4 * next(40),
        next(3) === 0 ? random.next().value : WORDS[next(WORDS.length)],
        true,
      );
    }
    survive(bytes);
  }
}

test("a file made by hand survives every change of a byte or field", () => fuzz(elfFile()));

test(`a file made by hand survives changes of several fields (SEED=${SEED})`, () =>
  fuzzFields(elfFile(), 5000));

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("GCC's executables", () => survivesAll("gcc"));

describe.skipIf(missing("clang", "ld.lld"))("Clang's executables", () => survivesAll("clang"));

function survivesAll(compiler: Compiler): void {
  test("survive every change of a byte or field", () => fuzz(compile(compiler, SAMPLE)));

  test(`survive changes of several fields (SEED=${SEED})`, () => fuzzFields(compile(compiler, SAMPLE), 5000));

  test("name their functions and objects", () => {
    const bytes = compile(compiler, SAMPLE);
    const symbols = readSymbols(arraySource(bytes));
    const add = symbols.find("add");
    expect(symbols.problem).toBeNull();
    expect(add).toMatchObject({ name: "add", type: 2, binding: 1 });
    expect(symbols.covering((add?.address ?? 0) + 2)?.name).toBe("add");
    expect(symbols.find("zeros")).toMatchObject({ type: 1, size: 12000 });
    expect(symbols.covering(parseElf(arraySource(bytes)).entry)?.name).toBe("_start");
    expect(symbols.find("nowhere")).toBeNull();
    expect(symbols.covering(0)).toBeNull();
  });

  test("can have data right behind text, in one page", () => {
    const flags = compiler === "gcc" ? ["-Wl,-N"] : ["-Wl,--omagic"];
    expect(survive(compile(compiler, SAMPLE, flags))).toBe(true);
  });
}
