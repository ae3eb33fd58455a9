// The timeline: who was in which state when, on which hart, and what happened; as a drawing, or as a table of
// events. Any place in it is a moment to go to.

import "./timeline.css";
import { effect, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { TimelinePicture, Window } from "../../../host/picture/timeline.ts";
import type { PointQuery } from "../../../host/picture/timeline-point.ts";
import { picture, program } from "../../page/store.ts";
import { usePart } from "../../page/usePart.ts";
import { Bars } from "./Bars.tsx";
import { EventTable } from "./EventTable.tsx";
import { Legend } from "./Legend.tsx";
import { lengthText, zoomed } from "./window.ts";

export interface Asked {
  readonly window: Window;
  readonly width: number;
  readonly first: number;
  readonly rows: number;
  readonly point: PointQuery | undefined;
}

// Kept while the panel is away.
const asked = signal<Asked>({ window: { kind: "all" }, width: 600, first: 0, rows: 24, point: undefined });
const isTable = signal(false);

/** Another program begins at its beginning. */
effect(() => {
  void program.value;
  asked.value = { ...asked.peek(), window: { kind: "all" }, first: 0, point: undefined };
});

function ask(change: Partial<Asked>): void {
  asked.value = { ...asked.value, ...change };
}

/** While not all events have been read, each picture asks for the next. */
const turn = signal(0);

export default function Timeline() {
  const timeline = usePart("timeline", { ...asked.value, turn: turn.value });
  useEffect(() => {
    if (timeline && timeline.behind > 0) turn.value++;
  }, [timeline]);
  if (!timeline) return <p class="empty">No run yet.</p>;
  return (
    <div class="timeline">
      <Controls timeline={timeline} />
      {isTable.value ? (
        <EventTable timeline={timeline} />
      ) : (
        <Bars timeline={timeline} asked={asked.value} ask={ask} />
      )}
    </div>
  );
}

/** How much nearer one press comes. */
const ZOOM = 0.6;
/** Of what is followed. */
const FOLLOWED = 1 / 4;

function Controls({ timeline }: { timeline: TimelinePicture }) {
  const { window } = asked.value;
  const clockHz = picture.value?.clockHz ?? 1;
  const follow = () => {
    const ticks =
      window.kind === "all" ? (timeline.end - timeline.start) * FOLLOWED : timeline.to - timeline.from;
    ask({ window: window.kind === "follow" ? { kind: "range", ...timeline } : { kind: "follow", ticks } });
  };
  return (
    <div class="panel-bar timeline-bar" role="toolbar" aria-label="Timeline">
      <button
        type="button"
        class="button button-small"
        title="All of the run (0)"
        aria-pressed={window.kind === "all"}
        onClick={() => ask({ window: { kind: "all" } })}
      >
        All
      </button>
      <button
        type="button"
        class="button button-small"
        title="Keeps to where the machine stands (n)"
        aria-pressed={window.kind === "follow"}
        onClick={follow}
      >
        Now
      </button>
      <button
        type="button"
        class="button button-small timeline-zoom"
        title="Nearer (+)"
        aria-label="Nearer"
        onClick={() => ask({ window: zoomed(timeline, ZOOM, 0.5) })}
      >
        +
      </button>
      <button
        type="button"
        class="button button-small timeline-zoom"
        title="Farther (−)"
        aria-label="Farther"
        onClick={() => ask({ window: zoomed(timeline, 1 / ZOOM, 0.5) })}
      >
        −
      </button>
      <span class="figure timeline-length" title="Length of the stretch of time shown">
        {lengthText(timeline.to - timeline.from, clockHz)}
      </span>
      {timeline.dropped > 0 && <span title="The oldest events are remembered no more">from memory</span>}
      <Legend />
      <button
        type="button"
        class="button button-small timeline-switch"
        title="The same as a table of events"
        aria-pressed={isTable.value}
        onClick={() => {
          isTable.value = !isTable.value;
        }}
      >
        Table
      </button>
    </div>
  );
}
