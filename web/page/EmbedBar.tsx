// The bar of a page that is a part of another: what is needed to run, and the way to the full page.

import { attempt } from "./actions.ts";
import { CommandButton } from "./CommandButton.tsx";
import { command } from "./commands.ts";
import { linksTo, sharedState } from "./share/state.ts";
import { example, isRunning } from "./store.ts";
import { MOVEMENT_COMMANDS } from "./Toolbar.tsx";

export function EmbedBar() {
  const openFull = async () => {
    const { full } = await linksTo(await sharedState(), []);
    window.open(full, "_blank", "noopener");
  };
  return (
    <header class="toolbar">
      <h1 class="brand">{example.value?.title ?? "Timeslice"}</h1>
      <div class="group" role="group" aria-label="Run">
        <CommandButton command={command(isRunning.value ? "pause" : "run")} words />
        {MOVEMENT_COMMANDS.map((id) => (
          <CommandButton key={id} command={command(id)} />
        ))}
        <CommandButton command={command("restart")} />
      </div>
      <button
        type="button"
        class="button group-end"
        title="Opens Timeslice with this state"
        onClick={() => attempt(openFull)}
      >
        Open in full
      </button>
    </header>
  );
}
