// What a person can do to the machine. Each tells the worker and then asks for a picture.

import type { Configuration } from "../../host/machine/configuration.ts";
import { type Example, findExample } from "./examples.ts";
import { refresh } from "./frames.ts";
import { announcement, changed, chosen, example, failure, picture, previous, speed } from "./store.ts";
import { machine } from "./worker.ts";

/** Puts an example into a new machine and, with `go`, runs it. */
export async function openExample(
  id?: string,
  change: Partial<Configuration> = {},
  go = true,
): Promise<void> {
  await attempt(async () => {
    const entry = await findExample(id);
    await openEntry(entry, change);
    if (go) await machine.run();
  });
}

async function openEntry(entry: Example, change: Partial<Configuration>): Promise<void> {
  await machine.open({
    base: new URL("./", document.baseURI).href,
    program: {
      name: entry.id,
      executable: `examples/${entry.id}`,
      args: [],
      uses: entry.programs ?? [],
    },
    configuration: { ...entry.configuration, ...change },
  });
  example.value = entry;
  changed.value = change;
  chosen.value = 0;
  picture.value = null;
  previous.value = null;
}

export function run(): Promise<void> {
  return attempt(() => machine.run());
}

export function pause(): Promise<void> {
  return attempt(() => machine.pause());
}

/** The same program in a new machine. */
export async function restart(): Promise<void> {
  await openExample(example.value?.id, changed.value);
}

/** Another machine for the same program. */
export async function reconfigure(change: Partial<Configuration>): Promise<void> {
  await openExample(example.value?.id, { ...changed.value, ...change });
}

export function step(): Promise<void> {
  return attempt(() => machine.step(1));
}

export function setSpeed(perSecond: number): Promise<void> {
  speed.value = perSecond;
  return attempt(() => machine.setSpeed(perSecond));
}

/** Does it and shows what came of it; what goes wrong is told to the person. */
async function attempt(action: () => unknown): Promise<void> {
  try {
    await action();
  } catch (error) {
    failure.value = error instanceof Error ? error.message : String(error);
    announcement.value = failure.value;
  }
  refresh();
}
