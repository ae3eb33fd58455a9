// Random sequences of memory calls against a model that knows nothing of regions: a map from each page to
// what may be done with it and what it holds.

import fc from "fast-check";
import { expect, test } from "vitest";
import { PAGE_SIZE, PROTECT_READ, PROTECT_WRITE } from "../../assembly/layout.ts";
import { MMAP_BASE, USER_END } from "../../host/memory/layout.ts";
import { EINVAL, ENOMEM } from "../../host/syscalls/errno.ts";
import { corePages } from "./core-pages.ts";
import { PageModel, type TestPages } from "./page-model.ts";
import {
  BREAK_START,
  MAP_FIXED,
  PRIVATE_ANONYMOUS,
  SHARED_ANONYMOUS,
  TestMachine,
  TestProcess,
} from "./process.ts";

const SEED = Number(process.env.SEED ?? 4711);
const FIRST_PAGE = 16;
const PAGES = 64;
const BREAK_PAGE = BREAK_START / PAGE_SIZE;

interface Page {
  protection: number;
  /** The first byte; processes that share the page share the cell. */
  cell: { value: number };
  shared: boolean;
}

/** The obvious way to keep an address space. */
class NaiveSpace {
  readonly pages = new Map<number, Page>();
  break = BREAK_START;

  map(page: number, count: number, protection: number, shared: boolean): void {
    for (let i = 0; i < count; i++) this.pages.set(page + i, { protection, cell: { value: 0 }, shared });
  }

  isFree(page: number, count: number): boolean {
    for (let i = 0; i < count; i++) if (this.pages.has(page + i)) return false;
    return true;
  }

  highestFree(count: number): number {
    let page = MMAP_BASE / PAGE_SIZE - count;
    while (!this.isFree(page, count)) page--;
    return page;
  }

  unmap(page: number, count: number): void {
    for (let i = 0; i < count; i++) this.pages.delete(page + i);
  }

  protect(page: number, count: number, protection: number): number {
    for (let i = 0; i < count; i++) {
      const at = this.pages.get(page + i);
      if (at === undefined) return -ENOMEM;
      at.protection = protection;
    }
    return 0;
  }

  setBreak(address: number): number {
    if (address < BREAK_START) return this.break;
    const oldPage = Math.ceil(this.break / PAGE_SIZE);
    const newPage = Math.ceil(address / PAGE_SIZE);
    if (!this.isFree(oldPage, newPage - oldPage)) return this.break;
    this.map(oldPage, newPage - oldPage, PROTECT_READ | PROTECT_WRITE, false);
    this.unmap(newPage, oldPage - newPage);
    this.break = address;
    return address;
  }

  access(page: number, access: number): Page | string {
    const at = this.pages.get(page);
    if (at === undefined) return "segv-maperr";
    const may = at.protection & PROTECT_WRITE ? at.protection | PROTECT_READ : at.protection;
    return may & access ? at : "segv-accerr";
  }

  fork(): NaiveSpace {
    const copy = new NaiveSpace();
    copy.break = this.break;
    for (const [page, at] of this.pages)
      copy.pages.set(page, { ...at, cell: at.shared ? at.cell : { ...at.cell } });
    return copy;
  }
}

class Pair {
  readonly real: TestProcess;
  readonly naive: NaiveSpace;

  constructor(real: TestProcess, naive: NaiveSpace) {
    this.real = real;
    this.naive = naive;
  }

  fork(): Pair {
    return new Pair(this.real.fork(), this.naive.fork());
  }

  mapFixed(page: number, count: number, protection: number, shared: boolean): void {
    const flags = (shared ? SHARED_ANONYMOUS : PRIVATE_ANONYMOUS) | MAP_FIXED;
    expect(this.real.map(page * PAGE_SIZE, count, protection, flags)).toBe(page * PAGE_SIZE);
    this.naive.map(page, count, protection, shared);
  }

  mapHint(page: number, count: number, protection: number): void {
    const expected = this.naive.isFree(page, count) ? page : this.naive.highestFree(count);
    expect(this.real.map(page * PAGE_SIZE + 123, count, protection)).toBe(expected * PAGE_SIZE);
    this.naive.map(expected, count, protection, false);
  }

  unmap(page: number, count: number): void {
    expect(this.real.call("munmap", page * PAGE_SIZE, count * PAGE_SIZE)).toBe(0);
    this.naive.unmap(page, count);
  }

  protect(page: number, count: number, protection: number): void {
    const result = this.real.call("mprotect", page * PAGE_SIZE, count * PAGE_SIZE - 5, protection);
    expect(result).toBe(this.naive.protect(page, count, protection));
  }

  setBreak(address: number): void {
    expect(this.real.call("brk", address)).toBe(this.naive.setBreak(address));
  }

  write(page: number, value: number): void {
    const at = this.naive.access(page, PROTECT_WRITE);
    expect(this.real.write(page * PAGE_SIZE, value)).toBe(typeof at === "string" ? at : "ok");
    if (typeof at !== "string") at.cell.value = value;
  }

  discard(page: number, count: number): void {
    const whole = Array.from({ length: count }, (_, i) => this.naive.pages.get(page + i));
    const result = this.real.call("madvise", page * PAGE_SIZE, count * PAGE_SIZE, 4);
    expect(result).toBe(whole.includes(undefined) ? -ENOMEM : 0);
    for (const at of whole) if (at && !at.shared) at.cell.value = 0;
  }

