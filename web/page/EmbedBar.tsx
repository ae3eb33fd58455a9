// The bar of a page that is a part of another: what is needed to run, and the way to the full page.

import { attempt } from "./actions.ts";
import { title } from "./store.ts";
import { Movements } from "./Toolbar.tsx";

export default function EmbedBar() {
  const openFull = async () => {
    const { linksTo, sharedState } = await import("./share/state.ts");
    const { full } = await linksTo(await sharedState(), []);
    window.open(full, "_blank", "noopener");
  };
  return (
    <header class="toolbar">
      <h1 class="brand">{title.value || "Timeslice"}</h1>
      <Movements />
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
