// The text in the editor, and what it is compared with: what the machine runs, and the example it came from. A text
// that was changed is kept while another program is looked at.

import { computed, signal } from "@preact/signals";
import type { Diagnostic } from "../../../host/toolchain/diagnostics.ts";
import { open } from "../../page/actions.ts";
import type { SharedProgram } from "../../page/share/program.ts";
import { changed, example, program, rejected } from "../../page/store.ts";
import { textAt } from "../../source/texts.ts";

export interface Draft {
  /** Of the program; that of an example is its id. */
  readonly name: string;
  readonly text: string;
}

/** What is edited; null: nothing, as the program has no source. */
export const draft = signal<Draft | null>(null);
/** Errors of the draft, as far as they are known. */
export const errors = signal<readonly Diagnostic[]>([]);

/** The source of the program in the machine; undefined while it is on its way, null if it has none. */
export const running = computed((): Draft | null | undefined => {
  const own = program.value;
  if (own === null) return undefined;
  if ("source" in own) return { name: own.name, text: own.source };
  const id = "example" in own ? own.example : "recording" in own ? own.of : "";
  if (id === "") return null;
  const text = textAt(`examples/${id}.s`);
  return text === undefined ? undefined : text === null ? null : { name: id, text };
});

/** The example that the draft came from; undefined: from none, or it is on its way. */
const original = computed(() =>
  example.value?.id === draft.value?.name ? textAt(`examples/${example.value?.id}.s`) : undefined,
);

export const isOtherThanRuns = computed(
  () => draft.value !== null && running.value !== undefined && draft.value.text !== running.value?.text,
);
export const isOtherThanExample = computed(
  () => typeof original.value === "string" && draft.value?.text !== original.value,
);

const kept = new Map<string, string>();
/** The program in the machine when the draft was last taken from somewhere. */
let followed: SharedProgram | null = null;

/** The program in the machine has become another one: its text is edited now, or what was made of it before. */
export function follow(): void {
  const refused = rejected.value;
  const now = refused ? { name: refused.name, text: refused.source } : running.value;
  if (now === undefined) return;
  if (refused === null && draft.value !== null && program.value === followed) return;
  followed = program.value;
  if (draft.value !== null && now?.name === draft.value.name && refused === null) return;
  draft.value = now && { ...now, text: (refused === null && kept.get(now.name)) || now.text };
  if (refused !== null) rejected.value = null;
}

/** Somebody has typed. */
export function change(text: string): void {
  if (draft.value === null || draft.value.text === text) return;
  kept.set(draft.value.name, text);
  draft.value = { ...draft.value, text };
}

/** Back to the example's own text. */
export function reset(): void {
  if (draft.value === null || typeof original.value !== "string") return;
  kept.delete(draft.value.name);
  draft.value = { ...draft.value, text: original.value };
}

/** Assembles the draft and puts it into a new machine, like the one that is there. */
export async function runDraft(): Promise<void> {
  if (draft.value === null) return;
  const { name, text } = draft.value;
  const configuration = { ...example.value?.configuration, ...changed.value };
  await open({ name, source: text }, { configuration });
}
