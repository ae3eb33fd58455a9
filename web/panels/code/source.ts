// Texts of sources: of the program that was edited or dropped, of the examples, and of the machine's own programs.

import { signal } from "@preact/signals";
import { program } from "../../page/store.ts";

const BASE = new URL("./", document.baseURI).href;
const EXAMPLE = /^\/program\/([\w-]+)$/;
const TOOL = /^\/bin\/([\w-]+)$/;

/** By address; absent: not asked for yet; null: on its way, or there is none. */
const texts = signal<ReadonlyMap<string, readonly string[] | null>>(new Map());

/** The lines of a source file of a program; null as long as they are not there. */
export function sourceLines(path: string, file: string): readonly string[] | null {
  const own = program.value;
  if (own && "source" in own && path === `/program/${own.name}`) {
    return file === `${own.name}.s` ? linesOf(own.source) : null;
  }
  const address = addressOf(path, file);
  if (address === null) return null;
  const known = texts.value.get(address);
  if (known === undefined) void load(address);
  return known ?? null;
}

function addressOf(path: string, file: string): string | null {
  const example = EXAMPLE.exec(path)?.[1];
  if (example && file === `${example}.s`) return `examples/${file}`;
  const tool = TOOL.exec(path)?.[1];
  return tool && file === `${tool}.s` ? `sources/${file}` : null;
}

const asked = new Set<string>();

async function load(address: string): Promise<void> {
  if (asked.has(address)) return;
  asked.add(address);
  const response = await fetch(new URL(address, BASE));
  const lines = response.ok ? linesOf(await response.text()) : null;
  texts.value = new Map(texts.value).set(address, lines);
}

let latest: { readonly text: string; readonly lines: readonly string[] } = { text: "", lines: [] };

function linesOf(text: string): readonly string[] {
  if (text !== latest.text) latest = { text, lines: text.replace(/\n$/, "").split(/\r?\n/) };
  return latest.lines;
}
