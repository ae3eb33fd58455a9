// The bar at the top: the program, how it runs, and what the page looks like.

import { reconfigure, setSpeed } from "./actions.ts";
import { CommandButton } from "./CommandButton.tsx";
import { command, tooltip } from "./commands.ts";
import { Icon } from "./Icon.tsx";
import { AS_FITS, changed, example, isRunning, paceOf, REAL_TIME, speed, title } from "./store.ts";

/** In this order: back, then forward. */
const BACK_COMMANDS = ["start", "runBack", "back", "overBack", "outBack", "cursorBack"];
const FORWARD_COMMANDS = ["step", "over", "out", "cursor", "end", "restart"];

export function Toolbar() {
  return (
    <header class="toolbar">
      <h1 class="brand">Timeslice</h1>
      <ProgramButton />
      <Movements />
      <Speed />
      <Harts />
      <div class="group group-end" role="group" aria-label="Page">
        <CommandButton command={command("share")} />
        <CommandButton command={command("layout")} />
        <CommandButton command={command("theme")} />
        <CommandButton command={command("help")} />
      </div>
    </header>
  );
}

/** All ways through the run. */
export function Movements() {
  return (
    <div class="group group-run" role="group" aria-label="Run">
      {BACK_COMMANDS.map((id) => (
        <CommandButton key={id} command={command(id)} />
      ))}
      <CommandButton command={command(isRunning.value ? "pause" : "run")} words />
      {FORWARD_COMMANDS.map((id) => (
        <CommandButton key={id} command={command(id)} />
      ))}
    </div>
  );
}

/** What runs, and the way to other programs. */
function ProgramButton() {
  const { perform, enabled } = command("library");
  return (
    <button
      type="button"
      class="button button-framed program"
      title={tooltip(command("library"))}
      aria-haspopup="dialog"
      disabled={!enabled()}
      onClick={perform}
    >
      <span>{title.value || "…"}</span>
      <Icon name="down" />
    </button>
  );
}

const SPEEDS: readonly (readonly [perSecond: number, title: string])[] = [
  [1, "1 /s"],
  [10, "10 /s"],
  [100, "100 /s"],
  [1e3, "1 k/s"],
  [1e4, "10 k/s"],
  [1e5, "100 k/s"],
  [1e6, "1 M/s"],
  [1e7, "10 M/s"],
  [REAL_TIME, "real time"],
  [Number.POSITIVE_INFINITY, "full"],
];

function Speed() {
  const pace = paceOf(example.value);
  const fitting = SPEEDS.find(([perSecond]) => perSecond === pace)?.[1] ?? "";
  return (
    <label class="choice">
      <span>Speed</span>
      <select
        title="Instructions a second; auto: so that one can watch the program"
        value={String(speed.value)}
        onChange={(event) => setSpeed(Number(event.currentTarget.value))}
      >
        <option value={String(AS_FITS)}>auto: {fitting}</option>
        {SPEEDS.map(([perSecond, title]) => (
          <option key={title} value={String(perSecond)}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

const HARTS = [1, 2, 3, 4, 6, 8];

function Harts() {
  const harts = changed.value.harts ?? example.value?.configuration.harts ?? 1;
  return (
    <label class="choice choice-harts">
      <span>Harts</span>
      <select
        title="Processors: starts the program over"
        value={String(harts)}
        onChange={(event) => reconfigure({ harts: Number(event.currentTarget.value) })}
      >
        {HARTS.map((count) => (
          <option key={count}>{count}</option>
        ))}
      </select>
    </label>
  );
}
