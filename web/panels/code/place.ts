// How the place of an instruction is written: by its line where it alone begins it, else by the symbol before it.

import type { Label, Listing } from "../../../host/picture/code.ts";
import type { Place } from "../../page/breakpoints.ts";
import { beginsLine } from "./rows.ts";

export function placeOf(listing: Listing, program: string, index: number): Place {
  return { program, address: listing.addresses[index], location: locationOf(listing, index) };
}

function locationOf(listing: Listing, index: number): string {
  const { addresses, lines, file, files } = listing;
  if (beginsLine(listing, index) && beginningsOf(listing).get(lineKey(listing, index)) === 1) {
    return `${files[file[index]]}:${lines[index]}`;
  }
  const symbol = symbolBefore(listing, index);
  if (symbol === undefined) return `*0x${addresses[index].toString(16)}`;
  const distance = addresses[index] - addresses[symbol.index];
  return distance === 0 ? symbol.name : `${symbol.name}+0x${distance.toString(16)}`;
}

function symbolBefore({ symbols }: Listing, index: number): Label | undefined {
  let found: Label | undefined;
  for (const symbol of symbols) {
    if (symbol.index > index) break;
    found = symbol;
  }
  return found;
}

function lineKey({ lines, file }: Listing, index: number): number {
  return lines[index] * 65_536 + file[index];
}

const known = new WeakMap<Listing, ReadonlyMap<number, number>>();

/** How often each line begins: at several places, a breakpoint by the line would stop at all of them. */
function beginningsOf(listing: Listing): ReadonlyMap<number, number> {
  const counted = known.get(listing);
  if (counted !== undefined) return counted;
  const counts = new Map<number, number>();
  for (let index = 0; index < listing.lines.length; index++) {
    if (!beginsLine(listing, index)) continue;
    const key = lineKey(listing, index);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  known.set(listing, counts);
  return counts;
}
