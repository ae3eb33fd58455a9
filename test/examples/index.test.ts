import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { arraySource } from "../../host/loader/source.ts";
import { readSymbols } from "../../host/loader/symbols.ts";
import { ROOT } from "../../scripts/steps.mjs";
import { exampleOf, INDEX, programOf, sourceOf } from "./run.ts";

const SENTENCES = { least: 2, most: 3 };
const LONGEST_SENTENCE = 260;
const LONGEST_SOURCE = 150;
const LONGEST_LINE = 120;

const ids = INDEX.examples.map(({ id }) => id);

/** Sentences of a text: what ends in a full stop before a blank or the end. */
function sentences(text: string): string[] {
  return text.split(/(?<=[.?!])\s+(?=[A-Z])/);
}

test("the index lists every source in the folder, and no other", () => {
  const files = readdirSync(join(ROOT, "programs/examples")).filter((file) => file.endsWith(".s"));
  expect([...ids].sort()).toEqual(files.map((file) => basename(file, ".s")).sort());
});

test("no example has the name of a program of the machine", () => {
  expect(ids.filter((id) => existsSync(join(ROOT, "programs", `${id}.s`)))).toEqual([]);
});

test("topics are those listed, each has an example, and examples stand in their order", () => {
  const used = INDEX.examples.map(({ topic }) => INDEX.topics.indexOf(topic));
  expect(used).toEqual([...used].sort((a, b) => a - b));
  expect([...new Set(used)]).toEqual(INDEX.topics.map((_, index) => index));
});

describe.each(ids)("%s", (id) => {
  const example = exampleOf(id);

  test("says in two or three sentences what to look at", () => {
    const parts = sentences(example.look);
    expect(parts.length).toBeGreaterThanOrEqual(SENTENCES.least);
    expect(parts.length).toBeLessThanOrEqual(SENTENCES.most);
    expect(parts.filter((sentence) => sentence.length > LONGEST_SENTENCE)).toEqual([]);
    for (const { shows } of example.stops) expect(sentences(shows).length, shows).toBe(1);
  });

  test("has the symbols that the index names", () => {
    const symbols = readSymbols(arraySource(programOf(id)));
    const inText = example.look.match(/\b[a-z]+(_[a-z]+)+\b/g) ?? [];
    const named = [...inText, ...example.stops.map(({ symbol }) => symbol)];
    expect(named.filter((name) => symbols.find(name) === null)).toEqual([]);
  });

  test("leads on to other examples", () => {
    expect(example.related.filter((other) => other === id || !ids.includes(other))).toEqual([]);
    expect(example.related.length).toBeGreaterThan(0);
  });

  test("is short, opens with its question, and has no line that is cut off", () => {
    const lines = sourceOf(id).split("\n");
    expect(lines.length).toBeLessThanOrEqual(LONGEST_SOURCE);
    expect(lines[0]).toMatch(/^# .*\?/);
    expect(lines.filter((line) => line.length > LONGEST_LINE || /\s$/.test(line))).toEqual([]);
  });
});
