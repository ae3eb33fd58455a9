// The columns of the table of processes: how each is shown, and by what it sorts.

import type { ComponentChildren } from "preact";
import { STATE_FREE } from "../../../host/picture/states.ts";
import type { ProcessAccount } from "../../../host/picture/statistics.ts";
import { StateMark } from "../../page/StateMark.tsx";
import { countText, timeText } from "../../page/text.ts";
import type { Column } from "../../page/VirtualTable.tsx";
import {
  averageOf,
  BLOCKED,
  type Figure,
  RESPONSE,
  RUNNING,
  TURNAROUND,
  totalOf,
  WAITING,
} from "./figures.ts";

export interface AccountColumn extends Column {
  readonly key: (account: ProcessAccount) => number | string;
  readonly cell: (account: ProcessAccount, clockHz: number) => ComponentChildren;
  /** Of all of them together, and on the average; absent where that says nothing. */
  readonly total?: (all: readonly ProcessAccount[], clockHz: number) => ComponentChildren;
  readonly mean?: (all: readonly ProcessAccount[], clockHz: number) => ComponentChildren;
}

function time(figure: Figure): AccountColumn {
  return {
    title: figure.title,
    hint: figure.definition,
    width: "13ch",
    align: "end",
    key: (account) => figure.of(account) ?? -1,
    cell: (account, clockHz) => {
      const ticks = figure.of(account);
      return ticks === null ? "–" : timeText(ticks, clockHz);
    },
    total: (all, clockHz) => timeText(totalOf(all, figure), clockHz),
    mean: (all, clockHz) => {
      const ticks = averageOf(all, figure);
      return ticks === null ? "–" : timeText(ticks, clockHz);
    },
  };
}

type Counter = "voluntary" | "involuntary" | "calls" | "faults" | "copies";

function count(name: Counter, title: string, hint: string): AccountColumn {
  return {
    title,
    hint,
    width: "9ch",
    align: "end",
    key: (account) => account[name],
    cell: (account) => countText(account[name]),
    total: (all) => countText(all.reduce((sum, one) => sum + one[name], 0)),
    mean: (all) => (all.reduce((sum, one) => sum + one[name], 0) / Math.max(1, all.length)).toFixed(1),
  };
}

export const COLUMNS: readonly AccountColumn[] = [
  { title: "pid", width: "6ch", align: "end", key: ({ serial }) => serial, cell: ({ pid }) => pid },
  {
    title: "name",
    width: "minmax(10ch, 1fr)",
    key: ({ name }) => name,
    cell: ({ name }) => name,
    total: (all) => `all ${countText(all.length)}`,
    mean: () => "mean",
  },
  {
    title: "state",
    width: "10ch",
    key: ({ state }) => state,
    cell: ({ state }) =>
      state === STATE_FREE ? <span class="quiet">reaped</span> : <StateMark state={state} label />,
  },
  {
    title: "arrival",
    hint: "When it was created",
    width: "13ch",
    align: "end",
    key: ({ start }) => start,
    cell: ({ start }, clockHz) => timeText(start, clockHz),
  },
  { ...time(TURNAROUND), total: () => "" },
  { ...time(RESPONSE), total: () => "" },
  time(WAITING),
  time(RUNNING),
  time(BLOCKED),
  count("voluntary", "gave up", "Voluntary context switches: it waited or gave way"),
  count("involuntary", "preempted", "Involuntary context switches: its time slice was over"),
  count("calls", "calls", "System calls"),
  count("faults", "faults", "Page faults served by a page of zeros or of a file"),
  count("copies", "copies", "Pages copied on write"),
];

/** In the order of a column; those alike as they were born. */
export function sortedBy(
  processes: readonly ProcessAccount[],
  { column, descending }: { readonly column: number; readonly descending: boolean },
): readonly ProcessAccount[] {
  const key = COLUMNS[column]?.key;
  if (key === undefined) return processes;
  const sign = descending ? -1 : 1;
  const order = (a: number | string, b: number | string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...processes].sort((a, b) => sign * order(key(a), key(b)) || a.serial - b.serial);
}