  /** Moves `count` pages, all of one mapping or not, to a place above all others. */
  move(page: number, count: number): void {
    const source = Array.from({ length: count }, (_, i) => this.naive.pages.get(page + i));
    const target = (MMAP_BASE + 0x1000000) / PAGE_SIZE;
    const args = [page * PAGE_SIZE, count * PAGE_SIZE, count * PAGE_SIZE, 3, target * PAGE_SIZE] as const;
    const result = this.real.call("mremap", ...args);
    if (result < 0) return; // whether regions merge is not the model's to know; the state must then be as before
    expect(result).toBe(target * PAGE_SIZE);
    expect(source).not.toContain(undefined);
    this.naive.unmap(target, count);
    for (const [i, at] of source.entries()) this.naive.pages.set(target + i, at as Page);
    this.naive.unmap(page, count);
  }

  compare(): void {
    const pages = [...this.naive.pages.keys(), FIRST_PAGE - 1, FIRST_PAGE + 7, FIRST_PAGE + PAGES];
    for (const page of pages) {
      const at = this.naive.access(page, PROTECT_READ);
      expect(this.real.read(page * PAGE_SIZE)).toBe(typeof at === "string" ? at : at.cell.value);
    }
    const real = this.real.space.regions.reduce(
      (sum, region) => sum + (region.end - region.start) / PAGE_SIZE,
      0,
    );
    expect(real).toBe(this.naive.pages.size);
  }
}

const page = fc.integer({ min: FIRST_PAGE, max: FIRST_PAGE + PAGES - 1 });
const count = fc.integer({ min: 1, max: 12 });
const protection = fc.constantFrom(0, 1, 2, 3, 3, 3, 5, 7);
const which = fc.nat({ max: 3 });

const step = fc.oneof(
  fc.record({ name: fc.constant("mapFixed" as const), which, page, count, protection, shared: fc.boolean() }),
  fc.record({ name: fc.constant("mapHint" as const), which, page, count, protection }),
  fc.record({ name: fc.constant("unmap" as const), which, page, count }),
  fc.record({ name: fc.constant("protect" as const), which, page, count, protection }),
  fc.record({ name: fc.constant("setBreak" as const), which, bytes: fc.integer({ min: -5000, max: 90000 }) }),
  fc.record({ name: fc.constant("write" as const), which, page, value: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ name: fc.constant("write" as const), which, page, value: fc.integer({ min: 1, max: 255 }) }),
  fc.record({ name: fc.constant("discard" as const), which, page, count }),
  fc.record({ name: fc.constant("move" as const), which, page, count }),
  fc.record({ name: fc.constant("fork" as const), which }),
  fc.record({ name: fc.constant("exit" as const), which }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const APPLY: {
  [Name in Step["name"]]: (pair: Pair, each: Extract<Step, { name: Name }>, pairs: Pair[]) => void;
} = {
  mapFixed: (pair, each) => pair.mapFixed(each.page, each.count, each.protection, each.shared),
  mapHint: (pair, each) => pair.mapHint(each.page, each.count, each.protection),
  unmap: (pair, each) => pair.unmap(each.page, each.count),
  protect: (pair, each) => pair.protect(each.page, each.count, each.protection),
  setBreak: (pair, each) => pair.setBreak(BREAK_PAGE * PAGE_SIZE + each.bytes),
  write: (pair, each) => pair.write(each.page, each.value),
  discard: (pair, each) => pair.discard(each.page, each.count),
  move: (pair, each) => pair.move(each.page, each.count),
  fork(pair, _, pairs) {
    if (pairs.length < 4) pairs.push(pair.fork());
  },
  exit(pair, _, pairs) {
    if (pairs.length > 1) pairs.splice(pairs.indexOf(pair), 1)[0].real.exit();
  },
};

function behavesLikeTheModel(pages: () => TestPages, numRuns: number): void {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      const machine = new TestMachine(pages());
      const pairs = [new Pair(new TestProcess(machine), new NaiveSpace())];
      for (const each of steps) {
        const act = APPLY[each.name] as (pair: Pair, each: Step, pairs: Pair[]) => void;
        act(pairs[each.which % pairs.length], each, pairs);
        expect(machine.problems()).toEqual([]);
      }
      for (const pair of pairs) pair.compare();
      expect(machine.problems()).toEqual([]);
      for (const pair of pairs) pair.real.exit();
      expect(machine.pages.used).toBe(0);
    }),
    { seed: SEED, numRuns },
  );
}

test(`address spaces behave like a page-by-page model over random calls (SEED=${SEED})`, () => {
  behavesLikeTheModel(() => new PageModel(4096), 800);
});

test(`so they do on the core's frames and page tables (SEED=${SEED})`, async () => {
  const pages = await corePages(16 * 1024 * 1024);
  behavesLikeTheModel(() => pages, 400);
});

test("a call that fails for a bad argument leaves the regions as they were", () => {
  const process = new TestProcess(new TestMachine());
  process.map(0x10000, 3, 3, PRIVATE_ANONYMOUS | MAP_FIXED);
  const before = structuredClone(process.space);
  expect(process.map(0x10001, 1, 3, PRIVATE_ANONYMOUS | MAP_FIXED)).toBe(-EINVAL);
  expect(process.call("munmap", 0x10000, 0)).toBe(-EINVAL);
  expect(process.call("munmap", 0x10000, USER_END)).toBe(-EINVAL);
  expect(process.call("mremap", 0x10000, 4096, 0, 1)).toBe(-EINVAL);
  expect(process.space).toEqual(before);
});
