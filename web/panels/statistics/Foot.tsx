// Below the table of processes: means and totals of its columns.

import type { ProcessAccount } from "../../../host/picture/statistics.ts";
import type { Tracks } from "../../page/VirtualTable.tsx";
import { COLUMNS } from "./columns.tsx";

/** Rows that it takes. */
export const FOOT_ROWS = 2;

interface Props {
  readonly processes: readonly ProcessAccount[];
  readonly clockHz: number;
  readonly tracks: Tracks;
}

export function Foot({ processes, clockHz, tracks }: Props) {
  return (
    <div class="statistics-foot" role="rowgroup" aria-label="Mean and total">
      {(["mean", "total"] as const).map((kind, index) => (
        <div
          key={kind}
          class="table-row"
          role="row"
          aria-rowindex={processes.length + 2 + index}
          style={tracks}
        >
          {COLUMNS.map((column) => (
            <span key={column.title} class={column.align === "end" ? "end" : ""} role="gridcell">
              {column[kind]?.(processes, clockHz)}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
