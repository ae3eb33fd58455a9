// How often a machine at full speed is looked at.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PicturePace } from "../../web/worker/pace.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

/** Takes a picture that takes so long, in milliseconds. */
function take(pace: PicturePace, milliseconds: number): void {
  pace.time(() => vi.advanceTimersByTime(milliseconds));
}

/** Milliseconds until the next picture is due. */
async function waitOf(pace: PicturePace): Promise<number> {
  const begin = performance.now();
  let end = -1;
  void pace.due().then(() => (end = performance.now()));
  while (end < 0) await vi.advanceTimersByTimeAsync(1);
  return Math.round(end - begin);
}

test("the first picture is due at once", async () => {
  expect(await new PicturePace().due()).toBe(true);
});

test("pictures that cost nothing come ten times a second, those that cost much four times", async () => {
  const pace = new PicturePace();
  const waits: number[] = [];
  for (const cost of [0, 50]) {
    take(pace, cost);
    waits.push(await waitOf(pace));
  }
  expect(waits).toEqual([100, 250]);
});

test("what happens to the machine makes the picture that is waited for due", async () => {
  const pace = new PicturePace();
  take(pace, 0);
  const isDue = pace.due();
  pace.hurry();
  expect(await isDue).toBe(true);
});

test("what happens between two questions makes the next picture due at once", async () => {
  const pace = new PicturePace();
  take(pace, 0);
  pace.hurry();
  expect(await pace.due()).toBe(true);
});

test("another question takes the place of the one that waits", async () => {
  const pace = new PicturePace();
  take(pace, 0);
  const first = pace.due();
  pace.giveUp();
  expect([await first, await pace.due()]).toEqual([false, true]);
});

test("of two that wait for a picture only the second gets one", async () => {
  const pace = new PicturePace();
  take(pace, 0);
  const first = pace.due();
  const second = pace.due();
  await vi.advanceTimersByTimeAsync(100);
  expect([await first, await second]).toEqual([false, true]);
});
