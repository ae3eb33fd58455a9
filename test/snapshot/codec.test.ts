import fc from "fast-check";
import { expect, test } from "vitest";
import { CodecError, decodeTree, encodeTree } from "../../host/machine/snapshot-codec.ts";

const SEED = 20260101;

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double(),
  fc.string(),
  fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) }),
  fc.uint8Array(),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("tree")),
    fc.dictionary(fc.string(), tie("tree")),
  ),
}));

test("a decoded tree equals the one that was encoded", () => {
  fc.assert(
    fc.property(tree, (value) => {
      expect(decodeTree(encodeTree(value))).toStrictEqual(plainPrototype(value));
    }),
    { seed: SEED, numRuns: 2000 },
  );
});

/** fast-check also makes objects without a prototype; the decoder always gives ordinary ones. */
function plainPrototype(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainPrototype);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plainPrototype(each)]));
}

test("the order in which keys were set does not matter", () => {
  expect(encodeTree({ a: 1, b: { x: 1, y: 2 } })).toEqual(encodeTree({ b: { y: 2, x: 1 }, a: 1 }));
});

test.each([
  0,
  -0,
  1,
  -1,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 31,
  2 ** 53,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
])("the number %d comes back", (number) => {
  expect(Object.is(decodeTree(encodeTree(number)), number)).toBe(true);
});

test.each([
  ["a hole in an array", new Array(2), "state[0]"],
  ["undefined", { a: { b: undefined } }, "state.a.b"],
  ["a Map", { users: [new Map()] }, "state.users[0]"],
  ["a function", { call: () => 0 }, "state.call"],
  ["a bigint", [1n], "state[0]"],
])("%s is refused, and the message says where it is", (_, value, path) => {
  expect(() => encodeTree(value)).toThrow(`${path} is not plain data`);
});

test("the key __proto__ is an ordinary key", () => {
  const value = JSON.parse('{"__proto__": {"polluted": 1}}');
  const decoded = decodeTree(encodeTree(value)) as Record<string, unknown>;
  expect(Object.keys(decoded)).toEqual(["__proto__"]);
  expect("polluted" in decoded).toBe(false);
});

test("bytes that are no tree give a CodecError and nothing else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      try {
        expect(encodeTree(decodeTree(bytes))).toEqual(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(CodecError);
      }
    }),
    { seed: SEED, numRuns: 20000 },
  );
});

test("deep nesting is refused before it can exhaust the stack", () => {
  expect(() => decodeTree(new Uint8Array(100000).fill(0).map((_, i) => (i % 2 ? 1 : 8)))).toThrow(
    "nested too deeply",
  );
});
