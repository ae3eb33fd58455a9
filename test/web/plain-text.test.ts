// The terminal's output as plain text: nothing but what can be read.

import fc from "fast-check";
import { expect, test } from "vitest";
import { PlainText } from "../../web/panels/terminal/plain-text.ts";

function plain(...pieces: (string | number[])[]): string {
  const text = new PlainText();
  for (const piece of pieces)
    text.add(typeof piece === "string" ? new TextEncoder().encode(piece) : Uint8Array.from(piece));
  return text.toString();
}

test.each([
  ["lines", "one\r\ntwo\r\n", "one\ntwo\n"],
  ["a correction", "hexl\b \b\b \bllo", "hello"],
  ["a line that is written over", "50 %\r100 %", "100 %"],
  ["colours and cursor movements", "\x1b[1;31mred\x1b[0m\x1b[2;3H.", "red."],
  ["a title, a link, a copy", "\x1b]0;title\x07a\x1b]8;;x:y\x1b\\b\x1b]52;c;eA==\x07", "ab"],
  ["a device string, a character set", "\x1bP$qm\x1b\\a\x1b(Bb\x1b7c", "abc"],
  ["bells and other signs", "a\x07\x00\x01b", "ab"],
  ["markup", "<b>&amp;</b>", "<b>&amp;</b>"],
])("%s", (_name, output, expected) => {
  expect(plain(output)).toBe(expected);
});

test("a character that comes in two pieces is one; wrong UTF-8 is a sign of its own", () => {
  expect(plain([0xc3], [0xa4])).toBe("ä");
  expect(plain([0xff, 0x61])).toBe("\ufffda");
});

test("how the output is cut makes no difference", () => {
  const piece = fc.constantFrom("a", "é", "\x1b[1m", "\x1b]0;t\x07", "\r\n", "\b", "\x1bP1\x1b\\", "\x9d");
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.nat(40)), (pieces, cuts) => {
      const bytes = new TextEncoder().encode(pieces.join(""));
      const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
      const parts = places.slice(1).map((end, i) => [...bytes.slice(places[i], end)]);
      expect(plain(...parts)).toBe(plain([...bytes]));
    }),
  );
});

test("it keeps no more than is good for a page", () => {
  expect(plain("x".repeat(300_000)).length).toBeLessThan(70_000);
  expect(plain("\n".repeat(10_000)).length).toBeLessThan(1000);
});

test("the latest lines can be had alone", () => {
  const text = new PlainText();
  text.add(new TextEncoder().encode("one\ntwo\nthree\nfour"));
  expect(text.toString(2)).toBe("two\nthree\nfour");
});
