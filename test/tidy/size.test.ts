import { expect, test } from "vitest";
import { LONG_FILES, LONG_FUNCTIONS } from "./allowed.ts";
import { functionsOf, sourcesUnder } from "./sources.ts";

const LONGEST_FUNCTION = 70;
const LONGEST_FILE = 500;
const FOLDERS = ["assembly", "host", "web", "scripts", "bench", "test"];

const sources = sourcesUnder(...FOLDERS);
// In a test file the callbacks of `describe` and `test` are the file's outline, not functions to keep short.
const functions = sources.filter(({ path }) => !path.startsWith("test/")).flatMap(functionsOf);
const files = sources.map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }));

function quantile(values: number[], share: number): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length * share)];
}

/** What is longer than the limit and not listed with at least its size, and what is listed for nothing. */
function complaints(
  sizes: readonly { name: string; lines: number }[],
  limit: number,
  allowed: Readonly<Record<string, readonly [number, string]>>,
): string[] {
  const long = sizes.filter(({ lines }) => lines > limit);
  const tooLong = long.filter(({ name, lines }) => lines > (allowed[name]?.[0] ?? limit));
  const needless = Object.keys(allowed).filter((name) => !long.some((one) => one.name === name));
  return [
    ...tooLong.map(({ name, lines }) => `${name} has ${lines} lines`),
    ...needless.map((name) => `${name} is listed as long, but is not`),
  ];
}

test("functions are short", () => {
  const sizes = functions.map(({ path, name, lines }) => ({ name: `${path}:${name}`, lines }));
  expect(complaints(sizes, LONGEST_FUNCTION, LONG_FUNCTIONS)).toEqual([]);
});

test("files are of a size to read", () => {
  const sizes = files.map(({ path, lines }) => ({ name: path, lines }));
  expect(complaints(sizes, LONGEST_FILE, LONG_FILES)).toEqual([]);
});

test("the figures are shown", () => {
  const of = (values: number[]) =>
    `median ${quantile(values, 0.5)}, p90 ${quantile(values, 0.9)}, p95 ${quantile(values, 0.95)}`;
  console.info(`functions: ${functions.length}, lines ${of(functions.map(({ lines }) => lines))}`);
  console.info(`files: ${files.length}, lines ${of(files.map(({ lines }) => lines))}`);
});
