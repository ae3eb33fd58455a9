// Keys to commands. Keys that are typed into a field, an editor or the terminal are theirs.

import { COMMANDS } from "./commands.ts";
import { overlay } from "./view.ts";

export function startKeys(): void {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && overlay.value !== "") {
      overlay.value = "";
      return;
    }
    const name = nameOf(event);
    if (isTyping(event.target) && !/^(Shift\+)?F\d+$/.test(name)) return;
    const meant = COMMANDS.filter(({ keys }) => keys.includes(name));
    if (meant.length === 0) return;
    event.preventDefault();
    meant.find(({ enabled }) => enabled())?.perform();
  });
}

/** "F5", "Shift+F11", "s", "Shift+S", "?": for other signs than letters Shift is part of the sign. */
function nameOf({ key, shiftKey }: KeyboardEvent): string {
  const isNamed = key.length > 1 || key.toLowerCase() !== key.toUpperCase();
  return shiftKey && isNamed ? `Shift+${key.length === 1 ? key.toUpperCase() : key}` : key;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("input, textarea, select, [contenteditable], .xterm") !== null
  );
}
