// What a terminal is given of the output, whatever it has already.

import fc from "fast-check";
import { expect, test } from "vitest";
import { OutputTail } from "../../host/picture/output-tail.ts";
import { BATCH_MAX, BEGINNING_MAX, takeTerminal } from "../../host/picture/terminal.ts";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

function tail(run: number, ...pieces: string[]): OutputTail {
  const output = new OutputTail(run);
  for (const piece of pieces) output.add(Buffer.from(piece));
  return output;
}

const take = (output: OutputTail, run: number, from: number) => takeTerminal({ output }, null, { run, from });

test("a terminal gets what it has not got", () => {
  const output = tail(1, "one\n", "two\n");
  expect(text(take(output, 1, 4).bytes)).toBe("two\n");
  expect(take(output, 1, 8)).toMatchObject({ from: 8, bytes: new Uint8Array() });
});

test("one that shows another machine, or more than there is now, gets all", () => {
  const output = tail(2, "one\n", "two\n");
  for (const [run, from] of [
    [1, 4],
    [0, 0],
    [2, 9],
  ])
    expect(take(output, run, from)).toMatchObject({ run: 2, from: 0 });
});

test("what is too much is skipped up to the beginning of a line", () => {
  const output = tail(1, "0123456789\n".repeat(5000));
  const { from, bytes } = take(output, 1, 11);
  expect(from).toBeGreaterThan(11);
  expect(from % 11).toBe(0);
  expect(bytes.length).toBeGreaterThan(BATCH_MAX - 12);
  expect(from + bytes.length).toBe(output.end);
});

test("one that begins anew gets more, to scroll back in", () => {
  const output = tail(1, "0123456789\n".repeat(7000));
  expect(take(output, 0, 0).bytes.length).toBeGreaterThan(BEGINNING_MAX - 12);
});

test("the tail keeps the latest mebibyte, in order", () => {
  const lengths = fc.array(fc.integer({ min: 0, max: 300_000 }), { minLength: 1, maxLength: 12 });
  const all = Uint8Array.from({ length: 12 * 300_000 }, (_, i) => i % 251);
  fc.assert(
    fc.property(lengths, (pieces) => {
      const output = new OutputTail(1);
      for (const length of pieces) output.add(all.subarray(output.end, output.end + length));
      const total = pieces.reduce((sum, length) => sum + length, 0);
      expect([output.start, output.end]).toEqual([Math.max(0, total - 2 ** 20), total]);
      expect(Buffer.compare(output.read(output.start), all.subarray(output.start, total))).toBe(0);
    }),
    { numRuns: 20 },
  );
});
