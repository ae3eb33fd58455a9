// Texts that lie beside the page: sources of the examples and of the machine's own programs. Fetched once each.

import { signal } from "@preact/signals";

const BASE = new URL("./", document.baseURI).href;

/** By address; null: there is none. */
const texts = signal<ReadonlyMap<string, string | null>>(new Map());
const asked = new Set<string>();

/** The text at an address relative to the page; undefined while it is on its way, null where there is none. */
export function textAt(address: string): string | null | undefined {
  if (!asked.has(address)) void load(address);
  return texts.value.get(address);
}

async function load(address: string): Promise<void> {
  asked.add(address);
  const response = await fetch(new URL(address, BASE)).catch(() => null);
  const text = response?.ok ? await response.text() : null;
  texts.value = new Map(texts.value).set(address, text);
}
