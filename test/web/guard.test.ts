// The guard of numbers in escape sequences: what is too long is cut, and nothing else is touched.

import fc from "fast-check";
import { expect, test } from "vitest";
import { NumberGuard } from "../../web/panels/terminal/guard.ts";

function filtered(...pieces: string[]): string {
  const guard = new NumberGuard();
  return pieces.map((piece) => Buffer.from(guard.filter(Buffer.from(piece))).toString()).join("");
}

test.each([
  ["\x1b[2147483647L", "\x1b[2147L"],
  ["\x1b[?1049h\x1b[38;2;255;128;64m", "\x1b[?1049h\x1b[38;2;255;128;64m"],
  ["\x1b[12345;67890H123456", "\x1b[1234;6789H123456"],
  ["\x1b[1\n23456L", "\x1b[1\n2345L"],
  ["\x1bP123456$q\x1b\\123456", "\x1bP1234$q\x1b\\123456"],
  ["\u009b123456L", "\u009b1234L"],
  ["\x1b[\x18123456", "\x1b[\x18123456"],
  ["\x1b[é123456", "\x1b[é123456"],
])("%j becomes %j", (given, expected) => {
  expect(filtered(given)).toBe(expected);
});

test("a sequence may come in pieces", () => {
  expect(filtered("\x1b", "[12", "345", "67L8")).toBe("\x1b[1234L8");
});

test("output without long numbers passes as it is", () => {
  const piece = fc.constantFrom("a", "123456 ", "\x1b[1;31m", "\x1b]0;123456\x07", "ä", "\x1b(B", "\r\n");
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      expect(filtered(...pieces)).toBe(pieces.join(""));
    }),
  );
});
