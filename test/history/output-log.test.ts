// The output log against a list that forgets nothing: what it has is right, it has what fits, and numbers stay.

import { expect, test } from "vitest";
import { OutputLog } from "../../host/history/output-log.ts";
import type { Moment } from "../../host/index.ts";
import { makeRandom } from "../differential/random.ts";

interface Piece {
  readonly moment: Moment;
  readonly bytes: readonly number[];
}

test.each([1, 2, 3])("what is asked for is what was written (seed %i)", (seed) => {
  const random = makeRandom(seed);
  const log = new OutputLog(200_000);
  let pieces: Piece[] = [];
  let moment: Moment = { retired: 0, events: 0 };
  const all = () => pieces.flatMap(({ bytes }) => bytes);
  for (let round = 0; round < 8; round++) {
    for (let piece = 0; piece < 200; piece++) {
      moment = { retired: moment.retired + random.below(3), events: moment.events + 1 };
      const length = random.oneIn(50) ? random.below(40_000) : random.below(20);
      const bytes = Array.from({ length }, () => random.below(256));
      log.add(moment, 1, Uint8Array.from(bytes));
      pieces.push({ moment, bytes });
    }
    const at = random.pick(pieces).moment;
    const written = all();
    const until = pieces
      .filter(({ moment: { events } }) => events <= at.events)
      .flatMap(({ bytes }) => bytes);
    expect(log.countAt(at)).toBe(Math.max(log.dropped, until.length));
    const from = log.dropped + random.below(written.length - log.dropped);
    expect(Buffer.from(log.bytes(from, written.length)).equals(Buffer.from(written.slice(from)))).toBe(true);
    expect(written.length - log.dropped).toBeLessThanOrEqual(200_000);
    if (!random.oneIn(3)) continue;
    log.truncate(at);
    pieces = pieces.filter((piece) => piece.moment.events <= at.events);
    if (until.length < log.dropped) return; // the list has lost the numbers that the log goes on with
    expect(log.countAt(moment)).toBe(until.length);
  }
});

test("a program that writes byte by byte loses little to bookkeeping", () => {
  const log = new OutputLog(2 ** 20);
  for (let events = 0; events < 100_000; events++) log.add({ retired: 0, events }, 1, Uint8Array.of(events));
  expect(log.countAt({ retired: 0, events: 100_000 }) - log.dropped).toBeGreaterThan(2 ** 20 / 30);
  const last = log.read({ retired: 0, events: 100_000 }, { retired: 0, events: 99_997 });
  expect(last.map(({ bytes, end }) => [bytes[0], end])).toEqual([
    [99_998 & 255, 99_999],
    [99_999 & 255, 100_000],
  ]);
});
