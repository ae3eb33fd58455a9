// Statistics of the scheduler up to this moment: harts, averages, every process that there is or was, system calls.

import "./statistics.css";
import { useEffect, useState } from "preact/hooks";
import type { StatisticsPicture } from "../../../host/picture/statistics.ts";
import { STATE_NAMES } from "../../../host/trace/events.ts";
import { StateMark } from "../../page/StateMark.tsx";
import { chosen, picture } from "../../page/store.ts";
import { countText, timeText } from "../../page/text.ts";
import { usePart } from "../../page/usePart.ts";
import { type Column, VirtualTable } from "../../page/VirtualTable.tsx";
import { COLUMNS, sortedBy } from "./columns.tsx";
import { FOOT_ROWS, Foot } from "./Foot.tsx";

export default function Statistics() {
  const [turn, setTurn] = useState(0);
  const [shown, setShown] = useState<"processes" | "calls">("processes");
  const statistics = usePart("statistics", { turn });
  useEffect(() => {
    if (statistics && statistics.behind > 0) setTurn((one) => one + 1);
  }, [statistics]);
  if (!statistics) return <p class="empty">No run yet.</p>;
  const tab = (name: typeof shown, title: string) => (
    <button
      type="button"
      class="button button-small"
      aria-pressed={shown === name}
      onClick={() => setShown(name)}
    >
      {title}
    </button>
  );
  return (
    <div class="statistics">
      <div class="panel-bar">
        {tab("processes", "Processes")}
        {tab("calls", "System calls")}
        <span class="statistics-told">
          <b class="figure">{countText(statistics.switches)}</b> context switches
        </span>
        {statistics.unlisted > 0 && (
          <span class="quiet">{countText(statistics.unlisted)} earlier processes are not listed</span>
        )}
      </div>
      <Summary statistics={statistics} />
      {shown === "processes" ? <Processes statistics={statistics} /> : <Calls statistics={statistics} />}
    </div>
  );
}

/** Use of the harts, and the time that all processes together were in each state. */
function Summary({ statistics }: { statistics: StatisticsPicture }) {
  const clockHz = picture.value?.clockHz ?? 1;
  return (
    <dl class="statistics-summary">
      {statistics.harts.map(({ busy, idle }, hart) => {
        const share = busy + idle === 0 ? 0 : busy / (busy + idle);
        return (
          <div key={hart} title={`busy ${timeText(busy, clockHz)}, idle ${timeText(idle, clockHz)}`}>
            <dt>hart {hart} busy</dt>
            <dd>
              <b class="figure">{(share * 100).toFixed(1)} %</b>
              <span class="statistics-use">
                <span style={{ width: `${share * 100}%` }} />
              </span>
            </dd>
          </div>
        );
      })}
      {STATE_NAMES.map((name, state) => {
        const ticks = statistics.processes.reduce((sum, { times }) => sum + times[state], 0);
        return ticks === 0 ? null : (
          <div key={name} title="All processes together">
            <dt>
              <StateMark state={state} label />
            </dt>
            <dd>
              <b class="figure">{timeText(ticks, clockHz)}</b>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Processes({ statistics }: { statistics: StatisticsPicture }) {
  const [sorted, setSorted] = useState({ column: -1, descending: false });
  const rows = sortedBy(statistics.processes, sorted);
  const focus = picture.value?.focus?.pid;
  const clockHz = picture.value?.clockHz ?? 1;
  return (
    <VirtualTable
      label="Processes, those that have ended too"
      columns={COLUMNS}
      rows={rows.length}
      rowKey={(row) => rows[row].serial}
      cells={(row) => COLUMNS.map(({ cell }) => cell(rows[row], clockHz))}
      isChosen={(row) => rows[row].pid === focus}
      choose={(row) => {
        chosen.value = rows[row].pid;
      }}
      footRows={FOOT_ROWS}
      foot={(tracks) => <Foot processes={rows} clockHz={clockHz} tracks={tracks} />}
      sorted={sorted}
      sortBy={(column) =>
        setSorted({ column, descending: column === sorted.column ? !sorted.descending : column > 2 })
      }
    />
  );
}

const CALL_COLUMNS: readonly Column[] = [
  { title: "call", width: "minmax(16ch, 24ch)" },
  { title: "count", width: "10ch", align: "end" },
  { title: "share", width: "minmax(16ch, 1fr)" },
];

function Calls({ statistics }: { statistics: StatisticsPicture }) {
  const { calls } = statistics;
  const most = calls[0]?.count ?? 1;
  if (calls.length === 0) return <p class="empty">No system call yet.</p>;
  return (
    <VirtualTable
      label="System calls"
      columns={CALL_COLUMNS}
      rows={calls.length}
      rowKey={(row) => calls[row].name}
      cells={(row) => [
        calls[row].name,
        countText(calls[row].count),
        <span key="share" class="statistics-use statistics-share">
          <span style={{ width: `${(calls[row].count / most) * 100}%` }} />
        </span>,
      ]}
      isChosen={() => false}
      choose={() => {}}
    />
  );
}
