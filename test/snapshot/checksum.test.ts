import { expect, test } from "vitest";
import { Checksum, checksum } from "../../host/machine/snapshot-checksum.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
/** As published with the algorithm's C implementation: the four words in big-endian digits. */
const words = (bytes: Uint8Array) => hex(Buffer.from(bytes).swap32());
const text = (string: string) => new TextEncoder().encode(string);

test.each([
  [123, "Hello, world!", "61c9129e5a1aacd7a41621629e37c886"],
  [321, "Hello, world!", "d5fbdcb3c26c4193045880c5a7170f0f"],
  [123, "xxxxxxxxxxxxxxxxxxxxxxxxxxxx", "5e40bab278825a164cf929d31fec6047"],
])("the hash with seed %i of %j is the published one", (seed, string, expected) => {
  expect(words(new Checksum(seed).finish(text(string)))).toBe(expected);
});

test("the hash of nothing is zero", () => {
  expect(hex(checksum(new Uint8Array(0)))).toBe("0".repeat(32));
});

test("whole blocks may be given ahead of the rest", () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => i * 7);
  const split = new Checksum();
  split.addWords(new Int32Array(bytes.buffer, 0, 8), 0, 8);
  expect(hex(split.finish(bytes.subarray(32)))).toBe(hex(checksum(bytes)));
});

test("bytes at an odd place hash like bytes at an even one", () => {
  const bytes = Uint8Array.from({ length: 101 }, (_, i) => i * 7);
  expect(hex(checksum(bytes.subarray(1)))).toBe(hex(checksum(bytes.slice(1))));
});

test("every single flipped bit changes the hash", () => {
  const bytes = Uint8Array.from({ length: 77 }, (_, i) => i * 31);
  const right = hex(checksum(bytes));
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    bytes[bit >> 3] ^= 1 << (bit & 7);
    expect(hex(checksum(bytes))).not.toBe(right);
    bytes[bit >> 3] ^= 1 << (bit & 7);
  }
});
