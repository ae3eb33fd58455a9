// The size of a branch as it is now.

import { layout } from "./state.ts";
import { type Branch, nameOf } from "./tree.ts";

/** A branch's share beside its siblings. */
export function weightOf({ node, weight }: Branch): number {
  return layout.value.sizes[nameOf(node)] ?? weight;
}
