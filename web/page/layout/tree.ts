// The grid: splits within splits, down to the areas. Its shape is fixed; sizes, places of panels and the tab in
// front of each area are the person's (layout/state.ts).

import type { Area } from "../../panels/registry.ts";

export interface Split {
  readonly id: string;
  /** "row": side by side. */
  readonly direction: "row" | "column";
  readonly children: readonly Branch[];
}

export interface Branch {
  readonly node: Split | Area;
  /** Its share beside its siblings until a divider is moved. */
  readonly weight: number;
}

export const TREE: Split = {
  id: "page",
  direction: "row",
  children: [
    {
      weight: 11,
      node: {
        id: "main",
        direction: "column",
        children: [
          {
            weight: 7,
            node: {
              id: "columns",
              direction: "row",
              children: [
                { weight: 5, node: column("left", "leftLow") },
                { weight: 6, node: column("centre", "centreLow") },
              ],
            },
          },
          { weight: 3, node: "bottom" },
        ],
      },
    },
    { weight: 4, node: column("right", "rightLow") },
  ],
};

function column(upper: Area, lower: Area): Split {
  return {
    id: `${upper}Column`,
    direction: "column",
    children: [
      { weight: 3, node: upper },
      { weight: 2, node: lower },
    ],
  };
}

/** Name of a branch, under which its size is kept. */
export function nameOf(node: Split | Area): string {
  return typeof node === "string" ? node : node.id;
}

/** The areas below a node, from left to right and top to bottom. */
export function areasOf(node: Split | Area): Area[] {
  return typeof node === "string" ? [node] : node.children.flatMap((child) => areasOf(child.node));
}
