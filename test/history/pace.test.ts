// How far apart checkpoints are: so far that what they copy is little beside what was executed, decided by the run
// alone.

import { expect, test } from "vitest";
import type { CheckpointCost } from "../../host/history/checkpoints.ts";
import { paceAfter } from "../../host/history/pace.ts";
import { TreeCopier } from "../../host/history/tree-copy.ts";

const NOTHING: CheckpointCost = { pages: 0, cells: 0, bytes: 0 };

test("a checkpoint that costs nothing is followed by the next soon", () => {
  expect(paceAfter(NOTHING)).toBe(30_000_000);
});

test("at most one byte is copied for eight instructions, whatever there is to copy", () => {
  for (const pages of [0, 1000, 50_000]) {
    for (const bytes of [1_000_000, 100_000_000]) {
      expect((pages * 4096 + bytes) / paceAfter({ pages, cells: 0, bytes })).toBeLessThan(1 / 8);
    }
  }
});

test("twice as much to copy is copied half as often", () => {
  const cost = { pages: 2000, cells: 4000, bytes: 1_000_000 };
  const twice = { pages: 4000, cells: 8000, bytes: 2_000_000 };
  expect(paceAfter(twice)).toBe(2 * paceAfter(cost));
});

test("what is frozen is shared by a tree and its copy, all else is not", () => {
  const tree = { limit: Object.freeze([1, 2]), open: [1, 2] };
  const copy = new TreeCopier().copy(tree);
  expect(copy).toEqual(tree);
  expect([copy.limit === tree.limit, copy.open === tree.open]).toEqual([true, false]);
});
