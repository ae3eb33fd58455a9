// The commands: one row each, from which buttons, tooltips, keys, the overlay and the help are made.

import { pause, restart, run, step } from "./actions.ts";
import type { IconName } from "./Icon.tsx";
import { isRunning, program, status } from "./store.ts";
import { nextTheme, overlay } from "./view.ts";

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly icon: IconName;
  /** As KeyboardEvent.key names them, with "Shift+" before. Of two commands with the same key the enabled one is meant. */
  readonly keys: readonly string[];
  readonly group: "run" | "view";
  /** One sentence for the overlay. */
  readonly help: string;
  readonly enabled: () => boolean;
  readonly perform: () => void;
}

const isStill = () => status.value !== "loading" && status.value !== "running";
const canGoOn = () => isStill() && status.value !== "ended";

export const COMMANDS: readonly Command[] = [
  {
    id: "run",
    title: "Run",
    icon: "run",
    keys: ["F5", "r"],
    group: "run",
    help: "Lets the machine run on.",
    enabled: canGoOn,
    perform: run,
  },
  {
    id: "pause",
    title: "Pause",
    icon: "pause",
    keys: ["F5", "p"],
    group: "run",
    help: "Stops the machine at the instruction where it is.",
    enabled: () => isRunning.value,
    perform: pause,
  },
  {
    id: "step",
    title: "Step",
    icon: "step",
    keys: ["F11", "s"],
    group: "run",
    help: "Executes one instruction.",
    enabled: canGoOn,
    perform: step,
  },
  {
    id: "restart",
    title: "Start over",
    icon: "restart",
    keys: ["Shift+R"],
    group: "run",
    help: "Boots the machine anew with the same program.",
    enabled: () => program.value !== null,
    perform: restart,
  },
  {
    id: "library",
    title: "Programs",
    icon: "down",
    keys: ["e"],
    group: "view",
    help: "Shows the library of examples, and opens files.",
    enabled: () => true,
    perform: () => {
      overlay.value = "library";
    },
  },
  {
    id: "share",
    title: "Share",
    icon: "share",
    keys: ["l"],
    group: "view",
    help: "Makes a link that carries program, moment and layout.",
    enabled: () => program.value !== null,
    perform: () => {
      overlay.value = "share";
    },
  },
  {
    id: "theme",
    title: "Theme",
    icon: "theme",
    keys: ["t"],
    group: "view",
    help: "Changes between the system's theme, light and dark.",
    enabled: () => true,
    perform: nextTheme,
  },
  {
    id: "help",
    title: "Keys",
    icon: "keys",
    keys: ["?"],
    group: "view",
    help: "Shows this list.",
    enabled: () => true,
    perform: () => {
      overlay.value = overlay.value === "keys" ? "" : "keys";
    },
  },
];

export function command(id: string): Command {
  const found = COMMANDS.find((one) => one.id === id);
  if (!found) throw new Error(`assertion: there is no command ${id}`);
  return found;
}

/** The tooltip: title, and the keys that do the same. */
export function tooltip({ title, keys }: Command): string {
  return `${title} (${keys.join(", ")})`;
}
