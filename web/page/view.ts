// What the page looks like at the moment and has nothing to do with the machine: theme, width, overlays.

import { computed, effect, signal } from "@preact/signals";
import { recall, remember } from "./memory.ts";

export type Theme = "system" | "light" | "dark";

/** Below this width panels are tabs, one at a time. Pixels. */
export const NARROW = 720;
/** And below this height, unless they are so few that they stand side by side. Pixels. */
const LOW = 520;

export const theme = signal<Theme>("system");
/** What lies over the page; empty: nothing. */
export const overlay = signal<"" | "keys" | "library" | "share">("");
/** The page is a part of another one. */
export const isEmbedded = signal(false);
export const isNarrow = signal(false);
export const isLow = signal(false);
/** What the theme comes to. */
export const scheme = computed(() => (theme.value === "system" ? system.value : theme.value));
const system = signal<"light" | "dark">("light");

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
  follow(`(max-width: ${NARROW - 1}px)`, (matches) => {
    isNarrow.value = matches;
  });
  follow(`(max-height: ${LOW - 1}px)`, (matches) => {
    isLow.value = matches;
  });
  follow("(prefers-color-scheme: dark)", (matches) => {
    system.value = matches ? "dark" : "light";
  });
}

/** Tells whether a media query matches, now and whenever that changes. */
function follow(media: string, tell: (matches: boolean) => void): void {
  const query = matchMedia(media);
  query.addEventListener("change", () => tell(query.matches));
  tell(query.matches);
}
