// The rows on the screen, the cursor among them, and the keys that move it.

import { useEffect, useMemo, useState } from "preact/hooks";
import { indexOf } from "../../../host/picture/addresses.ts";
import type { CodePicture, Listing } from "../../../host/picture/code.ts";
import { type Place, switchBreakpoint, toggleBreakpoint } from "../../page/breakpoints.ts";
import { cursor, isFollowed } from "../../page/store.ts";
import { CodeRow } from "./CodeRow.tsx";
import { placeOf } from "./place.ts";
import { type Mode, type Row, type Rows, rowsOf, type Sources } from "./rows.ts";
import { type RowWindow, useWindow } from "./useWindow.ts";

export interface ListProps {
  readonly code: CodePicture;
  readonly listing: Listing;
  /** The program's own source file, as a number in the list; -1: none. */
  readonly file: number;
  readonly sources: Sources;
  readonly mode: Mode;
  /** The pc's row is kept in view. */
  readonly follows: boolean;
  readonly setFollows: (follows: boolean) => void;
  /** Asks for the texts of instructions; from null: of those around the pc. */
  readonly ask: (from: number | null, count: number) => void;
}

/** Texts asked for beyond those on the screen: so many may be scrolled before the next picture. */
const AHEAD = 24;

export function List({ code, listing, file, sources, mode, follows, setFollows, ask }: ListProps) {
  const rows = useMemo(() => rowsOf(listing, file, sources, mode), [listing, file, sources, mode]);
  const pcRow = code.index < 0 ? -1 : rows.rowOf[code.index];
  const isStill = isFollowed.value;
  const view = useWindow(rows.rows.length, follows && isStill ? pcRow : -1, () => setFollows(false));
  const shown = rows.rows.slice(view.first, view.last);
  useEffect(() => askFor(shown, follows && isStill, ask));
  const [current, choose] = useCursor(code, listing, rows);
  const nextRow = nextRowOf(code, listing, rows);
  const reach = (address: number) => {
    const row = rows.rowOf[indexOf(listing.addresses, address)] ?? -1;
    if (row < 0) return;
    setFollows(false);
    choose(row);
    view.reveal(row);
  };
  return (
    <div
      ref={view.box}
      class={`code-list code-${mode}`}
      role="grid"
      aria-label="Code"
      aria-rowcount={rows.rows.length}
      aria-activedescendant={current < 0 ? undefined : `code-row-${current}`}
      tabIndex={0}
      onKeyDown={(event) => {
        const row = current < 0 ? pcRow : current;
        const index = rows.rows[row]?.index ?? -1;
        const place = index < 0 ? null : placeOf(listing, code.program, index);
        if (isMoved(event, row, rows, view, choose) || isSwitched(event, place)) event.preventDefault();
      }}
    >
      <div
        role="rowgroup"
        style={{
          height: `calc(${rows.rows.length} * var(--code-row))`,
          paddingTop: `calc(${view.first} * var(--code-row))`,
        }}
      >
        {shown.map((row, at) => (
          <CodeRow
            key={view.first + at}
            number={view.first + at}
            row={row}
            code={code}
            listing={listing}
            sources={mode === "disassembly" ? null : sources}
            hasCode={mode !== "source"}
            place={row.index < 0 ? null : placeOf(listing, code.program, row.index)}
            isCursor={view.first + at === current}
            choose={() => choose(view.first + at)}
            reach={reach}
            isPc={view.first + at === pcRow}
            isNext={view.first + at === nextRow}
          />
        ))}
      </div>
    </div>
  );
}

function askFor(shown: readonly Row[], follows: boolean, ask: ListProps["ask"]): void {
  const count = Math.ceil((shown.length + 2 * AHEAD) / AHEAD) * AHEAD;
  const first = shown.reduce((least, { index }) => (index >= 0 ? Math.min(least, index) : least), Infinity);
  if (follows || first === Infinity) ask(null, 2 * count);
  else ask(Math.max(0, Math.floor(first / AHEAD - 1) * AHEAD), 2 * count);
}

/** Where the pc will be after the next instruction, if that is not simply the one below; else -1. */
function nextRowOf({ index, nextPc, pc }: CodePicture, listing: Listing, { rowOf }: Rows): number {
  if (index < 0 || nextPc === pc || nextPc === pc + listing.sizes[index]) return -1;
  const next = indexOf(listing.addresses, nextPc);
  return listing.addresses[next] === nextPc ? rowOf[next] : -1;
}

interface Chosen {
  readonly rows: Rows;
  readonly row: number;
  /** Null where there is no instruction. */
  readonly place: Place | null;
}

/** The chosen row, -1: none; and a way to choose one. What it stands for is what "to cursor" runs to. */
function useCursor({ program }: CodePicture, listing: Listing, rows: Rows): [number, (row: number) => void] {
  const [{ rows: chosenIn, row, place }, setChosen] = useState<Chosen>({ rows, row: -1, place: null });
  const choose = (wanted: number) => {
    const index = rows.rows[wanted]?.index ?? -1;
    const where = index < 0 ? null : placeOf(listing, program, index);
    setChosen({ rows, row: wanted, place: where });
    cursor.value = where?.location ?? "";
  };
  if (chosenIn === rows) return [row, choose];
  // Other rows: the same place in them.
  const index = place?.program === program ? listing.addresses.indexOf(place.address) : -1;
  return [index < 0 ? -1 : rows.rowOf[index], choose];
}

/** Moves the cursor if the key says so. */
function isMoved(
  event: KeyboardEvent,
  current: number,
  { rows }: Rows,
  view: RowWindow,
  choose: (row: number) => void,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const page = Math.max(1, view.last - view.first - 2);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    PageDown: current + page,
    PageUp: current - page,
    Home: 0,
    End: rows.length - 1,
  };
  if (!(event.key in targets)) return false;
  const row = Math.min(rows.length - 1, Math.max(0, targets[event.key]));
  choose(row);
  view.reveal(row);
  return true;
}

/** Makes or removes a breakpoint at the cursor if the key says so; with Shift switches it off and on. */
function isSwitched(event: KeyboardEvent, place: Place | null): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key !== "F9" && event.key.toLowerCase() !== "b") return false;
  if (place !== null) void (event.shiftKey ? switchBreakpoint(place) : toggleBreakpoint(place));
  return true;
}
