// Recordings: a run from a file, and the run on the screen as a file. Loaded when somebody wants one of it.

import { proxy } from "comlink";
import type { Configuration } from "../../host/machine/configuration.ts";
import { become } from "./actions.ts";
import { findExample } from "./examples.ts";
import { showStill } from "./frames.ts";
import { nameOf, type SharedProgram } from "./share/program.ts";
import * as store from "./store.ts";
import { machine } from "./worker.ts";

type Recorded = Extract<SharedProgram, { readonly recording: Uint8Array }>;

/** Puts the recorded run in place of the machine that is there, which stays if that fails or is given up. */
export async function openRun(program: Recorded, configuration: Partial<Configuration> = {}): Promise<void> {
  if (Object.keys(configuration).length > 0)
    throw new Error("A recorded run has its own machine. Open its program to run it on another one.");
  const opened = await read(program);
  if (opened === null) return;
  const example = opened.example === "" ? null : await findExample(opened.example);
  become({ ...program, of: opened.example }, example, {});
  store.diagnostics.value = [];
  await showStill();
}

/** Null where the person gave it up. */
async function read({ name, recording }: Recorded) {
  let isWanted = true;
  const giveUp = () => {
    isWanted = false;
  };
  const say = (part: number) => {
    const text = `Opening ${name}: ${Math.floor(100 * part)} %`;
    store.waiting.value = { text, giveUp };
  };
  say(0);
  try {
    const base = new URL("./", document.baseURI).href;
    const goesOn = proxy(async (part: number) => {
      say(part);
      return isWanted;
    });
    return await machine.openRecording(base, recording, goesOn);
  } finally {
    store.waiting.value = null;
  }
}

/** Gives the run to the person as a file. */
export async function saveRun(): Promise<void> {
  const bytes = await machine.recording();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes as BlobPart]));
  link.download = `${store.program.value ? nameOf(store.program.value) : "run"}.recording`;
  link.click();
  URL.revokeObjectURL(link.href);
}
