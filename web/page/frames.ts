// One picture a frame at the most: while the machine runs, and whenever what is shown may have changed. The first one
// can lack parts whose code is still being loaded, so that there is a second in any case. Of a machine at full speed the
// worker lets pictures be waited for; what a person does, waits for none.

import { effect } from "@preact/signals";
import { asked, chosen, isRunning, picture, show } from "./store.ts";
import { machine } from "./worker.ts";

let wanted = false;
let busy = false;

/** Asks for a picture; those asked for in one frame are one. */
export function refresh(): void {
  wanted = true;
  if (busy) void machine.giveUpPicture();
  else void take();
}

async function take(): Promise<void> {
  busy = true;
  while (wanted) {
    await nextFrame();
    wanted = false;
    const isFirst = picture.value === null;
    const next = await machine.picture({ focus: chosen.value, ...asked.value });
    if (next !== null) show(next);
    if (isRunning.value || (isFirst && next !== null)) wanted = true;
  }
  busy = false;
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** Shows a machine as it stands before it begins; resolves when that is on the screen. */
export async function showStill(): Promise<void> {
  const next = await machine.picture({ focus: chosen.value, ...asked.value });
  if (next !== null) show(next);
  await nextFrame();
  await nextFrame();
}

/** From now on a change of what is asked for brings a new picture. */
export function startFrames(): void {
  let last = "";
  effect(() => {
    const question = JSON.stringify([chosen.value, asked.value], withoutPlace);
    if (question !== last || !busy) refresh();
    wanted = true;
    last = question;
  });
}

/** How far the parts have read goes on with every picture, by itself. */
function withoutPlace(key: string, value: unknown): unknown {
  return key === "terminal" || key === "turn" ? undefined : value;
}
