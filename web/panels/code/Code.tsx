// The code around the pc of the process in focus: its source and the instructions that come from it, side by side,
// and what the next instruction will do, in words.

import "./code.css";
import { useMemo, useRef, useState } from "preact/hooks";
import type { CodePicture, Listing } from "../../../host/picture/code.ts";
import { breakpoints } from "../../page/breakpoints.ts";
import { CommandButton } from "../../page/CommandButton.tsx";
import { command } from "../../page/commands.ts";
import { Later } from "../../page/Later.tsx";
import { isRunning, picture, status } from "../../page/store.ts";
import { usePart } from "../../page/usePart.ts";
import { List, type ListProps } from "./List.tsx";
import type { Mode } from "./rows.ts";
import { isOfLibrary, linesOf, sourceOf } from "./source.ts";

const MODES: readonly { readonly mode: Mode; readonly title: string; readonly hint: string }[] = [
  { mode: "both", title: "Both", hint: "Source, and beside each line its instructions" },
  { mode: "source", title: "Source", hint: "Source lines alone" },
  { mode: "disassembly", title: "Disassembly", hint: "Instructions in the order of their addresses" },
];
/** Lists that are kept. */
const KEPT = 8;
/** The list, which few open here. */
const loadBreakpoints = () => import("./Breakpoints.tsx");

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
  if (status.value !== "ended")
    return <p class="empty">This process executes nothing any more. Choose another one to see its code.</p>;
  return (
    <div class="empty">
      <p>The run has ended: nothing executes any more. Its code is there as soon as you go back in it.</p>
      <CommandButton command={command("back")} words />
    </div>
  );
}

function keep(listings: Map<string, Listing>, listing: Listing): void {
  listings.delete(listing.key);
  listings.set(listing.key, listing);
  const [oldest] = listings.keys();
  if (listings.size > KEPT) listings.delete(oldest);
}

interface ListedProps
  extends Pick<ListProps, "code" | "listing" | "mode" | "follows" | "setFollows" | "ask"> {
  readonly setMode: (mode: Mode) => void;
}

function Listed({ code, listing, mode, setMode, follows, setFollows, ask }: ListedProps) {
  const [hasBreakpoints, setBreakpoints] = useState(false);
  const texts = listing.files.map((name) => sourceOf(code.program, name));
  const sources = useMemo(
    () => texts.map((text) => (text === null ? null : linesOf(text))),
    [listing, ...texts],
  );
  const own = listing.files.findIndex((name, number) => texts[number] !== null && !isOfLibrary(name));
  const file = own < 0 ? fileAround(listing, code.index) : own;
  const hasSource = (sources[file] ?? null) !== null;
  return (
    <div class="code-panel">
      <Bar
        {...{ code, mode, setMode, follows, setFollows, hasBreakpoints, setBreakpoints }}
        hasSource={hasSource}
      />
      <Next code={code} place={placeAt(listing, code.index)} isHere={hasSource} />
      <List
        {...{ code, listing, file, sources, follows, setFollows, ask }}
        mode={hasSource ? mode : "disassembly"}
      />
      {hasBreakpoints && <Later load={loadBreakpoints} />}
    </div>
  );
}

/** The file of the instruction at the pc, else the nearest before it that has one; -1: none. */
function fileAround({ lines, file }: Listing, index: number): number {
  for (let at = index; at >= 0; at--) if (lines[at] !== 0) return file[at];
  const first = lines.findIndex((line) => line !== 0);
  return first < 0 ? -1 : file[first];
}

interface BarProps extends Pick<ListedProps, "code" | "mode" | "setMode" | "follows" | "setFollows"> {
  readonly hasSource: boolean;
  /** The list of breakpoints is shown. */
  readonly hasBreakpoints: boolean;
  readonly setBreakpoints: (shown: boolean) => void;
}

function Bar(props: BarProps) {
  const { code, mode, setMode, follows, setFollows, hasSource, hasBreakpoints, setBreakpoints } = props;
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
      <CommandButton command={command("cursor")} />
      <button
        type="button"
        class="button button-small"
        title="The list of breakpoints"
        aria-pressed={hasBreakpoints}
        onClick={() => setBreakpoints(!hasBreakpoints)}
      >
        ● {breakpoints.value.length}
        <span class="unseen">breakpoints</span>
      </button>
    </div>
  );
}

/** As in "src/main.c:12"; empty where nobody knows. */
function placeAt({ lines, file, files }: Listing, index: number): string {
  return index < 0 || lines[index] === 0 ? "" : `${files[file[index]]}:${lines[index]}`;
}

interface NextProps {
  readonly code: CodePicture;
  /** The source line that it comes from. */
  readonly place: string;
  /** The source is shown. */
  readonly isHere: boolean;
}

/** What the next instruction will do, and where it comes from. */
function Next({ code, place, isHere }: NextProps) {
  const words = code.isInCall
    ? `waits in the kernel: ${code.next.replace(/^calls the kernel: /, "")}`
    : code.next;
  return (
    <p class="code-next" title={`At the pc: ${words}`}>
      <span class="code-next-sign" aria-hidden="true">
        ▸
      </span>
      <span class="code-words">{isRunning.value ? <span class="quiet">running</span> : words}</span>
      {place !== "" && !isRunning.value && (
        <span class="quiet code-place" title={`From ${place}${isHere ? "" : ", whose text is not here"}`}>
          {place.replace(/^.*\//, "")}
        </span>
      )}
    </p>
  );
}
