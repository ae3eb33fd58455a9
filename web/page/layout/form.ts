// A layout as plain data: what is remembered, and what links carry.

import type { Area } from "../../panels/registry.ts";
import { areasOf, TREE } from "./tree.ts";

export interface LayoutState {
  /** Shares by branch (see tree.ts). */
  readonly sizes: Readonly<Record<string, number>>;
  /** Panels that were moved. */
  readonly places: Readonly<Record<string, Area>>;
  /** The panel in front, by area. */
  readonly front: Readonly<Record<string, string>>;
  /** The panel that a narrow screen shows. */
  readonly single: string;
}

/** Whether it is a layout: what comes from storage or a link can be anything. */
export function isLayoutState(value: unknown): value is LayoutState {
  if (typeof value !== "object" || value === null) return false;
  const { sizes, places, front, single } = value as Record<string, unknown>;
  const areas: readonly unknown[] = areasOf(TREE);
  return (
    isRecordOf(sizes, (size) => typeof size === "number" && size > 0 && size < 1e6) &&
    isRecordOf(places, (place) => areas.includes(place)) &&
    isRecordOf(front, (id) => typeof id === "string") &&
    typeof single === "string"
  );
}

function isRecordOf(value: unknown, isForm: (entry: unknown) => boolean): boolean {
  return typeof value === "object" && value !== null && Object.values(value).every(isForm);
}
