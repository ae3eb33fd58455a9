// What a terminal is given of the output, whatever it has already.

import { expect, test } from "vitest";
import { OutputLog } from "../../host/history/output-log.ts";
import { type Output, outputAt } from "../../host/picture/output.ts";
import { BATCH_MAX, BEGINNING_MAX, takeTerminal } from "../../host/picture/terminal.ts";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

/** The output of a machine that wrote the pieces, an event apart. */
function tail(run: number, ...pieces: string[]): Output {
  const log = new OutputLog(2 ** 24);
  for (const [events, piece] of pieces.entries()) log.add({ retired: 0, events }, 1, Buffer.from(piece));
  return outputAt(log, { retired: 0, events: pieces.length }, run);
}

const take = (output: Output, run: number, from: number) => takeTerminal({ output }, null, { run, from });

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
