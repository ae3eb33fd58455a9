// The timeline as a table: the events of the stretch of time shown, in words. Each row leads to its moment.

import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { EventRow } from "../../../host/picture/events.ts";
import type { TimelinePicture } from "../../../host/picture/timeline.ts";
import { move } from "../../page/actions.ts";
import { isRunning, picture } from "../../page/store.ts";
import { countText, timeText } from "../../page/text.ts";
import { usePart } from "../../page/usePart.ts";
import { type Column, VirtualTable } from "../../page/VirtualTable.tsx";

const COLUMNS: readonly Column[] = [
  { title: "time", width: "16ch", align: "end", hint: "Goes to the moment right after the event" },
  { title: "hart", width: "4ch", align: "end" },
  { title: "pid", width: "5ch", align: "end" },
  { title: "name", width: "10ch" },
  { title: "what", width: "minmax(28ch, 1fr)" },
  { title: "why", width: "minmax(24ch, 1fr)" },
];

const isOwn = signal(false);

export function EventTable({ timeline }: { timeline: TimelinePicture }) {
  const [{ first, rows }, setShown] = useState({ first: 0, rows: 40 });
  const focus = picture.value?.focus?.pid ?? 0;
  const { from, to } = timeline;
  const events = usePart("events", { from, to, pid: isOwn.value ? focus : 0, first, rows });
  if (!events) return <p class="empty">No events yet.</p>;
  const now = picture.value?.moment.events ?? 0;
  const rowAt = (row: number) => events.rows[row - events.first] as EventRow | undefined;
  return (
    <div class="timeline-table">
      <p class="timeline-told">
        <label>
          <input
            type="checkbox"
            checked={isOwn.value}
            onChange={(event) => {
              isOwn.value = event.currentTarget.checked;
            }}
          />{" "}
          only process {focus}
        </label>
        <span class="figure">
          {countText(events.count)} events{events.isCut ? ", and more: come nearer" : ""}
        </span>
      </p>
      <VirtualTable
        label="Events"
        columns={COLUMNS}
        rows={events.count}
        rowKey={(row) => row}
        cells={(row) => cellsOf(rowAt(row), now)}
        isChosen={(row) => rowAt(row)?.number === now - 1}
        choose={(row) => go(rowAt(row))}
        reveal={isRunning.value ? -1 : events.passed - 1}
        shows={(top, bottom) => setShown({ first: top, rows: bottom - top })}
      />
    </div>
  );
}

function go(event: EventRow | undefined): void {
  if (event) void move({ kind: "goToEvent", event: event.number });
}

function cellsOf(event: EventRow | undefined, now: number) {
  if (!event) return ["…", "", "", "", "", ""];
  const time = timeText(event.time, picture.value?.clockHz ?? 1);
  return [
    <button
      type="button"
      key="time"
      class="timeline-go"
      title={event.number < now ? "Goes back to this moment" : "Goes to this moment"}
    >
      {time}
    </button>,
    event.hart,
    event.pid || "",
    event.name,
    event.what,
    event.why,
  ];
}
