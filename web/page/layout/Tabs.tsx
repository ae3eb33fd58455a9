// The tabs of an area. One of them is in the order of Tab; arrows go to the others.

import type { Panel } from "../../panels/registry.ts";

interface Props {
  readonly name: string;
  readonly panels: readonly Panel[];
  readonly front: Panel;
  readonly choose: (panel: Panel) => void;
}

export function Tabs({ name, panels, front, choose }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    const target = keyTarget(event.key, panels.indexOf(front), panels.length);
    if (target === null) return;
    event.preventDefault();
    choose(panels[target]);
    document.getElementById(`tab-${name}-${panels[target].id}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" onKeyDown={onKeyDown}>
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
          onClick={() => choose(panel)}
        >
          {panel.title}
        </button>
      ))}
    </div>
  );
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
