// The address follows what is open, so that a reload brings it back: program and configuration, never the moment.
// Another program is a step in the browser's history; the same one, changed or on another machine, is not.

import { effect } from "@preact/signals";
import { tell } from "../actions.ts";
import { changed, program } from "../store.ts";
import { isEmbedded } from "../view.ts";
import { encodeLink, LinkError, type SharedState } from "./link.ts";
import { nameOf } from "./program.ts";

/** Letters of a fragment that every browser keeps. */
const LONGEST = 1_000_000;

/** What the address stands for. */
let known: SharedState | null = null;
/** Fragments that the page was given and has not opened yet: until then the address is not touched. */
let awaited = 0;
/** Writings so far: only the latest counts. */
let turn = 0;
let follows = false;

/** A fragment has been opened, or is not what the page shows. From the first one on the address follows. */
export function settleAddress(isOpen: boolean): void {
  awaited = Math.max(0, awaited - 1);
  known = isOpen ? opened() : null;
  if (follows) return void write();
  follows = true;
  addEventListener("hashchange", () => awaited++);
  effect(() => {
    void program.value;
    void changed.value;
    queueMicrotask(write);
  });
}

function opened(): SharedState | null {
  if (program.value === null) return null;
  const isChanged = Object.keys(changed.value).length > 0;
  return { program: program.value, ...(isChanged && { configuration: changed.value }) };
}

async function write(): Promise<void> {
  const state = opened();
  if (state === null || awaited > 0 || isSame(state, known)) return;
  const own = ++turn;
  const fragment = await fragmentOf(state);
  if (own !== turn || awaited > 0) return;
  const isOther = known !== null && nameOf(known.program) !== nameOf(state.program);
  known = state;
  if (fragment === location.hash) return;
  const url = location.pathname + location.search + fragment;
  if (isOther && !isEmbedded.value) history.pushState(null, "", url);
  else history.replaceState(null, "", url);
}

function isSame(one: SharedState, other: SharedState | null): boolean {
  return one.program === other?.program && one.configuration === other.configuration;
}

/** Empty where the program is too large for an address. */
async function fragmentOf(state: SharedState): Promise<string> {
  // Nobody expects it: a file was opened.
  if ("recording" in state.program) return "";
  try {
    const fragment = await encodeLink(state);
    if (fragment.length <= LONGEST) return fragment;
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
  }
  tell(`${nameOf(state.program)} is too large for the address: a reload does not bring it back.`);
  return "";
}
