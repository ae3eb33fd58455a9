// The first view stays small: what a browser loads until the page shows the first picture.

import { expect, test } from "vitest";
import { firstView } from "../../scripts/web-size.mjs";

/** Bytes as brotli, which our server and modern static hosts send. It only ever gets smaller. */
const MOST_BROTLI = 60 * 1024;
/** The same as gzip -9, for hosts that send no other. */
const MOST_GZIP = 69_000;

test("the first view is not larger than it was", () => {
  const files = firstView();
  expect(files.map(({ file }) => file)).toContain("index.html");
  expect(files.reduce((sum, { brotli }) => sum + brotli, 0)).toBeLessThan(MOST_BROTLI);
  expect(files.reduce((sum, { gzip }) => sum + gzip, 0)).toBeLessThan(MOST_GZIP);
});
