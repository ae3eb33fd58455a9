// A table of any length: only the rows that are on the screen are elements, so a thousand processes cost what
// thirty do. Rows are of one height (--row). Arrows move the choice.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

export interface Column {
  readonly title: string;
  /** A track of a grid: "8ch", "minmax(8ch, 1fr)". Its least width does not depend on what is in it. */
  readonly width: string;
  readonly align?: "start" | "end";
  readonly hint?: string;
}

interface Props {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly rows: number;
  readonly rowKey: (row: number) => string | number;
  readonly cells: (row: number) => readonly ComponentChildren[];
  readonly isChosen: (row: number) => boolean;
  readonly choose: (row: number) => void;
  /** The column that the rows are sorted by, -1: none; and what a click on the title of one asks for. */
  readonly sorted?: { readonly column: number; readonly descending: boolean };
  readonly sortBy?: (column: number) => void;
  /** Classes of a row, besides those of every row. */
  readonly rowClass?: (row: number) => string;
  /** The row that the pointer is over; -1: none. */
  readonly point?: (row: number) => void;
  /** Rows below the others that are always in view, sums and the like: how many, and what they are. */
  readonly footRows?: number;
  readonly foot?: (tracks: Tracks) => ComponentChildren;
  /** Told which rows are on the screen: the first, and the one after the last. */
  readonly shows?: (from: number, to: number) => void;
  /** A row that is brought into view when it becomes another; -1: none. */
  readonly reveal?: number;
}

/** As --row in tokens.css. Pixels. */
const ROW = 24;
/** Rows kept above and below those on the screen. */
const MARGIN = 4;

export function VirtualTable(props: Props) {
  const { label, columns, rows, rowKey, isChosen, choose, point, shows, reveal = -1 } = props;
  const box = useRef<HTMLDivElement>(null);
  const { top, height } = useView(box);
  useEffect(() => {
    if (reveal >= 0) scrollTo(box.current!, reveal);
  }, [reveal]);
  const first = Math.max(0, Math.floor(top / ROW) - MARGIN);
  const last = Math.min(rows, Math.ceil((top + height) / ROW) + MARGIN);
  useEffect(() => shows?.(first, last), [first, last]);
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  const onKeyDown = (event: KeyboardEvent) => {
    const current = Array.from({ length: rows }, (_, row) => row).findIndex(isChosen);
    const target = keyTarget(event.key, current, rows, Math.max(1, Math.floor(height / ROW) - 2));
    if (target === null) return;
    event.preventDefault();
    choose(target);
    scrollTo(box.current!, target);
  };
  const tracks = tracksOf(columns);
  return (
    <div
      ref={box}
      class="table"
      role="grid"
      aria-label={label}
      aria-rowcount={rows + 1 + (props.footRows ?? 0)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerLeave={point && (() => point(-1))}
    >
      <Head {...props} tracks={tracks} />
      <div role="rowgroup" style={{ height: `${rows * ROW}px`, paddingTop: `${first * ROW}px` }}>
        {shown.map((row) => (
          <Row key={rowKey(row)} {...props} row={row} tracks={tracks} />
        ))}
      </div>
      {props.foot?.(tracks)}
    </div>
  );
}

/** What of the box is seen: pixels. */
function useView(box: { current: HTMLDivElement | null }): { top: number; height: number } {
  const [view, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = box.current!;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => observer.disconnect();
  }, []);
  return view;
}

function Row(props: Props & { row: number; tracks: Tracks }) {
  const { columns, cells, isChosen, choose, rowClass, point, row, tracks } = props;
  return (
    <div
      class={`table-row ${rowClass?.(row) ?? ""}`}
      role="row"
      aria-rowindex={row + 2}
      aria-selected={isChosen(row)}
      style={tracks}
      onClick={() => choose(row)}
      onPointerEnter={point && (() => point(row))}
    >
      {cells(row).map((cell, index) => (
        <span key={columns[index].title} class={columns[index].align === "end" ? "end" : ""} role="gridcell">
          {cell}
        </span>
      ))}
    </div>
  );
}

export type Tracks = { readonly gridTemplateColumns: string; readonly minWidth: string };

/** The same for every row, and wide enough for all columns: so that they stand below each other. */
function tracksOf(columns: readonly Column[]): Tracks {
  const least = columns.reduce((sum, { width }) => sum + Number.parseFloat(width.replace("minmax(", "")), 0);
  return {
    gridTemplateColumns: columns.map(({ width }) => width).join(" "),
    minWidth: `calc(${least}ch + ${columns.length + 1} * var(--gap-3))`,
  };
}

function Head({ columns, sorted, sortBy, tracks }: Props & { tracks: Tracks }) {
  return (
    <div class="table-row table-head" role="row" aria-rowindex={1} style={tracks}>
      {columns.map(({ title, align, hint }, index) => {
        const direction = sorted?.column !== index ? "none" : sorted.descending ? "descending" : "ascending";
        return (
          <span
            key={title}
            class={align === "end" ? "end" : ""}
            role="columnheader"
            title={hint}
            aria-sort={sortBy && direction}
          >
            {sortBy ? (
              <button type="button" class="table-sort" onClick={() => sortBy(index)}>
                {title}
                <span aria-hidden="true">{SIGNS[direction]}</span>
              </button>
            ) : (
              title
            )}
          </span>
        );
      })}
    </div>
  );
}

const SIGNS = { none: "", ascending: " ↑", descending: " ↓" } as const;

function keyTarget(key: string, current: number, rows: number, page: number): number | null {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    PageDown: current + page,
    PageUp: current - page,
    Home: 0,
    End: rows - 1,
  };
  if (!(key in targets) || rows === 0) return null;
  return Math.min(rows - 1, Math.max(0, targets[key]));
}

/** Brings a row into view, below the head. */
function scrollTo(box: HTMLElement, row: number): void {
  const above = row * ROW;
  const below = above + 2 * ROW - box.clientHeight;
  box.scrollTop = Math.max(below, Math.min(above, box.scrollTop));
}
