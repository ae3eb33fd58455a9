// The panels: one row each. A panel's code is a chunk of its own that is loaded when the panel is first shown; only
// the one that the first picture is for is a part of the first view.

import type { ComponentType } from "preact";
import Processes from "./processes/Processes.tsx";

/** Where panels lie: see page/layout/tree.ts. */
export type Area = "left" | "leftLow" | "centre" | "centreLow" | "right" | "rightLow" | "bottom";

export type Panel = {
  /** In links and in what the page remembers: never changed. */
  readonly id: string;
  /** As on its tab. */
  readonly title: string;
  /** Where it is until somebody moves it; panels of one area are tabs, in the order of this list. */
  readonly area: Area;
} & (
  | { readonly content: ComponentType }
  | { readonly load: () => Promise<{ readonly default: ComponentType }> }
);

export const PANELS: readonly Panel[] = [
  {
    id: "processes",
    title: "Processes",
    area: "left",
    content: Processes,
  },
  {
    id: "states",
    title: "States",
    area: "left",
    load: () => import("./states/States.tsx"),
  },
  {
    id: "guide",
    title: "Guide",
    area: "leftLow",
    load: () => import("./guide/Guide.tsx"),
  },
  {
    id: "pcb",
    title: "PCB",
    area: "leftLow",
    load: () => import("./pcb/Pcb.tsx"),
  },
  {
    id: "pages",
    title: "Pages",
    area: "leftLow",
    load: () => import("./pages/Pages.tsx"),
  },
  {
    id: "files",
    title: "Files",
    area: "leftLow",
    load: () => import("./files/Files.tsx"),
  },
  {
    id: "code",
    title: "Code",
    area: "centre",
    load: () => import("./code/Code.tsx"),
  },
  {
    id: "editor",
    title: "Program",
    area: "centre",
    load: () => import("./editor/Editor.tsx"),
  },
  {
    id: "terminal",
    title: "Terminal",
    area: "centreLow",
    load: () => import("./terminal/Terminal.tsx"),
  },
  {
    id: "registers",
    title: "Registers",
    area: "right",
    load: () => import("./registers/Registers.tsx"),
  },
  {
    id: "timeline",
    title: "Timeline",
    area: "bottom",
    load: () => import("./timeline/Timeline.tsx"),
  },
  {
    id: "memory",
    title: "Memory",
    area: "rightLow",
    load: () => import("./memory/Memory.tsx"),
  },
  {
    id: "breakpoints",
    title: "Breakpoints",
    area: "rightLow",
    load: () => import("./breakpoints/Breakpoints.tsx"),
  },
  {
    id: "statistics",
    title: "Statistics",
    area: "bottom",
    load: () => import("./statistics/Statistics.tsx"),
  },
  {
    id: "switch",
    title: "Context switch",
    area: "bottom",
    load: () => import("./switch/Switch.tsx"),
  },
];

export function panelNamed(id: string): Panel | undefined {
  return PANELS.find((panel) => panel.id === id);
}
