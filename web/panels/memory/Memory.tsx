// Memory of the process in focus, in hexadecimal and as text: around a place that may move, like sp. What the last
// movement changed is marked; what is not there is shown as not there.

import "./memory.css";
import { useState } from "preact/hooks";
import { ABSENT, type MemoryPicture } from "../../../host/picture/memory.ts";
import { picture, previous } from "../../page/store.ts";
import { usePart } from "../../page/usePart.ts";
import { Foot } from "./Foot.tsx";
import { Grid } from "./Grid.tsx";
import { useFit } from "./useFit.ts";

/** Registers that are offered; any other can be written. */
const OFFERED = ["sp", "pc", "s0", "a0", "a1", "gp"];
/** Rows above the place that is looked at. */
const ABOVE = 2;

export default function Memory() {
  const [at, setAt] = useState("sp");
  const [scrolled, setScrolled] = useState(0);
  const [cursor, setCursor] = useState<number | null>(null);
  const { box, columns, rows } = useFit();
  const offset = (scrolled - ABOVE) * columns;
  const memory = usePart("memory", { at, columns, offset, length: rows * columns });
  const pid = picture.value?.focus?.pid ?? 0;
  const look = (place: string) => {
    setAt(place);
    setScrolled(0);
    setCursor(null);
  };
  /** Chooses a byte; rows move so that it is on the screen. */
  const choose = (address: number) => {
    if (!memory || address < 0 || address >= 2 ** 32) return;
    const row = Math.floor(address / columns) - memory.start / columns;
    if (row < 0) setScrolled(scrolled + row);
    else if (row >= rows - 1) setScrolled(scrolled + row - rows + 2);
    setCursor(address);
  };
  return (
    <div class="memory">
      <Bar at={at} look={look} problem={memory?.problem ?? ""} />
      <div ref={box} class="memory-box">
        {memory ? (
          <Grid
            memory={memory}
            before={bytesBefore(pid)}
            columns={columns}
            cursor={cursor ?? memory.base}
            hasCursor={cursor !== null}
            choose={choose}
            scroll={(count) => setScrolled(scrolled + count)}
            page={Math.max(1, rows - 3)}
            pid={pid}
          />
        ) : (
          memory === null && <p class="empty">This process has no memory any more.</p>
        )}
      </div>
      {memory && <Foot memory={memory} address={cursor ?? memory.base} pid={pid} look={look} />}
    </div>
  );
}

/** What a byte was at the moment before; -1: nobody knows. */
export type Before = (address: number) => number;

function bytesBefore(pid: number): Before {
  const before = previous.value;
  const memory: MemoryPicture | null = (before?.focus?.pid === pid && before.memory) || null;
  if (memory === null) return () => -1;
  return (address) => {
    const index = address - memory.start;
    return memory.states[index] === ABSENT ? -1 : (memory.bytes[index] ?? -1);
  };
}

interface BarProps {
  readonly at: string;
  readonly look: (place: string) => void;
  /** Why the expression has no value. */
  readonly problem: string;
}

function Bar({ at, look, problem }: BarProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <form
      class="panel-bar"
      onSubmit={(event) => {
        event.preventDefault();
        look((typed ?? at).trim() || "sp");
        setTyped(null);
      }}
    >
      <input
        class="memory-place code"
        aria-label="Place: an address, a symbol, a register, or an expression of them"
        title="An address, a symbol, a register, or an expression of them, as in buffer+8; Enter goes there. A register is followed."
        aria-invalid={problem !== ""}
        value={typed ?? at}
        spellcheck={false}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <span class="memory-offered" role="group" aria-label="Follow a register">
        {OFFERED.map((name) => (
          <button
            key={name}
            type="button"
            class="button button-small code"
            title={`Follows ${name}`}
            aria-pressed={at === name}
            onClick={() => {
              look(name);
              setTyped(null);
            }}
          >
            {name}
          </button>
        ))}
      </span>
      {problem !== "" && (
        <span class="memory-problem" role="alert" title={problem}>
          {problem}
        </span>
      )}
    </form>
  );
}
