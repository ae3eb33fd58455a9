// The commands: one row each, from which buttons, tooltips, keys, the overlay and the help are made.

import type { Direction } from "../../host/debug/command.ts";
import { compareMoments } from "../../host/history/moment.ts";
import { move, pause, restart, showHash } from "./actions.ts";
import type { IconName } from "./Icon.tsx";
import { resetLayout } from "./layout/state.ts";
import { chosen, cursor, isRunning, picture, program, status } from "./store.ts";
import { nextTheme, overlay } from "./view.ts";

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly icon: IconName;
  /** Its icon is that of the way forward, mirrored. */
  readonly isBack?: boolean;
  /** As KeyboardEvent.key names them, with "Shift+" before. Of two commands with the same key the enabled one is meant. */
  readonly keys: readonly string[];
  readonly group: "run" | "view";
  /** One sentence for the overlay. */
  readonly help: string;
  readonly enabled: () => boolean;
  readonly perform: () => void;
}

const isStill = () => status.value !== "loading" && status.value !== "running";
/** At the end of what is known only what has not ended can go on. */
const canGoOn = () => {
  const shown = picture.value;
  return isStill() && shown !== null && (status.value === "paused" || status.value === "input");
};
const canGoBack = () => {
  const shown = picture.value;
  return isStill() && shown !== null && compareMoments(shown.start, shown.moment) < 0;
};

/** Of the chosen process; where none is, of whichever is next. */
function step(direction: Direction): void {
  const pid = chosen.value;
  void move(pid === 0 ? { kind: "stepMachine", direction } : { kind: "step", pid, direction });
}

/** The process that movements through functions are about. */
function focused(): { pid?: number } {
  const focus = picture.value?.focus;
  return focus ? { pid: focus.pid } : {};
}

function goTo(place: "start" | "end"): void {
  const moment = picture.value?.[place];
  if (moment) void move({ kind: "goTo", moment });
}

export const COMMANDS: readonly Command[] = [
  {
    id: "run",
    title: "Run",
    icon: "run",
    keys: ["F5", "r"],
    group: "run",
    help: "Lets the machine run on.",
    enabled: canGoOn,
    perform: () => move({ kind: "continue" }),
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
    help: "Executes one instruction: of the chosen process, or of whichever is next.",
    enabled: canGoOn,
    perform: () => step("forward"),
  },
  {
    id: "back",
    title: "Step back",
    icon: "back",
    keys: ["Shift+S"],
    group: "run",
    help: "Takes the instruction before back.",
    enabled: canGoBack,
    perform: () => step("back"),
  },
  {
    id: "over",
    title: "Step over",
    icon: "over",
    keys: ["F10", "o"],
    group: "run",
    help: "Executes an instruction, a call of a function as one.",
    enabled: canGoOn,
    perform: () => move({ kind: "stepOver", ...focused() }),
  },
  {
    id: "overBack",
    title: "Step over, back",
    icon: "over",
    isBack: true,
    keys: ["Shift+F10", "Shift+O"],
    group: "run",
    help: "Takes the instruction before back, a call of a function as one.",
    enabled: canGoBack,
    perform: () => move({ kind: "stepOver", direction: "back", ...focused() }),
  },
  {
    id: "out",
    title: "Step out",
    icon: "out",
    keys: ["Shift+F11", "u"],
    group: "run",
    help: "Runs to where the function returns to.",
    enabled: canGoOn,
    perform: () => move({ kind: "stepOut", ...focused() }),
  },
  {
    id: "outBack",
    title: "Out, back",
    icon: "out",
    isBack: true,
    keys: ["Shift+U"],
    group: "run",
    help: "Goes back to the call that led into this function.",
    enabled: canGoBack,
    perform: () => move({ kind: "stepOut", direction: "back", ...focused() }),
  },
  {
    id: "cursor",
    title: "To cursor",
    icon: "cursor",
    keys: ["c"],
    group: "run",
    help: "Runs to the line or instruction that is marked in Code.",
    enabled: () => canGoOn() && cursor.value !== "",
    perform: () => move({ kind: "runTo", location: cursor.value, ...focused() }),
  },
  {
    id: "cursorBack",
    title: "Back to cursor",
    icon: "cursor",
    isBack: true,
    keys: ["Shift+C"],
    group: "run",
    help: "Goes back to when the marked line or instruction was last executed.",
    enabled: () => canGoBack() && cursor.value !== "",
    perform: () => move({ kind: "runTo", direction: "back", location: cursor.value, ...focused() }),
  },
  {
    id: "runBack",
    title: "Run back",
    icon: "runBack",
    keys: ["Shift+F5", "Shift+R"],
    group: "run",
    help: "Goes back to the breakpoint before, or to the start.",
    enabled: canGoBack,
    perform: () => move({ kind: "continue", direction: "back" }),
  },
  {
    id: "restart",
    title: "Start over",
    icon: "restart",
    keys: ["n"],
    group: "run",
    help: "Boots the machine anew with the same program.",
    enabled: () => program.value !== null,
    perform: restart,
  },
  {
    id: "start",
    title: "To the start",
    icon: "start",
    keys: ["Home"],
    group: "run",
    help: "Goes back to where the run begins.",
    enabled: canGoBack,
    perform: () => goTo("start"),
  },
  {
    id: "end",
    title: "To the end",
    icon: "end",
    keys: ["End"],
    group: "run",
    help: "Goes to the latest moment of the run so far.",
    enabled: () =>
      isStill() && picture.value !== null && compareMoments(picture.value.moment, picture.value.end) < 0,
    perform: () => goTo("end"),
  },
  {
    id: "hash",
    title: "State hash",
    icon: "hash",
    keys: ["h"],
    group: "view",
    help: "Shows a hash of the machine's whole state: equal states have equal hashes.",
    enabled: isStill,
    perform: showHash,
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
    id: "layout",
    title: "Reset layout",
    icon: "layout",
    keys: ["0"],
    group: "view",
    help: "Puts panels and dividers back to where they were at first.",
    enabled: () => true,
    perform: resetLayout,
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
