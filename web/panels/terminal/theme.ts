// The colours of the screen, from the design's tokens. The sixteen colours that programs name are those of the
// design that come closest; xterm makes each readable on its ground.

import type { ITheme } from "@xterm/xterm";
import { colour } from "../../page/colours.ts";

export function screenTheme(): ITheme {
  const ink = colour("--ink");
  const quiet = colour("--ink-3");
  return {
    background: colour("--surface"),
    foreground: ink,
    cursor: colour("--accent"),
    cursorAccent: colour("--accent-ink"),
    selectionBackground: colour("--accent"),
    selectionForeground: colour("--accent-ink"),
    scrollbarSliderBackground: colour("--line"),
    scrollbarSliderHoverBackground: colour("--line-strong"),
    scrollbarSliderActiveBackground: colour("--line-strong"),
    ...named("", quiet, ink),
    ...named("bright", quiet, ink),
  };
}

function named(kind: "" | "bright", black: string, white: string): ITheme {
  const colours: readonly (readonly [string, string])[] = [
    ["black", black],
    ["red", colour("--error")],
    ["green", colour("--state-running")],
    ["yellow", colour("--state-ready")],
    ["blue", colour("--accent")],
    ["magenta", colour("--state-stopped")],
    ["cyan", colour("--state-new")],
    ["white", white],
  ];
  const key = (name: string) => (kind === "" ? name : kind + name[0].toUpperCase() + name.slice(1));
  return Object.fromEntries(colours.map(([name, value]) => [key(name), value]));
}
