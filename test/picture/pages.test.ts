import { describe, expect, test } from "vitest";
import {
  FAULT_COPY,
  FAULT_REUSE,
  FRAME_NEXT,
  FRAME_RECORD_SIZE,
  FRAME_TABLE,
  PTE_FRAME_SHIFT,
} from "../../assembly/layout.ts";
import type { Machine } from "../../host/index.ts";
import { pageEntry } from "../../host/memory/pages.ts";
import { focusOf } from "../../host/picture/focus.ts";
import { entryWords } from "../../host/picture/page-words.ts";
import { type PageRow, type PagesQuery, takePages } from "../../host/picture/pages.ts";
import { EXIT, FORK, machineAfter, STAY, sourceOf, WAIT } from "./machines.ts";

const ALL: PagesQuery = { from: 0, to: 1e6 };
const DATA = ".data\n.balign 4096\nfirst: .word 1\n.balign 4096\nsecond: .word 2\n";
const store = (symbol: string) => `la t0, ${symbol}\n sw sp, (t0)\n`;
/** A parent that has written to both pages of data, and its child, that writes to the first. */
const COPYING = `${store("first")}${store("second")}${FORK} bnez a0, stay\n${store("first")} stay: ${STAY}${DATA}`;

function take(machine: Machine, pid: number, query = ALL) {
  const source = sourceOf(machine);
  return takePages(source, focusOf(source, pid), query)!;
}

function pagesOf(machine: Machine, pid: number): PageRow[] {
  return take(machine, pid).rows.filter((row) => row.kind === "page");
}

describe("the pages of a process", () => {
  test("are as many as its page table counts", async () => {
    const machine = await machineAfter(COPYING, 10_000);
    for (const pid of [1, 2]) {
      const picture = take(machine, pid);
      const record = FRAME_TABLE + picture.root * FRAME_RECORD_SIZE;
      expect(picture.resident).toBe(machine.kernel.core.unsigned[(record + FRAME_NEXT) >>> 2]);
      expect(pagesOf(machine, pid)).toHaveLength(picture.resident);
    }
  });

  test("have the entries that the table has, through the leaf table that is said", async () => {
    const machine = await machineAfter(COPYING, 10_000);
    const { core } = machine.kernel;
    const { root } = take(machine, 1);
    for (const { address, entry, frame, table } of pagesOf(machine, 1)) {
      expect(pageEntry(core, root, address)).toBe(entry);
      expect(core.frameWord(table, (address >>> 12) & 1023)).toBe(entry);
      expect(entry >>> PTE_FRAME_SHIFT).toBe(frame);
    }
  });

  test("lie in regions, and with what was not touched fill them", async () => {
    const machine = await machineAfter(COPYING, 10_000);
    let left = 0;
    for (const row of take(machine, 1).rows) {
      if (row.kind === "region") {
        expect(left).toBe(0);
        left = (row.end - row.start) / 4096;
      } else left -= row.kind === "absent" ? row.pages : 1;
    }
    expect(left).toBe(0);
  });

  test("are the same, whichever part of them is asked for", async () => {
    const machine = await machineAfter(COPYING, 10_000);
    const { rows, rowCount } = take(machine, 2);
    expect(rows).toHaveLength(rowCount);
    for (let from = 0; from < rowCount; from += 3) {
      expect(take(machine, 2, { from, to: from + 3 }).rows).toEqual(rows.slice(from, from + 3));
    }
  });
});

describe("a frame", () => {
  test("has as many users as its count says: this process, those that are named, and the cache", async () => {
    const fork = `${FORK} beqz a0, child\n`;
    const machine = await machineAfter(
      `${store("first")}${fork}${fork}${STAY} child: ${store("second")}${STAY}${DATA}`,
      10_000,
    );
    for (const pid of [1, 2, 3]) {
      for (const page of pagesOf(machine, pid)) {
        expect(1 + page.sharers.length + (page.isCached ? 1 : 0), page.address.toString(16)).toBe(
          page.references,
        );
      }
    }
  });

  test("is shared by whoever has the same one", async () => {
    const machine = await machineAfter(COPYING, 10_000);
    const frames = new Map(pagesOf(machine, 2).map(({ address, frame }) => [address, frame]));
    for (const { address, frame, sharers } of pagesOf(machine, 1)) {
      expect(sharers.includes(2)).toBe(frames.get(address) === frame);
    }
  });
});

