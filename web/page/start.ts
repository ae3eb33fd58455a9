// How the page begins: as the address says. The query says what is shown (?embed=1&panels=a,b), the fragment what
// the machine is to be.

import { PANELS, panelNamed } from "../panels/registry.ts";
import { open, tell } from "./actions.ts";
import { FIRST } from "./examples.ts";
import { layout, panels } from "./layout/state.ts";
import type { SharedState } from "./share/link.ts";
import * as store from "./store.ts";
import { isEmbedded } from "./view.ts";

/** Reads the query: whether the page is a part of another, and which panels it shows. */
export function startEmbed(): void {
  const query = new URLSearchParams(location.search);
  isEmbedded.value = query.get("embed") === "1";
  const named =
    query
      .get("panels")
      ?.split(",")
      .flatMap((id) => panelNamed(id) ?? []) ?? [];
  panels.value = named.length > 0 ? named : PANELS;
}

/** Opens what the fragment carries, or the first example; again whenever the fragment changes. */
export async function startProgram(): Promise<void> {
  addEventListener("hashchange", openFragment);
  await openFragment();
}

async function openFragment(): Promise<void> {
  const { state, problem } = await readFragment();
  let complaint = problem && `${problem} The first example is shown instead.`;
  const before = store.program.value;
  if (state?.layout) layout.value = state.layout;
  const shared: Partial<SharedState> = state ?? {};
  const { program = { example: FIRST }, configuration, moment, inputs, breakpoints } = shared;
  await open(program, { ...(configuration && { configuration }), moment, inputs, breakpoints });
  const isOpen = complaint === "" && (store.program.value !== before || store.diagnostics.value.length > 0);
  if (complaint === "" && isEmpty()) {
    complaint = `${store.failure.value} The first example is shown instead.`;
    await open({ example: FIRST });
  }
  if (complaint !== "") tell(complaint);
  const { settleAddress } = await import("./share/address.ts");
  settleAddress(isOpen);
}

/** What the fragment carries, and what is wrong with it, if something is. How links are read is loaded if there is one. */
async function readFragment(): Promise<{ readonly state: SharedState | null; readonly problem: string }> {
  if (location.hash === "") return { state: null, problem: "" };
  const { decodeLink, LinkError } = await import("./share/link.ts");
  try {
    return { state: await decodeLink(location.hash), problem: "" };
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    return { state: null, problem: error.message };
  }
}

/** What the fragment carries could not be opened, and there is nothing else: not even a source to be mended. */
function isEmpty(): boolean {
  return store.program.value === null && store.diagnostics.value.length === 0;
}
