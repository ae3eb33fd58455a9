// All processes, as a tree or as a table by any of its columns. Choosing one makes all panels about it; choosing it
// again lets them follow whichever runs.

import "./processes.css";
import { useState } from "preact/hooks";
import type { ProcessesPicture } from "../../../host/picture/index.ts";
import { STATE_NAMES } from "../../../host/trace/events.ts";
import { chosen, isRunning, picture } from "../../page/store.ts";
import { usePart } from "../../page/usePart.ts";
import { VirtualTable } from "../../page/VirtualTable.tsx";
import { COLUMNS, cellsOf, waits } from "./columns.tsx";
import { linesOf } from "./order.ts";

/** As `state`: all of them. */
const ANY = 0;

export default function Processes() {
  const processes = usePart("processes", true);
  const [sorted, setSorted] = useState({ column: -1, descending: false });
  const [text, setText] = useState("");
  const [state, setState] = useState(ANY);
  if (!processes) return <p class="empty">No machine yet.</p>;
  const lines = linesOf(processes, {
    key: COLUMNS[sorted.column]?.key ?? null,
    descending: sorted.descending,
    matches: (row) => (state === ANY || processes.state[row] === state) && hasText(processes, row, text),
  });
  const focus = picture.value?.focus?.pid;
  return (
    <div class="processes">
      <div class="panel-bar">
        <Toggle
          title="Tree"
          hint="Each process below its parent; a click on a column's title sorts by it instead"
          isOn={sorted.column < 0}
          press={() => setSorted({ column: -1, descending: false })}
        />
        <Toggle
          title="Follow"
          hint="All panels are about whichever process runs; choose one to keep to it"
          isOn={chosen.value === 0}
          press={() => {
            chosen.value = chosen.value === 0 ? (focus ?? 0) : 0;
          }}
        />
        <Filter text={text} setText={setText} state={state} setState={setState} />
        <span class="processes-count figure">
          {countOf(lines.filter(({ matches }) => matches).length, processes.count)}
        </span>
      </div>
      <VirtualTable
        label="Processes"
        columns={COLUMNS}
        rows={lines.length}
        rowKey={(line) => processes.pid[lines[line].row]}
        cells={(line) => cellsOf(processes, lines[line])}
        isChosen={(line) => processes.pid[lines[line].row] === focus}
        choose={(line) => {
          const pid = processes.pid[lines[line].row];
          chosen.value = chosen.value === pid ? 0 : pid;
        }}
        sorted={sorted}
        sortBy={(column) => setSorted({ column, descending: column === sorted.column && !sorted.descending })}
        reveal={isRunning.value ? -1 : lines.findIndex(({ row }) => processes.pid[row] === focus)}
      />
    </div>
  );
}

/** By name, pid, or what it waits for. */
function hasText(processes: ProcessesPicture, row: number, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return (
    wanted === "" ||
    String(processes.pid[row]) === wanted ||
    processes.name[row].toLowerCase().includes(wanted) ||
    waits(processes, row).toLowerCase().includes(wanted)
  );
}

function countOf(shown: number, all: number): string {
  return shown === all ? `${all}` : `${shown} of ${all}`;
}

interface ToggleProps {
  readonly title: string;
  readonly hint: string;
  readonly isOn: boolean;
  readonly press: () => void;
}

function Toggle({ title, hint, isOn, press }: ToggleProps) {
  return (
    <button type="button" class="button button-small" title={hint} aria-pressed={isOn} onClick={press}>
      {title}
    </button>
  );
}

interface FilterProps {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly state: number;
  readonly setState: (state: number) => void;
}

function Filter({ text, setText, state, setState }: FilterProps) {
  return (
    <>
      <input
        type="search"
        class="processes-text"
        placeholder="Filter"
        aria-label="Filter by name, pid, or what it waits for"
        title="Filter by name, pid, or what it waits for"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <select
        class="processes-states"
        aria-label="State"
        title="Processes in this state"
        value={String(state)}
        onChange={(event) => setState(Number(event.currentTarget.value))}
      >
        {STATE_NAMES.map((name, index) => (
          <option key={name} value={String(index)}>
            {index === ANY ? "any state" : name}
          </option>
        ))}
      </select>
    </>
  );
}