describe("copy on write", () => {
  const copiedOf = (machine: Machine, pid: number) => {
    const pages = take(machine, pid);
    const data = pages.rows.filter((row) => row.kind === "page" && row.fault?.kind === FAULT_COPY);
    return { pages, copied: data as PageRow[] };
  };

  test("marks the page that was copied, and counts it", async () => {
    const machine = await machineAfter(COPYING, 10_000);
    const child = copiedOf(machine, 2);
    // Of the child: the page that it wrote to. The other is still the parent's.
    expect(child.copied).toHaveLength(1);
    expect(child.pages.copies).toBe(1);
    expect(child.copied[0].sharers).toEqual([]);
    expect(entryWords(child.copied[0].entry)).toMatchObject({ access: "rw-", isCopy: false, isDirty: true });
    const other = pagesOf(machine, 2).find(({ address }) => address === child.copied[0].address + 4096)!;
    expect(entryWords(other.entry)).toMatchObject({ access: "r--", isCopy: true });
    expect(other.sharers).toEqual([1]);
  });

  test("marks the page that its last user kept", async () => {
    const machine = await machineAfter(
      `${store("first")}${FORK} bnez a0, parent\n${EXIT} parent: ${WAIT}${store("first")}${STAY}${DATA}`,
      10_000,
    );
    const kept = pagesOf(machine, 1).filter(({ fault }) => fault?.kind === FAULT_REUSE);
    expect(kept).toHaveLength(1);
    expect(kept[0].references).toBe(1);
  });
});

test("what is shared and what is private is counted by what others map", async () => {
  const machine = await machineAfter(COPYING, 10_000);
  for (const pid of [1, 2]) {
    const { shared, resident } = take(machine, pid);
    const pages = pagesOf(machine, pid);
    expect(shared).toBe(pages.filter(({ others }) => others > 0).length);
    expect(resident - shared).toBe(pages.filter(({ others }) => others === 0).length);
  }
});

test("a vfork child and its parent are in one space", async () => {
  // clone with CLONE_VM | CLONE_VFORK and SIGCHLD.
  const machine = await machineAfter(`li a0, 0x4111\n li a1, 0\n li a7, 220\n ecall\n${STAY}`, 10_000);
  expect(take(machine, 1).together).toEqual([2]);
  expect(take(machine, 2).together).toEqual([1]);
  expect(take(machine, 1).root).toBe(take(machine, 2).root);
});

test("a zombie has no page table", async () => {
  const machine = await machineAfter(`${FORK} bnez a0, stay\n${EXIT} stay: ${STAY}`, 10_000);
  expect(take(machine, 2)).toMatchObject({ root: 0, resident: 0, rowCount: 0 });
});

test("the cost of a big process is that of the rows on the screen", async () => {
  // 32 MiB, every page touched.
  const machine = await machineAfter(
    "li a0, 0\n li a1, 0x2000000\n li a2, 3\n li a3, 0x22\n li a4, -1\n li a5, 0\n li a7, 222\n ecall\n" +
      "mv t0, a0\n li t1, 0x2000000\n add t1, t1, t0\n li t2, 4096\n touch: sw sp, (t0)\n add t0, t0, t2\n bne t0, t1, touch\n" +
      STAY,
    1_000_000,
  );
  const picture = take(machine, 1, { from: 4000, to: 4040 });
  expect(picture.resident).toBeGreaterThan(8000);
  expect(picture.rows).toHaveLength(40);
});
