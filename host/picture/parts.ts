// The parts of a picture: one file each, listed here. A part is taken only if the query asks for it, with what
// the query says: so a picture costs what is on the screen. A part that needs much code is loaded when it is
// first asked for.

import { adoptionsBefore } from "./adoptions.ts";
import type { Focus } from "./focus.ts";
import { takeMarks } from "./marks.ts";
import { takeProcesses } from "./processes.ts";
import { takeRegisters } from "./registers.ts";
import type { PictureSource } from "./source.ts";
import { takeTerminal } from "./terminal.ts";

/**
 * By name: the function that takes the part. Its third parameter is what the query says for it (`true` where
 * there is nothing to say). Parts of a process are null where there is none.
 */
const PARTS = {
  marks: (source: PictureSource, _focus: Focus | null, _asked: true) => takeMarks(source),
  processes: (source: PictureSource, _focus: Focus | null, _asked: true) =>
    takeProcesses(source, adoptionsBefore(source.history.events, source.machine.eventCount)),
  registers: (source: PictureSource, focus: Focus | null, _asked: true) =>
    focus && takeRegisters(source, focus),
  terminal: takeTerminal,
};

/** The same for parts that are loaded when they are first asked for. */
const LATER = {
  memory: async () => (await import("./memory.ts")).takeMemory,
  stack: async () => (await import("./stack.ts")).takeStack,
  code: async () => (await import("./code.ts")).takeCode,
  pcb: async () => (await import("./pcb.ts")).takePcb,
  pages: async () => (await import("./pages.ts")).takePages,
  files: async () => (await import("./files.ts")).takeFiles,
  states: async () => (await import("./state-changes.ts")).takeStates,
  events: async () => (await import("./events.ts")).takeEvents,
  statistics: async () => (await import("./statistics.ts")).takeStatistics,
  switch: async () => (await import("./switch.ts")).takeSwitch,
  timeline: async () => (await import("./timeline.ts")).takeTimeline,
};

type Later = { readonly [Name in keyof typeof LATER]: Awaited<ReturnType<(typeof LATER)[Name]>> };
type Parts = typeof PARTS & Later;
type AnyPart = (source: PictureSource, focus: Focus | null, asked: unknown) => unknown;

export type PartName = keyof Parts;
/** What the query says for each part. */
export type PartQueries = { readonly [Name in PartName]?: Parameters<Parts[Name]>[2] };
/** What the picture has for each part; a part that is still being loaded is missing. */
export type PartPictures = { readonly [Name in PartName]?: ReturnType<Parts[Name]> };

// The type of each part's question is PartQueries' to check; below they are all alike.
const loaded = new Map<string, AnyPart>(Object.entries(PARTS) as [string, AnyPart][]);

/** Loads what the query needs and is not there yet; then takes whole pictures. */
export async function loadParts(query: PartQueries): Promise<void> {
  const later = Object.entries(LATER) as [string, () => Promise<AnyPart>][];
  const absent = later.filter(([name]) => name in query && !loaded.has(name));
  await Promise.all(absent.map(async ([name, load]) => loaded.set(name, await load())));
}

export function takeParts(source: PictureSource, focus: Focus | null, query: PartQueries): PartPictures {
  const parts: Record<string, unknown> = {};
  for (const [name, take] of loaded) {
    const asked = query[name as PartName];
    if (asked !== undefined) parts[name] = take(source, focus, asked);
  }
  return parts;
}
