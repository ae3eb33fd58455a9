// The columns of the table of processes: what stands in each, and by what it sorts.

import type { ProcessesPicture } from "../../../host/picture/index.ts";
import { channelName, STATE_NAMES } from "../../../host/trace/events.ts";
import { StateMark } from "../../page/StateMark.tsx";
import { picture } from "../../page/store.ts";
import { countText, hexText, timeText } from "../../page/text.ts";
import type { Column } from "../../page/VirtualTable.tsx";
import type { Key, Line } from "./order.ts";

export interface ProcessColumn extends Column {
  readonly key: Key;
}

export const COLUMNS: readonly ProcessColumn[] = [
  { title: "pid", width: "5ch", align: "end", key: ({ pid }, row) => pid[row] },
  { title: "name", width: "minmax(16ch, 1fr)", key: ({ name }, row) => name[row] },
  { title: "state", width: "10ch", key: ({ state }, row) => state[row] },
  {
    title: "waits for",
    width: "minmax(27ch, 1.4fr)",
    hint: "What a blocked process waits for ← the pids that can end the wait",
    key: waits,
  },
  {
    title: "time",
    width: "10ch",
    align: "end",
    hint: "Instructions retired",
    key: ({ instructions }, row) => instructions[row],
  },
  { title: "hart", width: "5ch", align: "end", key: ({ hart }, row) => hart[row] },
  { title: "pc", width: "8ch", align: "end", key: ({ pc }, row) => pc[row] },
  { title: "parent", width: "7ch", align: "end", key: ({ parent }, row) => parent[row] },
  {
    title: "group",
    width: "6ch",
    align: "end",
    hint: "Process group",
    key: ({ group }, row) => group[row],
  },
  { title: "session", width: "8ch", align: "end", key: ({ session }, row) => session[row] },
];

export function cellsOf(processes: ProcessesPicture, line: Line) {
  const { row } = line;
  const hart = processes.hart[row];
  const words = waits(processes, row);
  return [
    processes.pid[row],
    <Name key="name" processes={processes} line={line} />,
    <StateMark key="state" state={processes.state[row]} label />,
    <span key="waits" title={words}>
      {words}
    </span>,
    countText(processes.instructions[row]),
    hart < 0 ? "" : hart,
    hexText(processes.pc[row]),
    processes.parent[row] || "",
    processes.group[row],
    processes.session[row],
  ];
}

/** With the lines of the tree before it, and behind it whose orphan it is. */
function Name({ processes, line }: { processes: ProcessesPicture; line: Line }) {
  const { row, branches, matches } = line;
  const orphanOf = processes.orphanOf[row];
  return (
    <span class={matches ? "processes-name" : "processes-name processes-passed"}>
      {branches.map((goesOn, depth) => (
        <span
          key={depth}
          class={`processes-branch${depth === branches.length - 1 ? " processes-twig" : ""}${goesOn ? " processes-goes-on" : ""}`}
        />
      ))}
      {processes.name[row]}
      {orphanOf !== 0 && (
        <span class="processes-orphan" title={`Orphan of ${orphanOf}, adopted by init`}>
          {" orphan"}
        </span>
      )}
    </span>
  );
}

/** What a blocked process waits for, and who can end that; how a zombie ended. */
export function waits(processes: ProcessesPicture, row: number): string {
  const status = processes.exitStatus[row];
  if (STATE_NAMES[processes.state[row]] === "zombie") {
    const how = (status & 0x7f) === 0 ? `status ${status >>> 8}` : `signal ${status & 0x7f}`;
    const parent = processes.parent[row];
    return parent === 0 ? `ended: ${how}` : `${parent} to reap it: ${how}`;
  }
  const words = [channelName(processes.waitChannel[row])];
  if (processes.deadline[row] !== 0) {
    words.push(`until ${timeText(processes.deadline[row], picture.value!.clockHz)}`);
  }
  const pids = wakersOf(processes, row);
  if (pids !== "") words.push(`← ${pids}`);
  return words.join(" ");
}

function wakersOf({ pid, wakers, wakersEnd }: ProcessesPicture, row: number): string {
  const pids = Array.from(wakers.subarray(row === 0 ? 0 : wakersEnd[row - 1], wakersEnd[row]));
  const words = pids.slice(0, 3).map((one) => (one === pid[row] ? "itself" : one));
  return words.join(", ") + (pids.length > 3 ? ", …" : "");
}
