// The table of all processes. Choosing one makes the other panels about it; choosing it again lets them follow
// whichever runs.

import type { ProcessesPicture } from "../../../host/picture/index.ts";
import { channelName, STATE_NAMES } from "../../../host/trace/events.ts";
import { StateMark } from "../../page/StateMark.tsx";
import { chosen, picture } from "../../page/store.ts";
import { countText, hexText } from "../../page/text.ts";
import { usePart } from "../../page/usePart.ts";
import { VirtualTable } from "../../page/VirtualTable.tsx";

const COLUMNS = [
  { title: "pid", width: "6ch", align: "end" },
  { title: "name", width: "minmax(9ch, 1fr)" },
  { title: "state", width: "11ch" },
  { title: "waits for", width: "minmax(10ch, 1.4fr)" },
  { title: "parent", width: "6.5ch", align: "end" },
  { title: "group", width: "6ch", align: "end" },
  { title: "hart", width: "5ch", align: "end" },
  { title: "pc", width: "9ch", align: "end" },
  { title: "time", width: "minmax(9ch, max-content)", align: "end", hint: "Instructions retired" },
] as const;

export default function Processes() {
  const processes = usePart("processes", true);
  if (!processes) return <p class="empty">No machine yet.</p>;
  return (
    <VirtualTable
      label="Processes"
      columns={COLUMNS}
      rows={processes.count}
      rowKey={(row) => processes.pid[row]}
      cells={(row) => cellsOf(processes, row)}
      isChosen={(row) => processes.pid[row] === picture.value?.focus?.pid}
      choose={(row) => {
        chosen.value = chosen.value === processes.pid[row] ? 0 : processes.pid[row];
      }}
    />
  );
}

function cellsOf(processes: ProcessesPicture, row: number) {
  const hart = processes.hart[row];
  return [
    processes.pid[row],
    processes.name[row],
    <StateMark key="state" state={processes.state[row]} label />,
    waits(processes, row),
    processes.parent[row] || "",
    processes.group[row],
    hart < 0 ? "" : hart,
    hexText(processes.pc[row]),
    countText(processes.instructions[row]),
  ];
}

/** What a blocked process waits for; how a zombie ended. */
function waits(processes: ProcessesPicture, row: number): string {
  if (STATE_NAMES[processes.state[row]] !== "zombie") return channelName(processes.waitChannel[row]);
  const status = processes.exitStatus[row];
  return (status & 0x7f) === 0
    ? `to be reaped: status ${status >>> 8}`
    : `to be reaped: signal ${status & 0x7f}`;
}
