// The first view stays small: what a browser loads until the first example runs.

import { expect, test } from "vitest";
import { firstView } from "../../scripts/web-size.mjs";

/**
 * Bytes after gzip -9. The aim is 60 KB; half of this is the kernel's system calls, files and memory, which all run in
 * the worker from the first instruction on. It only ever gets smaller.
 */
const MOST = 118_000;

test("the first view is not larger than it was", () => {
  const files = firstView();
  expect(files.map(({ file }) => file)).toContain("index.html");
  expect(files.reduce((sum, { gzip }) => sum + gzip, 0)).toBeLessThan(MOST);
});

test("editor, terminal, assembler and debugger are not part of it", () => {
  const names = firstView().map(({ file }) => file);
  expect(names.filter((name) => /Editor|screen|assemble|session|words/.test(name))).toEqual([]);
});
