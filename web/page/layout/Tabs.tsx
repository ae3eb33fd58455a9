// The tabs of an area. One of them is in the order of Tab; arrows go to the others.

import { type Area, type Panel, panelNamed } from "../../panels/registry.ts";
import { moveTo } from "./state.ts";
import { areasOf, TREE } from "./tree.ts";

interface Props {
  readonly name: string;
  readonly panels: readonly Panel[];
  readonly front: Panel;
  readonly choose: (panel: Panel) => void;
  /** The area that the tabs are of, if panels can be moved to others. */
  readonly area?: Area;
}

export function Tabs({ name, panels, front, choose, area }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.shiftKey && area) return moveByKey(event, front, area);
    const target = keyTarget(event.key, panels.indexOf(front), panels.length);
    if (target === null) return;
    event.preventDefault();
    choose(panels[target]);
    document.getElementById(`tab-${name}-${panels[target].id}`)?.focus();
  };
  return (
    <div
      class="tabs"
      role="tablist"
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        if (area && event.dataTransfer?.types.includes(PANEL_TYPE)) event.preventDefault();
      }}
      onDrop={(event) => {
        const panel = panelNamed(event.dataTransfer?.getData(PANEL_TYPE) ?? "");
        if (area && panel) moveTo(panel, area);
      }}
    >
      {panels.map((panel) => (
        <button
          key={panel.id}
          type="button"
          class="tab"
          role="tab"
          id={`tab-${name}-${panel.id}`}
          aria-selected={panel === front}
          aria-controls={`panel-${front.id}`}
          tabIndex={panel === front ? 0 : -1}
          title={area && "Drag it, or press Shift and an arrow, to move it to another area"}
          draggable={area !== undefined}
          onDragStart={(event) => event.dataTransfer?.setData(PANEL_TYPE, panel.id)}
          onClick={() => choose(panel)}
        >
          {panel.title}
        </button>
      ))}
    </div>
  );
}

/** What a dragged tab carries. */
const PANEL_TYPE = "application/x-timeslice-panel";

/** Takes the panel in front to the next area, or to the one before. */
function moveByKey(event: KeyboardEvent, panel: Panel, area: Area): void {
  const areas = areasOf(TREE);
  const way = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
  if (way === undefined) return;
  event.preventDefault();
  const next = areas[(areas.indexOf(area) + way + areas.length) % areas.length];
  moveTo(panel, next);
  requestAnimationFrame(() => document.getElementById(`tab-${next}-${panel.id}`)?.focus());
}

/** Index of the tab that a key leads to. */
function keyTarget(key: string, index: number, count: number): number | null {
  switch (key) {
    case "ArrowRight":
      return (index + 1) % count;
    case "ArrowLeft":
      return (index + count - 1) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
