// The library of examples: files beside the page, fetched when they are needed.

import type { Example, ExampleIndex } from "../../programs/examples/example.ts";

export type { Example, ExampleIndex };

const BASE = new URL("./", document.baseURI).href;
let library: Promise<ExampleIndex> | null = null;

/** All examples, by topic. */
export function allExamples(): Promise<ExampleIndex> {
  library ??= fetchJson<ExampleIndex>("examples/index.json");
  return library;
}

/** The example to begin with. */
export const FIRST = "first";

/** One example. Rejects with a message where there is none. */
export async function findExample(id: string): Promise<Example> {
  if (id === FIRST) return fetchJson<Example>("examples/first.json");
  const { examples } = await allExamples();
  const found = examples.find((one) => one.id === id);
  if (!found) throw new Error(`There is no example "${id}".`);
  return found;
}

async function fetchJson<T>(path: string): Promise<T> {
  const response = await fetch(new URL(path, BASE));
  if (!response.ok) throw new Error(`${path} cannot be loaded (${response.status}).`);
  return response.json();
}
