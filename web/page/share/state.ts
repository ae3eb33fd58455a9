// The page's state as a link carries it.

import { compareMoments } from "../../../host/history/moment.ts";
import { layout } from "../layout/state.ts";
import { changed, picture, program } from "../store.ts";
import { machine } from "../worker.ts";
import { encodeLink, type SharedState } from "./link.ts";

export interface Links {
  /** The page with this state. */
  readonly full: string;
  /** The same as a part of another page. */
  readonly embed: string;
}

/** What the page shows now. Null while there is nothing. */
export async function sharedState(): Promise<SharedState | null> {
  const shown = picture.value;
  if (program.value === null || shown === null) return null;
  const all = await machine.inputs();
  const inputs = all.filter(({ moment }) => compareMoments(moment, shown.moment) < 0);
  const breakpoints = shown.breakpoints.map(({ specification }) => specification);
  const { sizes, places, front } = layout.value;
  const isMoved = [sizes, places, front].some((part) => Object.keys(part).length > 0);
  return {
    program: program.value,
    ...(Object.keys(changed.value).length > 0 && { configuration: changed.value }),
    moment: shown.moment,
    ...(inputs.length > 0 && { inputs }),
    ...(breakpoints.length > 0 && { breakpoints }),
    ...(isMoved && { layout: layout.value }),
  };
}

/** Links to a state; without one to the page as it begins. `panels`: ids for the embed. */
export async function linksTo(state: SharedState | null, panels: readonly string[]): Promise<Links> {
  const fragment = state ? await encodeLink(state) : "";
  const base = new URL(location.pathname, location.origin).href;
  return { full: base + fragment, embed: `${base}?embed=1&panels=${panels.join(",")}${fragment}` };
}
