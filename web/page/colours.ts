// The design's colours for canvases, which cannot read style sheets: as they are in the present theme.

import { scheme } from "./view.ts";

let probe: HTMLElement | null = null;
const known = new Map<string, string>();
let knownScheme = "";

/** The value of a token of style/tokens.css, as in "--state-ready". Whoever reads it follows the theme. */
export function colour(token: string): string {
  if (knownScheme !== scheme.value) known.clear();
  knownScheme = scheme.value;
  const value = known.get(token) ?? resolve(token);
  known.set(token, value);
  return value;
}

/** The browser computes it, for an element that is never seen. */
function resolve(token: string): string {
  if (probe === null) {
    probe = document.createElement("span");
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.color = `var(${token})`;
  return getComputedStyle(probe).color;
}
