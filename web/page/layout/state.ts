// What a person has made of the layout: sizes, places, tabs in front. Remembered, and part of links.

import { effect, signal } from "@preact/signals";
import { type Area, PANELS, type Panel } from "../../panels/registry.ts";
import { recall, remember } from "../memory.ts";
import { isLayoutState, type LayoutState } from "./form.ts";

const EMPTY: LayoutState = { sizes: {}, places: {}, front: {}, single: PANELS[0].id };
/** No branch is made smaller than this share of two neighbours. */
export const LEAST_SHARE = 0.08;

export const layout = signal<LayoutState>(EMPTY);
/** The panels there are: all, or in an embed those that the link names. */
export const panels = signal<readonly Panel[]>(PANELS);

/** Brings back what was remembered, and remembers from now on. */
export function startLayout(): void {
  layout.value = recall("layout", isLayoutState) ?? EMPTY;
  effect(() => remember("layout", layout.value));
}

export function areaOf(panel: Panel): Area {
  return layout.value.places[panel.id] ?? panel.area;
}

/** Panels of an area, in the order of their tabs. */
export function panelsIn(area: Area): readonly Panel[] {
  return panels.value.filter((panel) => areaOf(panel) === area);
}

/** The panel in front of an area. */
export function frontOf(area: Area): Panel {
  const there = panelsIn(area);
  return there.find(({ id }) => id === layout.value.front[area]) ?? there[0];
}

export function bringToFront(panel: Panel): void {
  const { front } = layout.value;
  layout.value = { ...layout.value, front: { ...front, [areaOf(panel)]: panel.id }, single: panel.id };
}

export function moveTo(panel: Panel, area: Area): void {
  const { places, front } = layout.value;
  layout.value = {
    ...layout.value,
    places: { ...places, [panel.id]: area },
    front: { ...front, [area]: panel.id },
  };
}

export function setSizes(sizes: Readonly<Record<string, number>>): void {
  layout.value = { ...layout.value, sizes: { ...layout.value.sizes, ...sizes } };
}

export function resetLayout(): void {
  layout.value = { ...EMPTY, single: layout.value.single };
}
