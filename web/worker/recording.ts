// Recordings in the page: opens one in slices, between which the worker hears the page, and finds out what ran in it.
// Loaded when somebody opens one.

import { storedContent } from "../../host/fs/content.ts";
import { directoryOf, inodeOf } from "../../host/fs/inode.ts";
import { resolve } from "../../host/fs/path.ts";
import type { History } from "../../host/history/history.ts";
import { Opening } from "../../host/history/opening.ts";
import type { Machine } from "../../host/machine.ts";
import { Engine } from "./engine.ts";
import { fetchFile, fetchJson } from "./files.ts";
import { OpenMachine } from "./open-machine.ts";
import { nextTask } from "./runner.ts";

/** Real time of a slice, in milliseconds. */
const SLICE_MS = 50;

interface Opened {
  readonly machine: OpenMachine;
  /** Id of the example that it was made for; "": none. */
  readonly example: string;
}

/**
 * A machine with the run of a recording, at its start. Null where `goesOn`, which is told the part that is done, 0 to 1,
 * says no. `run` tells machines apart. Throws RecordingError.
 */
export async function openRecording(
  core: WebAssembly.Module,
  bytes: Uint8Array,
  base: string,
  goesOn: (part: number) => Promise<boolean>,
  [run, speed]: readonly [run: number, speed: number],
): Promise<Opened | null> {
  const history = await readRun(core, bytes, goesOn);
  if (history === null) return null;
  const { path, example } = await programOf(history.machine, base);
  const engine = new Engine(history, path, run, speed);
  await engine.move({ kind: "goTo", moment: history.start });
  void engine.session();
  return { machine: OpenMachine.recorded(engine, run, speed), example };
}

async function readRun(
  core: WebAssembly.Module,
  bytes: Uint8Array,
  goesOn: (part: number) => Promise<boolean>,
): Promise<History | null> {
  const opening = await Opening.begin(core, bytes);
  for (;;) {
    const until = performance.now() + SLICE_MS;
    const history = opening.advance({ pauseWhen: () => performance.now() >= until });
    if (history !== null) return history;
    if (!(await goesOn(opening.progress))) return null;
    await nextTask();
  }
}

interface Found {
  readonly name: string;
  readonly content: Uint8Array;
}

/** Path of the program that the machine was made for, and the id of the example that it is; "": none. */
async function programOf(machine: Machine, base: string): Promise<{ path: string; example: string }> {
  const found = findProgram(machine);
  if (found === null) return { path: "", example: "" };
  const { examples } = await fetchJson<{ examples: readonly { id: string }[] }>(base, "examples/index.json");
  const isNamedSo = examples.some(({ id }) => id === found.name);
  const isSame = isNamedSo && isEqual(found.content, await fetchFile(base, `examples/${found.name}`));
  return { path: `/program/${found.name}`, example: isSame ? found.name : "" };
}

/** The one file in /program, where this page puts what it runs. */
function findProgram(machine: Machine): Found | null {
  const { files } = machine.kernel.state;
  const folder = resolve(files, files.root, "/program", true);
  if (folder < 0 || inodeOf(files, folder).kind !== "directory") return null;
  const [entry] = directoryOf(files, folder).entries;
  const inode = entry && inodeOf(files, entry.inode);
  if (inode?.kind !== "file") return null;
  return { name: entry.name, content: storedContent(inode, 0, inode.size) };
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
