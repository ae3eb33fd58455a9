// How the page begins: as the address says. The query says what is shown (?embed=1&panels=a,b), the fragment what
// the machine is to be.

import { PANELS, panelNamed } from "../panels/registry.ts";
import { open, openFound, tell } from "./actions.ts";
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
  const reading = readFragment(location.hash);
  const before = store.program.value;
  await openFound(async () => {
    const { shared } = await reading;
    if (shared.layout) layout.value = shared.layout;
    const { program = { example: FIRST }, configuration, moment, inputs, breakpoints } = shared;
    return { program, options: { ...(configuration && { configuration }), moment, inputs, breakpoints } };
  });
  let { complaint } = await reading;
  const isOpen = complaint === "" && (store.program.value !== before || store.diagnostics.value.length > 0);
  if (complaint === "" && isEmpty()) {
    complaint = `${store.failure.value} The first example is shown instead.`;
    await open({ example: FIRST });
  }
  if (complaint !== "") tell(complaint);
  const { settleAddress } = await import("./share/address.ts");
  settleAddress(isOpen);
}

/** What a fragment carries; or nothing, and what is the matter with it. */
async function readFragment(
  fragment: string,
): Promise<{ readonly shared: Partial<SharedState>; readonly complaint: string }> {
  if (fragment === "") return { shared: {}, complaint: "" };
  try {
    const { decodeLink } = await import("./share/link.ts");
    return { shared: (await decodeLink(fragment)) ?? {}, complaint: "" };
  } catch (error) {
    return { shared: {}, complaint: `${(error as Error).message} The first example is shown instead.` };
  }
}

/** What the fragment carries could not be opened, and there is nothing else: not even a source to be mended. */
function isEmpty(): boolean {
  return store.program.value === null && store.diagnostics.value.length === 0;
}
