// Changes that a person makes to a process that stands still. Made in the past they begin another future.

import { computed } from "@preact/signals";
import { compareMoments } from "../../host/history/moment.ts";
import { attempt } from "./actions.ts";
import { picture } from "./store.ts";
import { machine } from "./worker.ts";

/** What came after this moment is known: a change makes it be forgotten. */
export const isPast = computed(() => {
  const shown = picture.value;
  return shown !== null && compareMoments(shown.moment, shown.end) < 0;
});

/** Writes to a process's memory. */
export function poke(pid: number, address: number, bytes: Uint8Array): Promise<void> {
  return attempt(async () => {
    const written = await machine.poke(pid, address, bytes);
    if (written < bytes.length) throw new Error(`Process ${pid} has no memory there that can be written.`);
  });
}

/** `index`: 1 to 31, or 0 for the pc. `expression`: its new value, as in "sp-16" or "main". */
export function setRegister(pid: number, index: number, expression: string): Promise<void> {
  return attempt(async () => {
    const { bits } = await machine.evaluate(expression, pid);
    if (!(await machine.setRegister(pid, index, bits >>> 0))) {
      throw new Error("This register cannot be set now.");
    }
  });
}
