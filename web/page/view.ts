// What the page looks like at the moment and has nothing to do with the machine: theme, width, overlays.

import { effect, signal } from "@preact/signals";
import { recall, remember } from "./memory.ts";

export type Theme = "system" | "light" | "dark";

/** Below this width panels are tabs, one at a time. Pixels. */
export const NARROW = 720;

export const theme = signal<Theme>("system");
/** What lies over the page; empty: nothing. */
export const overlay = signal<"" | "keys">("");
export const isNarrow = signal(false);

export function nextTheme(): void {
  const order: readonly Theme[] = ["system", "light", "dark"];
  theme.value = order[(order.indexOf(theme.value) + 1) % order.length];
}

/** Takes theme and width from the browser, and follows them from now on. */
export function startView(): void {
  theme.value =
    recall<Theme>("theme", (value): value is Theme => value === "light" || value === "dark") ?? "system";
  effect(() => {
    document.documentElement.dataset["theme"] = theme.value;
    remember("theme", theme.value);
  });
  const query = matchMedia(`(max-width: ${NARROW - 1}px)`);
  const follow = () => {
    isNarrow.value = query.matches;
  };
  query.addEventListener("change", follow);
  follow();
}
