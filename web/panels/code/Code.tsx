// The code around the pc of the process in focus: its source and the instructions that come from it, side by side,
// and what the next instruction will do, in words.

import "./code.css";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { CodePicture, Listing } from "../../../host/picture/code.ts";
import { isRunning, picture, speed } from "../../page/store.ts";
import { usePart } from "../../page/usePart.ts";
import { CodeRow } from "./CodeRow.tsx";
import { type Mode, type Row, type Rows, rowsOf } from "./rows.ts";
import { linesOf, sourceOf } from "./source.ts";
import { useWindow } from "./useWindow.ts";

const MODES: readonly { readonly mode: Mode; readonly title: string; readonly hint: string }[] = [
  { mode: "both", title: "Both", hint: "Source, and beside each line its instructions" },
  { mode: "source", title: "Source", hint: "Source lines alone" },
  { mode: "disassembly", title: "Disassembly", hint: "Instructions in the order of their addresses" },
];
/** Texts asked for beyond those on the screen: so many may be scrolled before the next picture. */
const AHEAD = 24;
/** Lists that are kept. */
const KEPT = 8;
/** At more instructions a second the list stands still while the machine runs. */
const FASTEST_FOLLOWED = 100;

export default function Code() {
  const [mode, setMode] = useState<Mode>("both");
  const [follows, setFollows] = useState(true);
  const [asked, setAsked] = useState<{ from: number | null; count: number }>({ from: null, count: 100 });
  const listings = useRef(new Map<string, Listing>());
  const code = usePart("code", { known: [...listings.current.keys()], ...asked });
  if (code?.listing) keep(listings.current, code.listing);
  const listing = code ? listings.current.get(code.key) : undefined;
  if (!code || !listing) return <Nothing isThere={code !== undefined && picture.value !== null} />;
  return (
    <Listed
      code={code}
      listing={listing}
      mode={mode}
      setMode={setMode}
      follows={follows}
      setFollows={setFollows}
      ask={(from, count) => {
        if (asked.from !== from || asked.count !== count) setAsked({ from, count });
      }}
    />
  );
}

function Nothing({ isThere }: { isThere: boolean }) {
  if (!isThere) return null;
  return <p class="empty">This process executes nothing any more. Choose another one to see its code.</p>;
}

function keep(listings: Map<string, Listing>, listing: Listing): void {
  listings.delete(listing.key);
  listings.set(listing.key, listing);
  const [oldest] = listings.keys();
  if (listings.size > KEPT) listings.delete(oldest);
}

interface ListedProps {
  readonly code: CodePicture;
  readonly listing: Listing;
  readonly mode: Mode;
  readonly setMode: (mode: Mode) => void;
  readonly follows: boolean;
  readonly setFollows: (follows: boolean) => void;
  /** Asks for the texts of instructions; from null: of those around the pc. */
  readonly ask: (from: number | null, count: number) => void;
}

function Listed({ code, listing, mode, setMode, follows, setFollows, ask }: ListedProps) {
  const file = fileAround(listing, code.index);
  const text = file < 0 ? null : sourceOf(code.program, listing.files[file]);
  const source = useMemo(() => (text === null ? null : linesOf(text)), [text]);
  const rows = useMemo(() => rowsOf(listing, file, source, mode), [listing, file, source, mode]);
  const pcRow = code.index < 0 ? -1 : rows.rowOf[code.index];
  const isStill = !isRunning.value || speed.value <= FASTEST_FOLLOWED;
  const view = useWindow(rows.rows.length, follows && isStill ? pcRow : -1, () => setFollows(false));
  const shown = rows.rows.slice(view.first, view.last);
  useEffect(() => askFor(shown, follows && isStill, ask));
  return (
    <div class="code-panel">
      <Bar {...{ code, mode, setMode, follows, setFollows, hasSource: source !== null }} />
      <Next code={code} />
      <div
        ref={view.box}
        class={`code-list code-${source === null ? "disassembly" : mode}`}
        role="grid"
        aria-label="Code"
        aria-rowcount={rows.rows.length}
        tabIndex={0}
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
              source={mode === "disassembly" ? null : source}
              hasCode={source === null || mode !== "source"}
              isPc={view.first + at === pcRow}
              isNext={isNextRow(code, listing, rows, view.first + at)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** The file of the instruction at the pc, else the nearest before it that has one; -1: none. */
function fileAround({ lines, file }: Listing, index: number): number {
  for (let at = index; at >= 0; at--) if (lines[at] !== 0) return file[at];
  const first = lines.findIndex((line) => line !== 0);
  return first < 0 ? -1 : file[first];
}

function askFor(shown: readonly Row[], follows: boolean, ask: ListedProps["ask"]): void {
  const count = Math.ceil((shown.length + 2 * AHEAD) / AHEAD) * AHEAD;
  const first = shown.reduce(
    (least, { index }) => (index >= 0 ? Math.min(least, index) : least),
    Number.POSITIVE_INFINITY,
  );
  if (follows || first === Number.POSITIVE_INFINITY) ask(null, 2 * count);
  else ask(Math.max(0, Math.floor(first / AHEAD - 1) * AHEAD), 2 * count);
}

/** Whether the pc will be in this row after the next instruction, where that is not simply the one below. */
function isNextRow(
  { index, nextPc, pc }: CodePicture,
  listing: Listing,
  { rowOf }: Rows,
  row: number,
): boolean {
  if (index < 0 || nextPc === pc || nextPc === pc + listing.sizes[index]) return false;
  const next = listing.addresses.indexOf(nextPc);
  return next >= 0 && rowOf[next] === row;
}

interface BarProps extends Pick<ListedProps, "code" | "mode" | "setMode" | "follows" | "setFollows"> {
  readonly hasSource: boolean;
}

function Bar({ code, mode, setMode, follows, setFollows, hasSource }: BarProps) {
  return (
    <div class="panel-bar">
      <span class="code code-program" title="The program of the process in focus">
        {code.program || "no program"}
      </span>
      <span class="code-modes" role="group" aria-label="What is shown">
        {MODES.map((one) => (
          <button
            key={one.mode}
            type="button"
            class="button button-small"
            title={hasSource ? one.hint : "The source of this program is not here"}
            aria-pressed={hasSource ? mode === one.mode : one.mode === "disassembly"}
            disabled={!hasSource && one.mode !== "disassembly"}
            onClick={() => setMode(one.mode)}
          >
            {one.title}
          </button>
        ))}
      </span>
      <button
        type="button"
        class="button button-small"
        title="Keeps the next instruction in view"
        aria-pressed={follows}
        onClick={() => setFollows(!follows)}
      >
        Follow pc
      </button>
    </div>
  );
}

/** What the next instruction will do. */
function Next({ code }: { code: CodePicture }) {
  const words = code.isInCall
    ? `waits in the kernel: ${code.next.replace(/^calls the kernel: /, "")}`
    : code.next;
  return (
    <p class="code-next" title={`At the pc: ${words}`}>
      <span class="code-next-sign" aria-hidden="true">
        ▸
      </span>
      {isRunning.value ? <span class="quiet">running</span> : words}
    </p>
  );
}
