// The states of the process in focus as a diagram, with the change just made and its reason; and its last changes as
// a table, each of which can be gone to.

import "./states.css";
import { useState } from "preact/hooks";
import type { StateChange, StatesPicture } from "../../../host/picture/state-changes.ts";
import { channelName, REASON_NAMES, STATE_NAMES } from "../../../host/trace/events.ts";
import { move } from "../../page/actions.ts";
import { Nothing } from "../../page/Nothing.tsx";
import { StateMark } from "../../page/StateMark.tsx";
import { chosen, picture } from "../../page/store.ts";
import { timeText } from "../../page/text.ts";
import { usePart } from "../../page/usePart.ts";
import { type Column, VirtualTable } from "../../page/VirtualTable.tsx";
import { Diagram } from "./Diagram.tsx";

const COLUMNS: readonly Column[] = [
  { title: "go", width: "3ch", hint: "To the moment of the change" },
  { title: "time", width: "13ch", align: "end", hint: "Virtual time of the change" },
  { title: "from", width: "10ch" },
  { title: "to", width: "10ch" },
  { title: "because", width: "minmax(26ch, 1fr)" },
];

export default function States() {
  const states = usePart("states", true);
  const focus = picture.value?.focus;
  if (!states || !focus) return <Nothing part={states} />;
  const [last] = states.recent;
  return (
    <div class="states">
      <Diagram states={states} />
      <p class="states-last" aria-live="off">
        <span class="figure">{focus.pid}</span>{" "}
        {last ? (
          <>
            became <StateMark state={last.to} label />
            {becauseText(last)}
          </>
        ) : (
          <>
            is <StateMark state={states.state} label />
          </>
        )}
        {!states.isComplete && (
          <span class="quiet">
            {" "}
            Changes since {timeText(states.since, picture.value?.clockHz ?? 1)} are counted; those before are
            no longer remembered.
          </span>
        )}
      </p>
      <Changes states={states} pid={focus.pid} />
    </div>
  );
}

function Changes({ states, pid }: { states: StatesPicture; pid: number }) {
  const [chosenEvent, choose] = useState(-1);
  const { recent } = states;
  const clockHz = picture.value!.clockHz;
  return (
    <VirtualTable
      label="Changes of state, the latest first"
      columns={COLUMNS}
      rows={recent.length}
      rowKey={(row) => recent[row].event}
      cells={(row) => cellsOf(recent[row], clockHz, pid)}
      isChosen={(row) => recent[row].event === chosenEvent}
      choose={(row) => choose(recent[row].event)}
    />
  );
}

/** There another process may run: the panels stay with this one. */
function goTo({ event }: StateChange, pid: number): void {
  chosen.value = pid;
  void move({ kind: "goToEvent", event });
}

function cellsOf(change: StateChange, clockHz: number, pid: number) {
  const time = timeText(change.time, clockHz);
  return [
    <button
      key="go"
      type="button"
      class="states-go"
      title="Go to the moment of this change"
      aria-label={`Go to the change at ${time}`}
      onClick={() => goTo(change, pid)}
    >
      go
    </button>,
    time,
    <StateMark key="from" state={change.from} label />,
    <StateMark key="to" state={change.to} label />,
    <span key="because" title={reasonText(change)}>
      {reasonText(change)}
    </span>,
  ];
}

function becauseText(change: StateChange): string {
  const reason = reasonText(change);
  return reason === "" ? "" : `, because ${reason}`;
}

function reasonText({ reason, channel, to }: StateChange): string {
  const what = channelName(channel);
  if (what !== "" && STATE_NAMES[to] === "blocked") return `it waits for ${what}`;
  return REASON_NAMES[reason] ?? "";
}
